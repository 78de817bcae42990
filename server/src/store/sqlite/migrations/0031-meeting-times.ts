import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Meetings of boards by their end: for the clock those that are planned or held, for the calendar all of them. The
 * index that goes was of two states together, and no query for one of them could use it.
 */
const STATEMENTS = [
  `drop index change_meeting_open`,
  `create index change_meeting_by_state on change_meeting (state, ends_at)`,
  `create index change_meeting_by_end on change_meeting (ends_at)`,
] as const;

export const meetingTimes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
