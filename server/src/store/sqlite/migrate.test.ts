import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { Statements } from './statements.ts';

it('migrates wholly or not at all', async () => {
  const connection = new Sqlite(':memory:');
  const statements = new Statements(connection);
  const tables = () =>
    connection
      .prepare(`select name from sqlite_schema where type = 'table' and name not like 'kysely%'`)
      .pluck()
      .all();
  // a table that a later migration is about to make
  connection.exec('create table restore (x)');
  await expect(migrate(statements)).rejects.toThrow('restore');
  expect(tables()).toEqual(['restore']);
  connection.exec('drop table restore');
  await migrate(statements);
  expect(tables()).toContain('document_update');
});
