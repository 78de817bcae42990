import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { BoundaryError } from '../boundary-error.ts';
import { statementDialect } from './dialect.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { addMigrationFunctions } from './migrations/sql-functions.ts';
import type { Statements } from './statements.ts';

/**
 * Brings the tables to what this code knows, wholly or not at all. Runs in the writer's thread before anything else.
 * Throws `store/newer-than-code` when the file holds a migration that this code does not have.
 */
export async function migrate(statements: Statements): Promise<void> {
  const dialect = statementDialect((statement) => statements.execute(statement), { transactions: true });
  const db = new Kysely<unknown>({ dialect });
  await refuseNewer(db);
  addMigrationFunctions(statements.connection);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw isListDamaged(error) ? new BoundaryError('store/damaged', { cause: error }) : error;
}

async function refuseNewer(db: Kysely<unknown>): Promise<void> {
  const known = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name = 'kysely_migration'`.execute(db);
  if (known.rows.length === 0) return;
  const done = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const foreign = done.rows.find((row) => !(row.name in MIGRATIONS));
  if (foreign === undefined) return;
  throw new BoundaryError('store/newer-than-code', {
    text: `The data was written by a newer version of Muster (it has "${foreign.name}"). Start that version, or restore an older backup.`,
  });
}

/** The list of migrations that were run does not read as it was written. */
function isListDamaged(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('corrupted migrations');
}
