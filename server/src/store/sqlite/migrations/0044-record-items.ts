import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What configuration items tickets are about: nothing was named before. */
const STATEMENTS = [
  `create table record_item (
    item text not null,
    record integer not null,
    primary key (item, record)
  ) strict, without rowid`,
  `create index record_item_of_record on record_item (record)`,
  `update record set data = json_set(data, '$.items', json('[]'))`,
] as const;

export const recordItems: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
