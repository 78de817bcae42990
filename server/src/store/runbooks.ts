/** Runbooks, each a setting of its own, so that two people who change two of them do not meet. */
import type { Runbook } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

const PREFIX = 'runbook.';

export async function readRunbooks(db: Kysely<Database>): Promise<ReadonlyMap<string, Runbook>> {
  const rows = await db
    .selectFrom('setting')
    .select('value')
    .where('key', 'like', `${PREFIX}%`)
    .orderBy('key')
    .execute();
  return new Map(
    rows.map(({ value }) => {
      const runbook = JSON.parse(value) as Runbook;
      return [runbook.id, runbook];
    }),
  );
}

/** Keeps a runbook in place of the version before it. False when that is not the present one. */
export async function writeRunbook(db: Kysely<Database>, runbook: Runbook, now: number): Promise<boolean> {
  const key = `${PREFIX}${runbook.id}`;
  const row = { value: JSON.stringify(runbook), updated_at: now };
  if (runbook.version === 1) {
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
    .where(versionIs(runbook.version - 1))
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** False when the version is not the present one, or there is none. */
export async function removeRunbook(db: Kysely<Database>, id: string, version: number): Promise<boolean> {
  const gone = await db
    .deleteFrom('setting')
    .where('key', '=', `${PREFIX}${id}`)
    .where(versionIs(version))
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

const versionIs = (version: number) => sql<boolean>`json_extract(value, '$.version') = ${version}`;
