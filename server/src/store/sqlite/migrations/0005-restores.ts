import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What is remembered of every time that the store was put back: when, from what, where its history forked, and which
 * numbers may have been told to people in the time that was lost. `era` is a name for the time between two restores;
 * generations alone can be counted twice when one backup is put back in two places.
 */
const STATEMENTS = [
  `alter table instance add column era text not null default ''`,
  `create table restore (
    generation integer primary key,
    era text not null unique,
    at integer not null,
    backup_taken_at integer,
    event_seq integer not null
  ) strict`,
  `create table number_gap (
    process text not null,
    year integer not null,
    first integer not null,
    last integer not null,
    generation integer not null references restore (generation),
    primary key (process, year, first)
  ) strict, without rowid`,
  `alter table document_update add column recovered integer not null default 0`,
] as const;

export const restores: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
