import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Every major incident says from now on how its review stands: those of before have none. */
export const incidentReview: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql
      .raw(
        `update record set data = json_set(data, '$.major.review', null)
         where json_type(data, '$.major') = 'object' and json_type(data, '$.major.review') is null`,
      )
      .execute(db);
  },
};
