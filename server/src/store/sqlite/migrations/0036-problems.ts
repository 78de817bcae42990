import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Problems, and which of them ever named which incident. Their events are in `event`. */
const STATEMENTS = [
  `create table problem (
    key integer primary key,
    id text not null unique,
    number text unique,
    version integer not null,
    state text not null,
    title text not null,
    priority integer not null,
    service text,
    team text,
    owner text,
    major integer not null,
    known_error integer not null,
    made_by text not null,
    made_at integer not null,
    updated_at integer not null,
    ended_at integer,
    due_at integer,
    live integer not null,
    data text not null
  ) strict`,
  `create index problem_by_update on problem (updated_at desc, id desc)`,
  `create index problem_live on problem (live) where live = 1`,
  `create index problem_due on problem (due_at) where due_at is not null`,
  `create table problem_incident (
    incident text not null,
    problem integer not null,
    primary key (incident, problem)
  ) strict, without rowid`,
  `create index problem_incident_of_problem on problem_incident (problem)`,
  `create virtual table problem_text using fts5 (
    number, title, told, room,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  )`,
  `drop index document_by_kind`,
  `create index document_by_kind on document (kind)
   where kind in (
     'board', 'directory', 'notice', 'oncall', 'change-board', 'release-board', 'problem-board',
     'meeting-board', 'rules', 'configuration-board', 'configuration-rules'
   )`,
] as const;

export const problems: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
