/**
 * Deliveries as SQL keeps them. Each step is one statement that says what it expects, so that a step is taken once
 * whoever else takes one.
 */
import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { DeliveryChannel, DeliveryState, DeliveryTable } from '../store/schema-channels.ts';
import type { Database } from '../store/schema.ts';
import { DELIVERY_CHANNELS, DELIVERY_STATES } from '../store/schema-channels.ts';

export type Delivery = Selectable<DeliveryTable>;

/** What is due: what calls to work first, and of the same rank what waits longest. */
export function dueDeliveries(
  db: Kysely<Database>,
  channel: DeliveryChannel,
  now: number,
  most: number,
): Promise<Delivery[]> {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('channel', '=', channel)
    .where('state', '=', 'queued')
    .where('next_at', '<=', now)
    .orderBy('rank')
    .orderBy('next_at')
    .orderBy('id')
    .limit(most)
    .execute();
}

/** Marks that one is being sent, and keeps a mail's Message-ID for every attempt; null when it is not in the queue. */
export async function beginSending(
  db: Kysely<Database>,
  id: number,
  messageId: string | null,
  now: number,
): Promise<Delivery | null> {
  const begun = await db
    .updateTable('delivery')
    .set({ state: 'sending', attempts: sql`attempts + 1`, next_at: now, message_id: messageId })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returningAll()
    .executeTakeFirst();
  return begun ?? null;
}

/** Where a delivery comes to its end. */
export async function endDelivery(
  db: Kysely<Database>,
  id: number,
  end: {
    readonly state: 'sent' | 'failed' | 'skipped';
    readonly answer?: string;
    readonly reason?: string;
  },
  now: number,
): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: end.state, answer: end.answer ?? null, reason: end.reason ?? null, ended_at: now })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'sending'])
    .execute();
}

/** Puts one whose attempt failed back into the queue. */
export async function putBack(
  db: Kysely<Database>,
  id: number,
  nextAt: number,
  reason: string,
): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: 'queued', next_at: nextAt, reason })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute();
}

/** At a start: what was being sent when the process before ended. Whether it left is not known, so it goes again. */
export async function resumeCutOff(
  db: Kysely<Database>,
  channel: DeliveryChannel,
  now: number,
): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: 'queued', next_at: now, reason: 'its sending was cut off' })
    .where('state', '=', 'sending')
    .where('channel', '=', channel)
    .execute();
}

/** Queues a failed one anew, for another day. False when there is no failed one of that id. */
export async function sendAgain(
  db: Kysely<Database>,
  id: number,
  now: number,
  until: number,
): Promise<boolean> {
  const again = await db
    .updateTable('delivery')
    .set({ state: 'queued', attempts: 0, next_at: now, until, ended_at: null, reason: null })
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .executeTakeFirst();
  return again.numUpdatedRows === 1n;
}

/**
 * Forgets what was over before an instant: what failed by then is mended or of no use any more. The items themselves
 * stay and are told once, so nothing is sent anew.
 */
export async function sweepDeliveries(db: Kysely<Database>, before: number): Promise<void> {
  await db
    .deleteFrom('delivery')
    .where('state', 'in', ['sent', 'skipped', 'failed'])
    .where('ended_at', '<', before)
    .execute();
}

/** News goes to people by some channels, and events to webhooks. */
export const DELIVERY_ROUTES = [...DELIVERY_CHANNELS, 'webhook'] as const;
export type DeliveryRoute = (typeof DELIVERY_ROUTES)[number];

export interface DeliveryCounts {
  readonly byState: Readonly<Record<DeliveryState, number>>;
  /** When the oldest one that is not sent was made; null when none waits. */
  readonly oldestQueuedAt: number | null;
}

export async function countDeliveries(db: Kysely<Database>, route: DeliveryRoute): Promise<DeliveryCounts> {
  const among = () =>
    route === 'webhook'
      ? db.selectFrom('webhook_delivery').select(['state', 'made_at'])
      : db.selectFrom('delivery').select(['state', 'made_at']).where('channel', '=', route);
  const rows = await db
    .selectFrom(among().as('one'))
    .select(['state', (each) => each.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const oldest = await db
    .selectFrom(among().as('one'))
    .select((each) => each.fn.min('made_at').as('at'))
    .where('state', 'in', ['queued', 'sending'])
    .executeTakeFirst();
  const counted = new Map(rows.map(({ state, count }) => [state, Number(count)]));
  const byState = Object.fromEntries(DELIVERY_STATES.map((state) => [state, counted.get(state) ?? 0]));
  return {
    byState: byState as Record<DeliveryState, number>,
    oldestQueuedAt: oldest?.at ?? null,
  };
}
