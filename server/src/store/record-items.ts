/** What configuration items tickets are about, looked up by item: `record_item`. */
import { isRetired } from '@muster/domain/configuration';
import type { ItemEvent, ItemState } from '@muster/domain/configuration';
import type { ItemStanding, RecordId, Ticket } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Keeps what is looked up in step with a ticket; `key` is that of its row. */
export async function keepRecordItems(
  db: Kysely<Database>,
  key: number,
  before: Pick<Ticket, 'items'> | null,
  { items }: Pick<Ticket, 'items'>,
): Promise<void> {
  const was = before?.items ?? [];
  const gone = was.filter((item) => !items.includes(item));
  const come = items.filter((item) => !was.includes(item));
  if (gone.length > 0)
    await db.deleteFrom('record_item').where('record', '=', key).where('item', 'in', gone).execute();
  if (come.length > 0)
    await db
      .insertInto('record_item')
      .values(come.map((item) => ({ item, record: key })))
      .execute();
}

/**
 * How the items that an act names stand: what is not known here is not there. One that was retired after the act was
 * written is live to it.
 *
 * @param writtenAt Epoch ms; left out where only what stands now counts
 */
export async function itemStandings(
  db: Kysely<Database>,
  items: readonly RecordId[],
  writtenAt = Number.POSITIVE_INFINITY,
): Promise<(item: RecordId) => ItemStanding | null> {
  if (items.length === 0) return () => null;
  const rows = await db
    .selectFrom('configuration_item')
    .select(['id', 'state'])
    .where('id', 'in', items)
    .execute();
  const retired = rows.filter(({ state }) => isRetired(state as ItemState)).map(({ id }) => id);
  const since = await retiredSince(db, retired, writtenAt);
  const standings = new Map<string, ItemStanding>(
    rows.map(({ id }) => [id, retired.includes(id) && !since.has(id) ? 'retired' : 'live']),
  );
  return (item) => standings.get(item) ?? null;
}

/** Those that were still there at a moment: their history says when they went. */
async function retiredSince(
  db: Kysely<Database>,
  retired: readonly string[],
  writtenAt: number,
): Promise<ReadonlySet<string>> {
  if (retired.length === 0 || writtenAt === Number.POSITIVE_INFINITY) return new Set();
  const rows = await db
    .selectFrom('event')
    .select(['record', 'data'])
    .where('record', 'in', retired)
    .where('type', 'in', ['stepped', 'joined-into'])
    .where('at', '>', writtenAt)
    .execute();
  const went = rows.filter(({ data }) => isGoing(JSON.parse(data) as ItemEvent));
  return new Set(went.map(({ record }) => record));
}

function isGoing(event: ItemEvent): boolean {
  return (
    event.type === 'joined-into' ||
    (event.type === 'stepped' && isRetired(event.to) && !isRetired(event.from))
  );
}
