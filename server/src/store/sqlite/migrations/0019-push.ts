import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** News goes to each device by itself from now on; what goes to a person, as mail does, names no device. */
const STATEMENTS = [
  `create table delivery_by_device (
    id integer primary key,
    item text not null,
    person text not null,
    channel text not null,
    device text not null default '',
    state text not null,
    attempts integer not null default 0,
    made_at integer not null,
    next_at integer not null,
    until integer not null,
    message_id text,
    ended_at integer,
    answer text,
    reason text,
    unique (item, channel, device)
  ) strict`,
  `insert into delivery_by_device
    (id, item, person, channel, state, attempts, made_at, next_at, until, message_id, ended_at, answer, reason)
    select id, item, person, channel, state, attempts, made_at, next_at, until, message_id, ended_at, answer, reason
    from delivery`,
  `drop table delivery`,
  `alter table delivery_by_device rename to delivery`,
  `create index delivery_due on delivery (state, next_at)`,
  `create table push_device (
    id text primary key,
    person text not null,
    session text not null,
    endpoint text not null unique,
    p256dh text not null,
    auth text not null,
    name text not null,
    made_at integer not null,
    origin text not null,
    refusals integer not null default 0
  ) strict, without rowid`,
  `create index push_device_by_person on push_device (person)`,
  `create table push_key (
    id integer primary key check (id = 1),
    public_key text not null,
    private_key text not null,
    made_at integer not null
  ) strict`,
] as const;

export const push: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
