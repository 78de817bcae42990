/** What configuration items tickets are about, looked up by item: `record_item`. */
import { isRetired } from '@muster/domain/configuration';
import type { ItemState } from '@muster/domain/configuration';
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

/** How the items that an act names stand: what is not known here is not there. */
export async function itemStandings(
  db: Kysely<Database>,
  items: readonly RecordId[],
): Promise<(item: RecordId) => ItemStanding | null> {
  if (items.length === 0) return () => null;
  const rows = await db
    .selectFrom('configuration_item')
    .select(['id', 'state'])
    .where('id', 'in', items)
    .execute();
  const standings = new Map<string, ItemStanding>(
    rows.map(({ id, state }) => [id, isRetired(state as ItemState) ? 'retired' : 'live']),
  );
  return (item) => standings.get(item) ?? null;
}
