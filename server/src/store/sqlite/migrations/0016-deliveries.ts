import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const STATEMENTS = [
  `create table delivery (
    id integer primary key,
    item text not null,
    person text not null,
    channel text not null,
    state text not null,
    attempts integer not null default 0,
    made_at integer not null,
    next_at integer not null,
    until integer not null,
    message_id text,
    ended_at integer,
    answer text,
    reason text,
    unique (item, channel)
  ) strict`,
  `create index delivery_due on delivery (state, next_at)`,
  // whom a record told is asked for by the record
  `create index inbox_item_by_record on inbox_item (record, at)`,
  `create table channel_choice (
    person text not null,
    channel text not null,
    kind text not null,
    wanted integer not null,
    primary key (person, channel, kind)
  ) strict, without rowid`,
  `create table channel_health (
    channel text primary key,
    succeeded_at integer,
    failed_at integer,
    failure text
  ) strict, without rowid`,
] as const;

export const deliveries: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
