import type { RecordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { HISTORY_TABLES } from '../store/history-tables.ts';
import type { HistoryTable } from '../store/history-tables.ts';
import type { Database } from '../store/schema.ts';

/** Where an id lives already, but for the table that is about to keep it: no two records share a history. */
export function isTakenElsewhere(db: Kysely<Database>, id: RecordId, own: HistoryTable): Promise<boolean> {
  const others = HISTORY_TABLES.filter(({ table }) => table !== own);
  return isInAny(db, others, 'id', id);
}

/** Whether a number is given to anything. */
export function isNumberTaken(db: Kysely<Database>, number: string): Promise<boolean> {
  const numbered = HISTORY_TABLES.filter((each) => each.numbered);
  return isInAny(db, numbered, 'number', number);
}

async function isInAny(
  db: Kysely<Database>,
  tables: typeof HISTORY_TABLES,
  column: 'id' | 'number',
  value: string,
): Promise<boolean> {
  const found = tables.map(
    ({ table }) => sql`select 1 from ${sql.table(table)} where ${sql.ref(column)} = ${value}`,
  );
  const { rows } = await sql`${sql.join(found, sql` union all `)} limit 1`.execute(db);
  return rows.length > 0;
}
