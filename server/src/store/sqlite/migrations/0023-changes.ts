import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Changes, the templates of standard ones, and the documents of both processes that plan. Their events are in `event`. */
const STATEMENTS = [
  `create table change (
    key integer primary key,
    id text not null unique,
    number text unique,
    version integer not null,
    model text not null,
    template text,
    state text not null,
    title text not null,
    team text,
    owner text,
    made_by text not null,
    risk text,
    outage integer not null,
    begins integer,
    ends integer,
    result text,
    made_at integer not null,
    updated_at integer not null,
    closed_at integer,
    due_at integer,
    live integer not null,
    data text not null
  ) strict`,
  `create index change_by_update on change (updated_at desc, id desc)`,
  `create index change_live on change (live) where live = 1`,
  `create index change_due on change (due_at) where due_at is not null`,
  `create index change_past on change (model, team, template, closed_at desc) where state = 'closed'`,
  `create index change_by_token on change (substr(id, -4))`,
  `create virtual table change_text using fts5 (
    number, title, tasks, room,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  )`,
  `create table change_template (
    id text primary key,
    version integer not null,
    revision integer not null,
    state text not null,
    updated_at integer not null,
    data text not null
  ) strict, without rowid`,
  `drop index document_by_kind`,
  `create index document_by_kind on document (kind)
   where kind in ('board', 'directory', 'notice', 'oncall', 'change-board', 'release-board', 'rules')`,
] as const;

export const changes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
