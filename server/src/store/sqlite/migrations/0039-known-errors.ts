import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Known errors and articles, their published versions, what people said of these, and the tickets that they were used
 * on. Their events are in `event`.
 */
const STATEMENTS = [
  `create table known_error (
    key integer primary key,
    id text not null unique,
    version integer not null,
    kind text not null,
    state text not null,
    draft text,
    audience text,
    service text,
    category text,
    problem text,
    title text not null,
    updated_at integer not null,
    due_at integer,
    live integer not null,
    data text not null
  ) strict`,
  `create index known_error_by_update on known_error (updated_at desc, id desc)`,
  `create index known_error_live on known_error (live) where live = 1`,
  `create index known_error_due on known_error (due_at) where due_at is not null`,
  `create index known_error_for_everybody on known_error (audience) where audience = 'everybody'`,
  `create table known_error_version (
    known_error text not null references known_error (id),
    number integer not null,
    at integer not null,
    by text not null,
    data text not null,
    primary key (known_error, number)
  ) strict, without rowid`,
  `create table known_error_rating (
    known_error text not null references known_error (id),
    number integer not null,
    person text not null,
    helped integer not null,
    comment text,
    at integer not null,
    primary key (known_error, number, person)
  ) strict, without rowid`,
  `create table known_error_use (
    known_error text not null references known_error (id),
    ticket text not null,
    by text not null,
    at integer not null,
    primary key (known_error, ticket)
  ) strict, without rowid`,
  `create index known_error_use_of_ticket on known_error_use (ticket)`,
  `create virtual table known_error_text using fts5 (
    title, told, body,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  )`,
  // staff finds drafts as well; what everybody finds is what was published for them
  `create virtual table help_text using fts5 (
    title, told, body,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  )`,
  `drop index document_by_kind`,
  `create index document_by_kind on document (kind)
   where kind in (
     'board', 'directory', 'notice', 'oncall', 'change-board', 'release-board', 'meeting-board',
     'configuration-board', 'problem-board', 'knowledge-board', 'help-board', 'rules', 'configuration-rules'
   )`,
] as const;

export const knownErrors: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
