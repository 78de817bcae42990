import type { RecordId, WebhookKind } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';

export interface Webhook {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly kinds: readonly WebhookKind[];
  readonly enabled: boolean;
  /** The first failure since it took something. */
  readonly failingSince: number | null;
  /** When it was switched off by itself. */
  readonly givenUpAt: number | null;
  readonly counts: Readonly<Record<'waiting' | 'sent' | 'failed' | 'skipped', number>>;
}

export type WebhookFields = Pick<Webhook, 'name' | 'url' | 'kinds'>;

export interface WebhookDelivery {
  readonly id: number;
  readonly message: string;
  readonly type: string;
  /** Null where the reader may not know of the record. */
  readonly record: { readonly id: RecordId; readonly number: string | null } | null;
  readonly state: 'queued' | 'sending' | 'sent' | 'failed' | 'skipped';
  readonly attempts: number;
  readonly madeAt: number;
  /** When it ended; for one that waits, when it is tried next. */
  readonly at: number;
  readonly status: number | null;
  readonly answer: string | null;
  readonly reason: string | null;
}

interface WebhookTest {
  readonly taken: boolean;
  readonly status: number | null;
  readonly answer: string;
}

/** The routes of the page about webhooks. Each throws `BoundaryError`. */
export function webhooksApi({ request }: Pick<Api, 'request'>) {
  const at = (id: string, rest = '') => `/api/webhooks/${id}${rest}`;
  return {
    list: async () =>
      ((await request('/api/webhooks')) as { readonly webhooks: readonly Webhook[] }).webhooks,
    make: async (body: WebhookFields) =>
      (await request('/api/webhooks', { method: 'POST', body })) as {
        readonly webhook: Webhook;
        readonly secret: string;
      },
    change: (id: string, body: Partial<WebhookFields & { readonly enabled: boolean }>) =>
      request(at(id), { method: 'PATCH', body }),
    remove: (id: string) => request(at(id), { method: 'DELETE' }),
    rotate: async (id: string) =>
      (await request(at(id, '/secret'), { method: 'POST' })) as { readonly secret: string },
    test: async (id: string) => (await request(at(id, '/test'), { method: 'POST' })) as WebhookTest,
    deliveries: async (id: string) =>
      ((await request(at(id, '/deliveries'))) as { readonly deliveries: readonly WebhookDelivery[] })
        .deliveries,
    sendAgain: (id: string, delivery: number) =>
      request(at(id, `/deliveries/${delivery}/again`), { method: 'POST' }),
  };
}
