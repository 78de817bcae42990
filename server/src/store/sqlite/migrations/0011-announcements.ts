import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Announcements of outages with their events, and who has read which revision. They take the place of `notice`, into
 * which nothing was ever written.
 */
const STATEMENTS = [
  `create table announcement (
    id text primary key,
    version integer not null,
    state text not null,
    published_at integer,
    ended_at integer,
    public integer not null,
    data text not null
  ) strict`,
  `create index announcement_clock on announcement (state) where state in ('scheduled', 'in_progress', 'verifying')`,
  `create table announcement_event (
    seq integer primary key autoincrement,
    announcement text not null references announcement (id),
    version integer not null,
    data text not null,
    actor text not null,
    at integer not null,
    client_at integer not null,
    unique (announcement, version)
  ) strict`,
  `create table announcement_reader (
    announcement text not null,
    revision integer not null,
    person text not null,
    at integer not null,
    primary key (announcement, revision, person)
  ) strict, without rowid`,
  `create index announcement_reader_person on announcement_reader (person)`,
  `drop table notice`,
] as const;

export const announcements: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
