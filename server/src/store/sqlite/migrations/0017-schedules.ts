import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** On-call schedules with their events, the addresses of their calendars, and a document that all staff hold. */
const STATEMENTS = [
  `create table schedule (
    id text primary key,
    version integer not null,
    removed_at integer,
    data text not null
  ) strict`,
  `create table schedule_event (
    seq integer primary key autoincrement,
    schedule text not null references schedule (id),
    version integer not null,
    data text not null,
    actor text not null,
    at integer not null,
    client_at integer not null,
    unique (schedule, version)
  ) strict`,
  `create table calendar_address (
    id text primary key,
    person text not null references person (id),
    schedule text references schedule (id),
    hash text not null unique,
    made_at integer not null,
    used_at integer
  ) strict`,
  `create unique index calendar_address_one on calendar_address (person, coalesce(schedule, ''))`,
  `drop index document_by_kind`,
  `create index document_by_kind on document (kind) where kind in ('board', 'directory', 'notice', 'oncall')`,
] as const;

export const schedules: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
