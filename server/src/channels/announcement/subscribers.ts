/** People without an account who follow the status page by mail: they ask, say yes by a link, and go as they please. */
import { MAIL_RANKS, MAIL_TRIED_MS } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { ulid } from 'ulid';
import type { StatusSubscriberTable } from '../../store/schema-channels.ts';
import type { Database } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';

export type Subscriber = Selectable<StatusSubscriberTable>;

/** How long the link in the mail holds. */
export const CONFIRM_WITHIN_MS = 24 * 60 * 60_000;
/** An address gets no second mail of the kind before. */
const ASK_AGAIN_MS = 60 * 60_000;
/** Nor more than so many in a day. */
const ASKED_IN_A_DAY = 3;
const DAY_MS = 24 * 60 * 60_000;
/** Such mails to all addresses together in an hour, so that nobody makes the desk send mail to the world. */
export const ASKED_IN_AN_HOUR = 200;
const HOUR_MS = 60 * 60_000;

export async function findSubscriber(db: Kysely<Database>, id: string): Promise<Subscriber | null> {
  const row = await db.selectFrom('status_subscriber').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/**
 * Queues the mail that asks an address whether it wants to be told. An address that is told already, or was asked a
 * moment ago or often today, gets none, and nobody gets one when very many were asked: whoever asks hears the same.
 */
export async function askSubscriber(
  { writer, together }: Pick<Store, 'writer' | 'together'>,
  address: string,
  now: number,
): Promise<void> {
  await together([
    writer
      .insertInto('status_subscriber')
      .columns(['id', 'address', 'asked_at', 'confirmed_at'])
      .expression(
        writer
          .selectNoFrom([
            sql<string>`${ulid(now)}`.as('id'),
            sql<string>`${address}`.as('address'),
            sql<number>`${now}`.as('asked_at'),
            sql<null>`null`.as('confirmed_at'),
          ])
          .where(askedOfAll(now), '<', ASKED_IN_AN_HOUR)
          .where(askedOf(address, now), '<', ASKED_IN_A_DAY),
      )
      .onConflict((conflict) =>
        conflict
          .column('address')
          .doUpdateSet({ asked_at: now })
          .where('status_subscriber.confirmed_at', 'is', null)
          .where('status_subscriber.asked_at', '<=', now - ASK_AGAIN_MS),
      ),
    writer
      .insertInto('delivery')
      .columns(['item', 'person', 'subscriber', 'channel', 'rank', 'state', 'made_at', 'next_at', 'until'])
      .expression((asked) =>
        asked
          .selectFrom('status_subscriber')
          .select([
            sql<string>`'confirm:' || id || ':' || asked_at`.as('item'),
            sql<string>`''`.as('person'),
            'id as subscriber',
            sql<'mail'>`'mail'`.as('channel'),
            sql<number>`${MAIL_RANKS.bulk}`.as('rank'),
            sql<'queued'>`'queued'`.as('state'),
            'asked_at as made_at',
            'asked_at as next_at',
            sql<number>`asked_at + ${Math.min(MAIL_TRIED_MS, CONFIRM_WITHIN_MS)}`.as('until'),
          ])
          .where('address', '=', address)
          .where('asked_at', '=', now)
          .where('confirmed_at', 'is', null),
      )
      .onConflict((conflict) => conflict.columns(['item', 'channel', 'device']).doNothing()),
  ]);
}

/** Mails that asked anybody in the last hour; what they are about is the beginning of an index. */
function askedOfAll(now: number) {
  return sql<number>`(select count(*) from delivery
    where item >= 'confirm:' and item < 'confirm;' and made_at > ${now - HOUR_MS})`;
}

/** Mails that asked this address in the last day. */
function askedOf(address: string, now: number) {
  return sql<number>`(select count(*) from status_subscriber as asked join delivery
    on delivery.item >= 'confirm:' || asked.id || ':' and delivery.item < 'confirm:' || asked.id || ';'
    where asked.address = ${address} and delivery.made_at > ${now - DAY_MS})`;
}

/** Whether the link that was sent at `askedAt` made an address one that is told, now or before. */
export async function confirmSubscriber(
  db: Kysely<Database>,
  id: string,
  askedAt: number,
  now: number,
): Promise<boolean> {
  if (now - askedAt > CONFIRM_WITHIN_MS) return false;
  await db
    .updateTable('status_subscriber')
    .set({ confirmed_at: now })
    .where('id', '=', id)
    .where('asked_at', '=', askedAt)
    .where('confirmed_at', 'is', null)
    .execute();
  const row = await db
    .selectFrom('status_subscriber')
    .select('id')
    .where('id', '=', id)
    .where('asked_at', '=', askedAt)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

export async function removeSubscriber(
  db: Kysely<Database>,
  by: { readonly id: string } | { readonly address: string },
): Promise<boolean> {
  const [column, value] = 'id' in by ? (['id', by.id] as const) : (['address', by.address] as const);
  const removed = await db.deleteFrom('status_subscriber').where(column, '=', value).executeTakeFirst();
  return removed.numDeletedRows === 1n;
}

/** Forgets who asked and never said yes, once their link holds no more. */
export async function sweepUnconfirmed(db: Kysely<Database>, now: number): Promise<void> {
  await db
    .deleteFrom('status_subscriber')
    .where('confirmed_at', 'is', null)
    .where('asked_at', '<', now - CONFIRM_WITHIN_MS)
    .execute();
}

export async function countSubscribers(
  db: Kysely<Database>,
): Promise<{ readonly confirmed: number; readonly waiting: number }> {
  const { confirmed, all } = await db
    .selectFrom('status_subscriber')
    .select((each) => [
      each.fn.count<number>('confirmed_at').as('confirmed'),
      each.fn.countAll<number>().as('all'),
    ])
    .executeTakeFirstOrThrow();
  return { confirmed: Number(confirmed), waiting: Number(all) - Number(confirmed) };
}

/** Those who said yes, as they came. */
export function listSubscribers(db: Kysely<Database>): Promise<Subscriber[]> {
  return db
    .selectFrom('status_subscriber')
    .selectAll()
    .where('confirmed_at', 'is not', null)
    .orderBy('id')
    .execute();
}
