import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Moments of the configuration by name. One that was removed stays, with who removed it. */
const STATEMENT = `create table configuration_baseline (
  id text not null primary key,
  name text not null,
  note text not null,
  at integer not null,
  scope text,
  made_by text not null,
  made_at integer not null,
  removed_by text,
  removed_at integer
) strict, without rowid`;

export const configurationBaselines: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(STATEMENT).execute(db);
  },
};
