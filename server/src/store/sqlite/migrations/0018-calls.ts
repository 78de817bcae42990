import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which records call somebody now. Every ticket says from now on what calls it had: those of before had none. */
const STATEMENTS = [
  `alter table record add column calling integer not null default 0`,
  `create index record_calling on record (id) where calling = 1`,
  `update record set data = json_set(data, '$.calls', json('[]'))`,
] as const;

export const calls: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
