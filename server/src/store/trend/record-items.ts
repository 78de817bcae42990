/** The items that records are about, each once and under the one that stays where it was joined (CFG-37). */
import { recordId } from '@muster/domain/shared';
import type { ItemId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { Asker } from './counted.ts';

/** By the key of the record, in an order that is always the same; of one that is about none there is nothing. */
export type RecordItems = ReadonlyMap<number, readonly ItemId[]>;

/** Rows between two looks at whether anybody still waits. */
const A_LOOK = 10_000;

/** @param keys Of the records that are wanted; of all without it. */
export async function readRecordItems(
  { db, joined, stillAsked }: Asker,
  keys?: readonly number[],
): Promise<RecordItems> {
  let wanted = db.selectFrom('record_item').select(['record', 'item']).orderBy('item');
  if (keys !== undefined)
    wanted = wanted.where(sql<SqlBool>`record in (select value from json_each(${JSON.stringify(keys)}))`);
  const rows = await wanted.execute();
  const items = new Map<number, ItemId[]>();
  for (const [index, { record, item }] of rows.entries()) {
    if (index % A_LOOK === 0) stillAsked();
    const stays = joined.get(recordId(item)) ?? recordId(item);
    const own = items.get(record);
    if (own === undefined) items.set(record, [stays]);
    else if (!own.includes(stays)) own.push(stays);
  }
  // what is joined stands where another one sorted
  if (joined.size > 0) for (const own of items.values()) own.sort();
  return items;
}
