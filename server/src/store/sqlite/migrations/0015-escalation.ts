import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Every ticket says from now on whether it is escalated: those of before were not. */
export const escalation: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(`update record set data = json_set(data, '$.escalation', null)`).execute(db);
  },
};
