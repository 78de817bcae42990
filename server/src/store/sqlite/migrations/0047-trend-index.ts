import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * With `merged_into`, which its own condition asks for: SQLite takes a column that is compared with a value from the
 * condition of an index, and one that is null from the row. Without it each trend went to every row all the same.
 */
const STATEMENTS = [
  `drop index record_trend`,
  `create index record_trend on record (
    process, created_at, service, category, team, requester, resolution, resolved_at, reopened, major,
    restricted_to, readers, title, id, merged_into
  ) where merged_into is null and drill = 0`,
] as const;

export const trendIndex: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
