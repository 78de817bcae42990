import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Every major incident says from now on what it keeps of its status reports: those of before had none. */
export const statusReports: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const set = `update record set data = json_set(data, '$.major.reports', null) where major is not null`;
    await sql.raw(set).execute(db);
  },
};
