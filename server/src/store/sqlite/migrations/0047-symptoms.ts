import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The symptom of each record is read out of its title once, when it is written, and no more each time a trend is asked
 * for. The index of trends has it in place of the title, and `merged_into`, which the condition of the index asks for:
 * SQLite takes a column that equals a value from that condition, and one that is null from the row. Without it each
 * trend went to every row all the same.
 *
 * The function is that of sql-functions.ts.
 */
const STATEMENTS = [
  `drop index record_trend`,
  `alter table record add column symptom text not null default ''`,
  `update record set symptom = symptom_of(title)`,
  `create index record_trend on record (
    process, created_at, service, category, team, requester, resolution, resolved_at, reopened, major,
    restricted_to, readers, symptom, id, merged_into
  ) where merged_into is null and drill = 0`,
] as const;

export const symptoms: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
