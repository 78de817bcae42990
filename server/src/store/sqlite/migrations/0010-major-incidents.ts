import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Where a record stands as a major incident. Every ticket says so from now on: those of before never were one. */
const STATEMENTS = [
  `alter table record add column major text`,
  `alter table record add column severity integer`,
  `create index record_major on record (major, updated_at desc) where major is not null`,
  `update record set data = json_set(data, '$.major', null)`,
] as const;

export const majorIncidents: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
