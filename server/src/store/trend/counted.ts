import type { Actor, ItemId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely, RawBuilder, SqlBool } from 'kysely';
import { sameItems } from '../joined-items.ts';
import type { JoinedItems } from '../joined-items.ts';
import { matchExpression, wordsOf } from '../query/words.ts';
import { readableAsStaff } from '../query/readable.ts';
import type { Database } from '../schema.ts';
import type { TrendFilter } from './questions.ts';

/** Whoever asks, when, and how to see whether they still do. */
export interface Asker {
  readonly db: Kysely<Database>;
  readonly actor: Actor;
  /** Epoch ms. */
  readonly now: number;
  /** Records name them still, and count under the items that stay. */
  readonly joined: JoinedItems;
  /** Throws when nobody waits for the answer any more, or it takes too long. */
  readonly stillAsked: () => void;
}

/**
 * The records that trends count: those that the actor reads as staff, without drills and what was merged away. The
 * conditions stand here word for word as in the index `record_trend`, which holds all that is counted by: the rows, which
 * are long, are not read.
 */
export type TrendRecords = ReturnType<typeof counted>;

export function counted({ db, actor, joined }: Asker, filter: TrendFilter) {
  let query = db
    .selectFrom('record')
    .where('process', '=', filter.process)
    .where(sql<SqlBool>`merged_into is null and drill = 0 and still_asked(created_at)`)
    .where(readableAsStaff(actor));
  if (filter.from !== undefined) query = query.where('created_at', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('created_at', '<', filter.to);
  for (const column of ['service', 'team', 'category'] as const) {
    const value = filter[column];
    if (value !== undefined) query = query.where(isOf(column, value));
  }
  for (const item of filter.item?.split(',') ?? []) query = query.where(isAbout(item, joined));
  const words = wordsOf(filter.words ?? '');
  return words.length === 0 ? query : query.where(hasWords(words));
}

/** A column's value; an empty word is those that have none. */
export function isOf(column: string, value: string): RawBuilder<SqlBool> {
  return value === '' ? sql`${sql.ref(column)} is null` : sql`${sql.ref(column)} = ${value}`;
}

/** About an item or a service; an empty word is those that are about none. */
function isAbout(item: string, joined: JoinedItems): RawBuilder<SqlBool> {
  return item === ''
    ? sql`not exists (select 1 from record_item where record = record.key)`
    : sql`record.key in (select record from record_item where item in (
        select value from json_each(${JSON.stringify(sameItems(joined, item as ItemId))})))`;
}

function hasWords(words: readonly string[]): RawBuilder<SqlBool> {
  const expression = matchExpression(words, ['title']);
  return sql`record.key in (select rowid from record_text where record_text match ${expression})`;
}
