import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who is named as a reader of a record, as a JSON list. Every ticket says so from now on: nobody was before. */
const STATEMENTS = [
  `alter table record add column readers text`,
  `create index record_readers on record (process) where readers is not null`,
  `update record set data = json_set(data, '$.readers', json('[]'))`,
] as const;

export const restricted: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
