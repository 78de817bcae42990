import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Releases, what pipelines deployed, and what they asked at the gate. Events of releases are in `event`. */
const STATEMENTS = [
  `create table release (
    key integer primary key,
    id text not null unique,
    number text unique,
    version integer not null,
    state text not null,
    kind text not null,
    title text not null,
    label text not null,
    owner text,
    made_by text not null,
    begins_at integer,
    ends_at integer,
    made_at integer not null,
    updated_at integer not null,
    ended_at integer,
    due_at integer,
    live integer not null,
    data text not null
  ) strict`,
  `create index release_by_update on release (updated_at desc, id desc)`,
  `create index release_live on release (live) where live = 1`,
  `create index release_due on release (due_at) where due_at is not null`,
  `create index release_watched on release (state) where state = 'hypercare'`,
  `create virtual table release_text using fts5 (
    number, title, steps, room,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  )`,
  `create table deployment (
    id text primary key,
    external text not null,
    reporter text not null,
    service text not null,
    environment text not null,
    version text not null,
    release text,
    change text,
    outcome text not null,
    at integer not null,
    finished_at integer,
    committed_at integer,
    updated_at integer not null,
    unique (reporter, external)
  ) strict, without rowid`,
  `create index deployment_by_time on deployment (at desc, id desc)`,
  `create index deployment_of_release on deployment (release) where release is not null`,
  `create table gate_ask (
    id text primary key,
    at integer not null,
    asker text not null,
    service text not null,
    environment text not null,
    change text,
    allow integer not null,
    answer text not null
  ) strict, without rowid`,
  `create index gate_ask_by_time on gate_ask (at desc, id desc)`,
] as const;

export const releases: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
