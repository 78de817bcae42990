import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What trends count by, of every record, in an index that holds all of it: over the rows themselves, which are long,
 * they would read through the whole file. Drills and what was merged away count nowhere and are not in it.
 */
const STATEMENTS = [
  `alter table record add column drill integer not null default 0`,
  `alter table record add column reopened integer not null default 0`,
  `alter table record add column resolution text`,
  `update record set
    drill = exists (select 1 from json_each(data, '$.tags') as tag where lower(trim(tag.value)) = 'drill'),
    reopened = data ->> '$.reopenCount',
    resolution = data ->> '$.resolution.code'`,
  `create index record_trend on record (
    process, created_at, service, category, team, requester, resolution, resolved_at, reopened, major,
    restricted_to, readers, title, id
  ) where merged_into is null and drill = 0`,
] as const;

export const trends: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
