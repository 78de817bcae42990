import { MAX_INCIDENTS } from '@muster/domain/problem';
import type { RecordId } from '@muster/domain/shared';
import { recordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import type { Evidence, NamedRecord } from './questions.ts';

/** As many as a problem that is opened from them may name. */
const MOST_IDS = MAX_INCIDENTS;
const MOST_NAMED = 5;

/** Columns of a named record. */
export const NAMED = [
  'id',
  'number',
  'title',
  'state',
  'created_at as createdAt',
  'service',
  'category',
  'team',
] as const;

interface NamedRow extends Omit<NamedRecord, 'id'> {
  readonly id: string;
}

export const namedOf = (row: NamedRow): NamedRecord => ({ ...row, id: recordId(row.id) });

/** Evidence of each list of ids, newest first in each: the newest are named. The ids must be of readable records. */
export async function evidenceOf(
  db: Kysely<Database>,
  lists: readonly (readonly RecordId[])[],
): Promise<readonly Evidence[]> {
  const wanted = lists.flatMap((ids) => ids.slice(0, MOST_NAMED));
  const rows = await db
    .selectFrom('record')
    .select(NAMED)
    .where(sql<boolean>`id in (select value from json_each(${JSON.stringify(wanted)}))`)
    .execute();
  const named = new Map(rows.map((row) => [row.id, namedOf(row)]));
  const told = lists.map((ids) => ids.slice(0, MOST_IDS));
  const restricted = await restrictedOf(db, told.flat());
  return lists.map((ids, index) => ({
    count: ids.length,
    ids: told[index] ?? [],
    linkable: (told[index] ?? []).filter((id) => !restricted.has(id)),
    records: ids.slice(0, MOST_NAMED).flatMap((id) => named.get(id) ?? []),
  }));
}

/**
 * What the records of each list are called together, the preferred first: as one that a problem may name, if any is,
 * since what is called so may become one. The ids must be of readable records.
 */
export async function titlesOf(
  db: Kysely<Database>,
  lists: readonly { readonly preferred: readonly RecordId[]; readonly evidence: Evidence }[],
): Promise<readonly string[]> {
  const named = lists.map(({ preferred, evidence }) => {
    const open = new Set(evidence.linkable);
    return preferred.find((id) => open.has(id)) ?? preferred[0];
  });
  const rows = await db
    .selectFrom('record')
    .select(['id', 'title'])
    .where(sql<boolean>`id in (select value from json_each(${JSON.stringify(named)}))`)
    .execute();
  const titles = new Map(rows.map(({ id, title }) => [recordId(id), title]));
  return named.map((id) => (id === undefined ? '' : (titles.get(id) ?? '')));
}

async function restrictedOf(db: Kysely<Database>, ids: readonly RecordId[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('record')
    .select('id')
    .where(sql<boolean>`id in (select value from json_each(${JSON.stringify(ids)}))`)
    .where(sql<boolean>`(restricted_to is not null or readers is not null)`)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
