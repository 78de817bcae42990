import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const STATEMENTS = [
  `create table webhook (
    id text primary key,
    name text not null,
    url text not null,
    secret text not null,
    secret_made_at integer not null,
    kinds text not null,
    enabled integer not null,
    made_by text not null,
    made_at integer not null,
    failing_since integer,
    given_up_at integer
  ) strict, without rowid`,
  `create table webhook_delivery (
    id integer primary key,
    webhook text not null references webhook (id),
    message text not null,
    type text not null,
    record text not null,
    body text not null,
    state text not null,
    attempts integer not null default 0,
    made_at integer not null,
    next_at integer not null,
    until integer not null,
    ended_at integer,
    status integer,
    answer text,
    reason text,
    failing_since integer,
    unique (webhook, message)
  ) strict`,
  `create index webhook_delivery_due on webhook_delivery (webhook, state, next_at)`,
  // what of a record is not over yet is found without reading what went out of it before
  `create index webhook_delivery_open on webhook_delivery (webhook, record, id)
    where state in ('queued', 'sending')`,
] as const;

export const webhooks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
