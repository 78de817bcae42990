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
import type { Store } from '../../store/store.ts';

const OFF_TOO_LONG = 'not taken within a day: the webhook was off';

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

/** How much of a queue is read at once. */
const WINDOW = 200;

/**
 * What is due to one webhook, longest waiting first: of each record the first that is not over. Those that wait behind
 * one that is tried later are put off until then, so that nobody reads past them again and again.
 */
export async function dueDeliveriesTo(
  store: Pick<Store, 'reader' | 'writer' | 'together'>,
  webhook: string,
  now: number,
  most: number,
): Promise<readonly WebhookDelivery[]> {
  for (;;) {
    const window = await dueWindow(store.reader, webhook, now).execute();
    const free = window.filter(({ behind }) => behind === null).slice(0, most);
    const hasMore = window.length === WINDOW && free.length < most;
    if (!hasMore || !(await putOff(store, window, now))) return fullRows(store.reader, free);
  }
}

/** The longest waiting ones, each with the first of its record that holds it up. Reads an index in its order. */
export function dueWindow(db: Kysely<Database>, webhook: string, now: number) {
  return db
    .selectFrom('webhook_delivery as due')
    .select((each) => [
      'due.id',
      each
        .selectFrom('webhook_delivery as earlier')
        .select('earlier.id')
        .whereRef('earlier.webhook', '=', 'due.webhook')
        .whereRef('earlier.record', '=', 'due.record')
        .whereRef('earlier.id', '<', 'due.id')
        // as the index says it, so that the index is used
        .where(sql<boolean>`earlier.state in ('queued', 'sending')`)
        // passed is only one that failed for long and is not tried now
        .where((where) =>
          where.or([
            where('earlier.state', '=', 'sending'),
            where('earlier.next_at', '<=', now),
            where('earlier.failing_since', 'is', null),
            where('earlier.failing_since', '>', now - WEBHOOK_ORDER_MS),
          ]),
        )
        .orderBy('earlier.id')
        .limit(1)
        .as('behind'),
    ])
    .where('due.webhook', '=', webhook)
    .where('due.state', '=', 'queued')
    .where('due.next_at', '<=', now)
    .orderBy('due.next_at')
    .orderBy('due.id')
    .limit(WINDOW);
}

/** Lets those that wait look again when the one before them is tried, or may be passed; false when none had to. */
async function putOff(
  { writer, together }: Pick<Store, 'writer' | 'together'>,
  window: readonly { readonly id: number; readonly behind: number | null }[],
  now: number,
): Promise<boolean> {
  const waiting = Map.groupBy(
    window.filter(({ behind }) => behind !== null),
    ({ behind }) => behind,
  );
  if (waiting.size === 0) return false;
  const firsts = await writer
    .selectFrom('webhook_delivery')
    .select(['id', 'next_at', 'failing_since'])
    .where('id', 'in', [...waiting.keys()])
    .where('state', '=', 'queued')
    .where('next_at', '>', now)
    .execute();
  if (firsts.length === 0) return false;
  await together(
    firsts.map(({ id, next_at: tried, failing_since: since }) =>
      writer
        .updateTable('webhook_delivery')
        .set({ next_at: since === null ? tried : Math.min(tried, since + WEBHOOK_ORDER_MS) })
        .where('id', 'in', waiting.get(id)?.map((one) => one.id) ?? [])
        .where('state', '=', 'queued'),
    ),
  );
  return true;
}

async function fullRows(
  db: Kysely<Database>,
  found: readonly { readonly id: number }[],
): Promise<readonly WebhookDelivery[]> {
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const rows = await db.selectFrom('webhook_delivery').selectAll().where('id', 'in', ids).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What failed is due at once: whoever takes something again after a while gets the rest of it in order. */
export async function hurryDeliveriesTo(db: Kysely<Database>, webhook: string, now: number): Promise<void> {
  await db
    .updateTable('webhook_delivery')
    .set({ next_at: now })
    .where('webhook', '=', webhook)
    .where('state', '=', 'queued')
    .where('next_at', '>', now)
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

/** What a test is of: nothing that is kept. */
export const OF_NO_RECORD = '';

/** Keeps a test that was sent by hand, with what came of it; nothing where its webhook was removed meanwhile. */
export async function noteTest(
  db: Kysely<Database>,
  sent: Pick<WebhookDelivery, 'webhook' | 'message' | 'type' | 'body' | 'made_at'>,
  { state, status = null, answer = null, reason = null }: Answered & { readonly state: 'sent' | 'failed' },
  now: number,
): Promise<void> {
  await db
    .insertInto('webhook_delivery')
    .columns([
      ...(['webhook', 'message', 'type', 'record', 'body', 'state', 'attempts', 'made_at'] as const),
      ...(['next_at', 'until', 'ended_at', 'status', 'answer', 'reason'] as const),
    ])
    .expression((make) =>
      make
        .selectFrom('webhook')
        .where('id', '=', sent.webhook)
        .select([
          'id',
          ...[sent.message, sent.type, OF_NO_RECORD, sent.body, state].map((value, place) =>
            sql<string>`${value}`.as(`text${place}`),
          ),
          ...[1, sent.made_at, now, now, now, status].map((value, place) =>
            sql<number>`${value}`.as(`number${place}`),
          ),
          ...[answer, reason].map((value, place) => sql<string | null>`${value}`.as(`word${place}`)),
        ]),
    )
    .execute();
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

/** Puts an event whose attempt failed at `now` back into the queue. */
export async function putBack(
  db: Kysely<Database>,
  id: number,
  nextAt: number,
  { status = null, answer = null, reason = null }: Answered,
  now: number,
): Promise<void> {
  const failing = sql<number>`coalesce(failing_since, ${now})`;
  await db
    .updateTable('webhook_delivery')
    .set({ state: 'queued', next_at: nextAt, status, answer, reason, failing_since: failing })
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
    .set({
      ...{ state: 'queued', attempts: 0, next_at: now, until },
      ...{ ended_at: null, failing_since: null, reason: null },
    })
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

/**
 * Ends what waits for a webhook that is off and whose time is over: it is not sent when that one is switched on again.
 * The sender ends what waits for the others, since it decides with that whether they are hopeless.
 */
export async function endOverdueDeliveries(db: Kysely<Database>, now: number): Promise<void> {
  await db
    .updateTable('webhook_delivery')
    .set({
      state: 'failed',
      reason: sql<string>`${OFF_TOO_LONG} || coalesce(': ' || reason, '')`,
      ended_at: now,
    })
    .where('webhook', 'in', (off) =>
      off.selectFrom('webhook').select('webhook.id').where('webhook.enabled', '=', 0),
    )
    .where('state', '=', 'queued')
    .where('until', '<', now)
    .execute();
}

/** Forgets what is over since before an instant: bodies hold titles and replies. */
export async function sweepWebhookDeliveries(db: Kysely<Database>, before: number): Promise<void> {
  await db
    .deleteFrom('webhook_delivery')
    .where('state', 'in', ['sent', 'skipped', 'failed'])
    .where('ended_at', '<', before)
    .execute();
}
