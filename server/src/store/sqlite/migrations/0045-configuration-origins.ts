import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What sources of imports call items, so that the same file again finds them. */
const STATEMENT = `create table configuration_origin (
  source text not null,
  key text not null,
  item text not null,
  primary key (source, key)
) strict, without rowid`;

export const configurationOrigins: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(STATEMENT).execute(db);
  },
};
