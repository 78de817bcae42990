import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Change boards and their meetings. Their events are in `event`. */
const STATEMENTS = [
  `create table change_board (
    id text primary key,
    version integer not null,
    retired integer not null,
    updated_at integer not null,
    data text not null
  ) strict, without rowid`,
  `create table change_meeting (
    id text primary key,
    board text not null references change_board (id),
    version integer not null,
    state text not null,
    begins_at integer not null,
    ends_at integer not null,
    closed_at integer,
    updated_at integer not null,
    live integer not null,
    data text not null
  ) strict, without rowid`,
  `create index change_meeting_by_update on change_meeting (updated_at desc, id desc)`,
  `create index change_meeting_live on change_meeting (live) where live = 1`,
  `create index change_meeting_open on change_meeting (ends_at) where state in ('planned', 'live')`,
  `create index change_meeting_of_board on change_meeting (board, begins_at)`,
  `create index change_meeting_closed on change_meeting (board, closed_at desc) where state = 'closed'`,
  `drop index document_by_kind`,
  `create index document_by_kind on document (kind)
   where kind in (
     'board', 'directory', 'notice', 'oncall', 'change-board', 'release-board', 'meeting-board', 'rules'
   )`,
] as const;

export const meetings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
