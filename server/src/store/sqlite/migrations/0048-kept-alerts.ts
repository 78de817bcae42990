import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What fired under a silence and waits for its end: of each group since when, and the last payload that told of it. */
const STATEMENT = `create table alert_kept (
  integration text not null,
  group_key text not null,
  since integer not null,
  seq integer not null,
  done integer not null,
  report text not null,
  primary key (integration, group_key)
) strict, without rowid`;

export const keptAlerts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(STATEMENT).execute(db);
  },
};
