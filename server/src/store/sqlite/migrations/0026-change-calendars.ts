import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Addresses under which calendars read changes and windows, beside those for shifts. */
const STATEMENTS = [
  `alter table calendar_address add column about text not null default 'shifts'`,
  `drop index calendar_address_one`,
  `create unique index calendar_address_one on calendar_address (person, about, coalesce(schedule, ''))`,
] as const;

export const changeCalendars: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
