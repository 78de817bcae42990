import type { MailKind, RecordId } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';
import type { MailOutcome, PushOutcome } from '#lib/wording/mail.ts';

export interface OwnMail {
  /** Whether this desk sends mail at all. */
  readonly available: boolean;
  readonly address: string;
  /** False for an address that nothing is sent to. */
  readonly deliverable: boolean;
  readonly kinds: readonly MailChoice[];
}

/** Devices that are told by Web Push. */
export interface OwnPush {
  /** The key with which this browser subscribes. */
  readonly publicKey: string;
  readonly kinds: readonly MailChoice[];
  readonly devices: readonly {
    readonly id: string;
    /** What the browser called itself. */
    readonly name: string;
    readonly madeAt: number;
    /** Whether it is the one of this session. */
    readonly current: boolean;
  }[];
}

export interface OwnChannels {
  readonly mail: OwnMail;
  readonly push: OwnPush;
}

export interface MailChoice {
  readonly kind: MailKind;
  readonly byDefault: boolean;
  readonly wanted: boolean;
}

export interface TroubledDelivery {
  readonly id: number;
  readonly channel: 'mail' | 'push';
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

export type DeliveryCounts = Readonly<Record<'queued' | 'sending' | 'sent' | 'failed' | 'skipped', number>>;

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
  readonly counts: DeliveryCounts;
  readonly oldestQueuedAt: number | null;
  readonly devices: { readonly count: number; readonly counts: DeliveryCounts };
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
    own: async () => (await request('/api/me/channels')) as OwnChannels,
    choose: (channel: keyof OwnChannels, choices: readonly MailChoice[]) =>
      request('/api/me/channels', {
        method: 'PUT',
        body: { [channel]: Object.fromEntries(choices.map(({ kind, wanted }) => [kind, wanted])) },
      }),
    addDevice: async (subscription: PushSubscription) => {
      const { endpoint, keys } = subscription.toJSON();
      const answer = await request('/api/me/devices', { method: 'POST', body: { endpoint, keys } });
      return (answer as { readonly id: string }).id;
    },
    removeDevice: (id: string) => request(`/api/me/devices/${id}`, { method: 'DELETE' }),
    testDevice: async (id: string) =>
      (await request(`/api/me/devices/${id}/test`, { method: 'POST' })) as {
        readonly outcome: PushOutcome;
      },
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
