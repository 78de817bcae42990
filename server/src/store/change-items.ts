/** Which items the changes touch that are not over: what the gate for machines looks them up by. */
import { isOverChange } from '@muster/domain/change';
import type { Change } from '@muster/domain/change';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** In no order, each once. */
export function openItems(change: Change | null): ReadonlySet<string> {
  return new Set(change === null || isOverChange(change) ? [] : change.items);
}

/** Keeps what is looked up in step with a change; `key` is that of its row. */
export async function keepItems(
  db: Kysely<Database>,
  key: number,
  before: Change | null,
  after: Change,
): Promise<void> {
  const [was, is] = [openItems(before), openItems(after)];
  const gone = [...was].filter((item) => !is.has(item));
  const come = [...is].filter((item) => !was.has(item));
  if (gone.length > 0)
    await db.deleteFrom('change_item').where('change', '=', key).where('item', 'in', gone).execute();
  if (come.length > 0)
    await db
      .insertInto('change_item')
      .values(come.map((item) => ({ item, change: key })))
      .execute();
}
