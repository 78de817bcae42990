/** Setting the rules of changes, one at a time; what was taken away of the defaults stays away. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Removed } from './changes.ts';
import type { Kept } from './kept-settings.ts';
import type { Database } from './schema.ts';
import type { SettingKey } from './settings.ts';

interface Place {
  /** Begin of the keys of its kind. */
  readonly prefix: string;
  readonly id: string;
  /** The version that its author saw; 0 for a new one. */
  readonly basis: number;
  /** Of the default of this id; null where there is none. */
  readonly standing: number | null;
}

/** Keeps a rule in place of the one its author saw. Null when that is not the present one, or else its version. */
export async function keepRule(
  db: Kysely<Database>,
  { prefix, id, basis, standing }: Place,
  rule: object,
  now: number,
): Promise<number | null> {
  const key = `${prefix}${id}`;
  const kept = await findKept(db, key);
  const present = kept === null ? (standing ?? 0) : 'removed' in kept ? 0 : kept.version;
  if (present !== basis) return null;
  const version = (kept?.version ?? basis) + 1;
  const value = JSON.stringify({ ...rule, id, version });
  return (await put(db, key, value, kept, now)) ? version : null;
}

/**
 * False when the version is not the present one, or there is none. What was taken away leaves its version behind: a
 * rule of the same id later is never taken for this one.
 */
export async function dropRule(
  db: Kysely<Database>,
  { prefix, id, basis, standing }: Place,
  now: number,
): Promise<boolean> {
  const key = `${prefix}${id}`;
  const kept = await findKept(db, key);
  const present = kept === null ? standing : 'removed' in kept ? null : kept.version;
  if (present !== basis) return false;
  const removed: Removed = { id, version: basis + 1, removed: true };
  return put(db, key, JSON.stringify(removed), kept, now);
}

/** Keeps settings of which there is one only, with a version that counts. False when `basis` is not the present one. */
export async function keepSettings(
  db: Kysely<Database>,
  key: SettingKey,
  { basis, standing }: Pick<Place, 'basis' | 'standing'>,
  settings: object,
  now: number,
): Promise<boolean> {
  const kept = await findKept(db, key);
  if ((kept?.version ?? standing ?? 0) !== basis) return false;
  return put(db, key, JSON.stringify({ ...settings, version: basis + 1 }), kept, now);
}

async function findKept(db: Kysely<Database>, key: string): Promise<Kept | Removed | null> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.value) as Kept | Removed);
}

/** Writes unless somebody else has written since `kept` was read. */
async function put(
  db: Kysely<Database>,
  key: string,
  value: string,
  kept: Kept | null,
  now: number,
): Promise<boolean> {
  const row = { value, updated_at: now };
  const written =
    kept === null
      ? await db
          .insertInto('setting')
          .values({ key, ...row })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .executeTakeFirst()
      : await db
          .updateTable('setting')
          .set(row)
          .where('key', '=', key)
          .where(isStill(kept))
          .executeTakeFirst();
  const rows = 'numUpdatedRows' in written ? written.numUpdatedRows : written.numInsertedOrUpdatedRows;
  return rows === 1n;
}

const isStill = (kept: Kept | null) =>
  sql<boolean>`json_extract(value, '$.version') = ${kept?.version ?? null}`;
