import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Keys of `setting` that the store and the rules read. Others may keep their own under a name with a dot. */
export const SETTINGS = [
  'matrix',
  'calendars',
  'agreements',
  'categories',
  'autoclose',
  'major-rules',
] as const;

export type SettingKey = (typeof SETTINGS)[number] | `${string}.${string}`;

/**
 * Reads a rule kept as data; the fallback where nothing was set. The value's type is the caller's word:
 * routes check what they write with `writeSetting`.
 */
export async function readSetting<Value>(
  db: Kysely<Database>,
  key: SettingKey,
  fallback: Value,
): Promise<Value> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
  return row === undefined ? fallback : (JSON.parse(row.value) as Value);
}

/** Writes a setting. Call `store.refreshDirectory()` after changing one that the directory shows. */
export async function writeSetting(
  db: Kysely<Database>,
  key: SettingKey,
  value: unknown,
  now: number,
): Promise<void> {
  const row = { value: JSON.stringify(value), updated_at: now };
  await db
    .insertInto('setting')
    .values({ key, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute();
}
