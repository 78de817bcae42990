import type { RecordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

/** Every table that keeps its events in the one history. */
const TABLES = [
  'record',
  'change',
  'change_template',
  'change_board',
  'change_meeting',
  'release',
  'problem',
  'configuration_item',
  'configuration_relation',
  'configuration_rules',
  'known_error',
] as const;

type OwnerTable = (typeof TABLES)[number];

/** Where an id lives already, but for the table that is about to keep it: no two records share a history. */
export async function isTakenElsewhere(
  db: Kysely<Database>,
  id: RecordId,
  own: OwnerTable,
): Promise<boolean> {
  const others = TABLES.filter((table) => table !== own).map(
    (table) => sql`select 1 from ${sql.table(table)} where id = ${id}`,
  );
  const { rows } = await sql`${sql.join(others, sql` union all `)} limit 1`.execute(db);
  return rows.length > 0;
}

/** Whether a number is given to anything. */
export async function isNumberTaken(db: Kysely<Database>, number: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from record where number = ${number} union all select 1 from change where number = ${number}
    union all select 1 from release where number = ${number}
  `.execute(db);
  return rows.length > 0;
}
