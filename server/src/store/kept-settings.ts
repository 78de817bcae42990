/** Rules kept as data that people change one at a time: each a setting of its own, with a version that counts. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

export interface Kept {
  readonly id: string;
  /** Counts its changes from 1. */
  readonly version: number;
}

/** All whose keys begin so, by id. */
export async function readKept<Value extends Kept>(
  db: Kysely<Database>,
  prefix: string,
): Promise<ReadonlyMap<string, Value>> {
  const rows = await db
    .selectFrom('setting')
    .select('value')
    .where('key', 'like', `${prefix}%`)
    .orderBy('key')
    .execute();
  return new Map(
    rows.map(({ value }) => {
      const kept = JSON.parse(value) as Value;
      return [kept.id, kept];
    }),
  );
}

/** Keeps a value in place of the version before it. False when that is not the present one. */
export async function writeKept(
  db: Kysely<Database>,
  prefix: string,
  value: Kept,
  now: number,
): Promise<boolean> {
  const key = `${prefix}${value.id}`;
  const row = { value: JSON.stringify(value), updated_at: now };
  if (value.version === 1) {
    const made = await db
      .insertInto('setting')
      .values({ key, ...row })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst();
    return made.numInsertedOrUpdatedRows === 1n;
  }
  const changed = await db
    .updateTable('setting')
    .set(row)
    .where('key', '=', key)
    .where(versionIs(value.version - 1))
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** False when the version is not the present one, or there is none. */
export async function removeKept(
  db: Kysely<Database>,
  prefix: string,
  id: string,
  version: number,
): Promise<boolean> {
  const gone = await db
    .deleteFrom('setting')
    .where('key', '=', `${prefix}${id}`)
    .where(versionIs(version))
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

const versionIs = (version: number) => sql<boolean>`json_extract(value, '$.version') = ${version}`;
