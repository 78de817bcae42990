import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the store seals ids with that nobody else may use before it does; given when the store opens. */
export const storeSecret: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(`alter table instance add column secret text not null default ''`).execute(db);
  },
};
