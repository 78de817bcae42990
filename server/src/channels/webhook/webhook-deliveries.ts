/**
 * Events on their way to webhooks as SQL keeps them. Each step is one statement that says what it expects, so that a
 * step is taken once whoever else takes one.
 */
import { WEBHOOK_ORDER_MS } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { DeliveryState } from '../../store/schema-channels.ts';
import type { WebhookDeliveryTable } from '../../store/schema-webhooks.ts';
import type { Database } from '../../store/schema.ts';

export type WebhookDelivery = Selectable<WebhookDeliveryTable>;

/** The webhooks that have something due. */
export async function dueWebhooks(db: Kysely<Database>, now: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('webhook')
    .select('id')
    .where('enabled', '=', 1)
    .where((where) =>
      where.exists(
        where
          .selectFrom('webhook_delivery')
          .select('webhook_delivery.id')
          .whereRef('webhook_delivery.webhook', '=', 'webhook.id')
          .where('state', '=', 'queued')
          .where('next_at', '<=', now),
      ),
    )
    .execute();
  return rows.map(({ id }) => id);
}

/** What is due to one webhook, oldest first: of each record the first that is not taken, unless it waits for long. */
export function dueDeliveriesTo(
  db: Kysely<Database>,
  webhook: string,
  now: number,
  most: number,
): Promise<WebhookDelivery[]> {
  return db
    .selectFrom('webhook_delivery as due')
    .selectAll()
    .where('webhook', '=', webhook)
    .where('state', '=', 'queued')
    .where('next_at', '<=', now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('webhook_delivery as earlier')
            .select('earlier.id')
            .whereRef('earlier.webhook', '=', 'due.webhook')
            .whereRef('earlier.record', '=', 'due.record')
            .whereRef('earlier.id', '<', 'due.id')
            .where('earlier.state', 'in', ['queued', 'sending'])
            .where('earlier.made_at', '>', now - WEBHOOK_ORDER_MS),
        ),
      ),
    )
    .orderBy('due.id')
    .limit(most)
    .execute();
}

/** Marks that an event is being sent; null when it is not in the queue. */
export async function beginSending(
  db: Kysely<Database>,
  id: number,
  now: number,
): Promise<WebhookDelivery | null> {
  const begun = await db
    .updateTable('webhook_delivery')
    .set({ state: 'sending', attempts: sql`attempts + 1`, next_at: now })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returningAll()
    .executeTakeFirst();
  return begun ?? null;
}

interface Answered {
  readonly status?: number | null;
  readonly answer?: string | null;
  readonly reason?: string | null;
}

export async function endDelivery(
  db: Kysely<Database>,
  id: number,
  state: 'sent' | 'failed' | 'skipped',
  { status = null, answer = null, reason = null }: Answered,
  now: number,
): Promise<void> {
  await db
    .updateTable('webhook_delivery')
    .set({ state, status, answer, reason, ended_at: now })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'sending'])
    .execute();
}

/** Puts an event whose attempt failed back into the queue. */
export async function putBack(
  db: Kysely<Database>,
  id: number,
  nextAt: number,
  { status = null, answer = null, reason = null }: Answered,
): Promise<void> {
  await db
    .updateTable('webhook_delivery')
    .set({ state: 'queued', next_at: nextAt, status, answer, reason })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute();
}

/** At a start: what was being sent when the process before ended. Whether it arrived is not known, so it goes again. */
export async function resumeCutOff(db: Kysely<Database>, now: number): Promise<void> {
  await db
    .updateTable('webhook_delivery')
    .set({ state: 'queued', next_at: now, reason: 'its sending was cut off' })
    .where('state', '=', 'sending')
    .execute();
}

/** Queues anew, under its id, what is over; false when there is no such event at this webhook. */
export async function sendAgain(
  db: Kysely<Database>,
  webhook: string,
  id: number,
  now: number,
  until: number,
): Promise<boolean> {
  const again = await db
    .updateTable('webhook_delivery')
    .set({ state: 'queued', attempts: 0, next_at: now, until, ended_at: null, reason: null })
    .where('id', '=', id)
    .where('webhook', '=', webhook)
    .where('state', 'in', ['sent', 'failed'])
    .executeTakeFirst();
  return again.numUpdatedRows === 1n;
}

/** How many of each webhook's events are in which state. */
export async function countByWebhook(
  db: Kysely<Database>,
): Promise<ReadonlyMap<string, Readonly<Partial<Record<DeliveryState, number>>>>> {
  const rows = await db
    .selectFrom('webhook_delivery')
    .select(['webhook', 'state', (each) => each.fn.countAll<number>().as('count')])
    .groupBy(['webhook', 'state'])
    .execute();
  const groups = Map.groupBy(rows, ({ webhook }) => webhook);
  return new Map(
    [...groups].map(([webhook, among]) => [
      webhook,
      Object.fromEntries(among.map(({ state, count }) => [state, Number(count)])),
    ]),
  );
}

/** Forgets what is over since before an instant: bodies hold titles and replies. */
export async function sweepWebhookDeliveries(db: Kysely<Database>, before: number): Promise<void> {
  await db
    .deleteFrom('webhook_delivery')
    .where('state', 'in', ['sent', 'skipped', 'failed'])
    .where('ended_at', '<', before)
    .execute();
}
