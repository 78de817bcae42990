import type { MailKind, RecordId } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';
import type { MailOutcome } from '#lib/wording/mail.ts';

export interface OwnMail {
  /** Whether this desk sends mail at all. */
  readonly available: boolean;
  readonly address: string;
  /** False for an address that nothing is sent to. */
  readonly deliverable: boolean;
  readonly kinds: readonly MailChoice[];
}

export interface MailChoice {
  readonly kind: MailKind;
  readonly byDefault: boolean;
  readonly wanted: boolean;
}

export interface TroubledDelivery {
  readonly id: number;
  readonly state: 'failed' | 'waiting';
  readonly personName: string;
  readonly kind: string;
  /** Null where the reader may not know of the record. */
  readonly record: { readonly id: RecordId; readonly number: string | null } | null;
  readonly attempts: number;
  readonly reason: string;
  /** When it failed; for one that waits, when it is tried next. */
  readonly at: number;
}

export interface Channels {
  /** Null while no mail server is set up. */
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly from: string;
    readonly hasLinks: boolean;
  } | null;
  readonly lastSuccessAt: number | null;
  readonly lastFailureAt: number | null;
  readonly lastFailure: string | null;
  readonly counts: Readonly<Record<'queued' | 'sending' | 'sent' | 'failed' | 'skipped', number>>;
  readonly oldestQueuedAt: number | null;
  readonly troubled: readonly TroubledDelivery[];
}

/** Addresses without an account that follow the status page. */
export interface Subscribers {
  /** Whether the status page asks for addresses. */
  readonly offered: boolean;
  readonly confirmed: number;
  /** Asked in the last day and did not say yes yet. */
  readonly waiting: number;
}

export const SUBSCRIBERS_EXPORT = '/api/channels/subscribers/export';

/** The routes of the pages about news outside of the product. Each throws `BoundaryError`. */
export function channelsApi({ request }: Pick<Api, 'request'>) {
  return {
    own: async () => ((await request('/api/me/channels')) as { readonly mail: OwnMail }).mail,
    choose: (choices: readonly MailChoice[]) =>
      request('/api/me/channels', {
        method: 'PUT',
        body: { mail: Object.fromEntries(choices.map(({ kind, wanted }) => [kind, wanted])) },
      }),
    overview: async () => (await request('/api/channels')) as Channels,
    subscribers: async () => (await request('/api/channels/subscribers')) as Subscribers,
    removeSubscriber: (address: string) =>
      request('/api/channels/subscribers', { method: 'DELETE', body: { address } }),
    sendAgain: (delivery: number) =>
      request(`/api/channels/deliveries/${delivery}/again`, { method: 'POST' }),
    test: async () =>
      (await request('/api/channels/test', { method: 'POST' })) as {
        readonly outcome: MailOutcome;
        readonly text: string;
      },
  };
}
