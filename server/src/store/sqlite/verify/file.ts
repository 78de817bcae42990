import type { Statements } from '../statements.ts';
import type { Findings } from './findings.ts';

/**
 * Whether SQLite finds its tables whole, each with its indexes, and whether each row belongs to one that is there;
 * what it says goes on from there as far as it can be read. The index of words is left out: SQLite checks it from what
 * a connection remembers of it, which another may have changed, and it is compared with the records entry by entry.
 */
export function verifyFile(statements: Statements, findings: Findings): void {
  const tables = statements
    .prepare(
      `select name from sqlite_schema where type = 'table' and sql not like 'create virtual%' order by name`,
    )
    .pluck()
    .all() as string[];
  for (const table of tables) {
    const said = statements.connection.pragma(`integrity_check('${table}')`, { simple: true });
    if (said !== 'ok')
      findings.add('file', `the table ${table} is damaged: ${String(said).replaceAll('\n', ' ')}`);
  }
  const strays = statements
    .prepare(
      `select "table" as rows, parent, count(*) as count from pragma_foreign_key_check group by "table", parent`,
    )
    .all() as { rows: string; parent: string; count: number }[];
  for (const { rows, parent, count } of strays)
    findings.add('file', `${count} rows of the table ${rows} belong to no ${parent}`);
}
