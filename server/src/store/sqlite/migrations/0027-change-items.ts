import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Items of the changes that are not over, for the gate; and deployments by when they ended, for what is measured. */
const STATEMENTS = [
  `create table change_item (
    item text not null,
    change integer not null,
    primary key (item, change)
  ) strict, without rowid`,
  `create index change_item_of_change on change_item (change)`,
  `insert into change_item (item, change)
   select distinct touched.value, change.key from change, json_each(change.data, '$.items') as touched
   where change.state not in ('closed', 'cancelled')`,
  `create index deployment_by_end on deployment (coalesce(finished_at, at))`,
] as const;

export const changeItems: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
