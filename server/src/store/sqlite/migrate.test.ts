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

it('says that the file is damaged when the list of migrations is', async () => {
  const connection = new Sqlite(':memory:');
  const statements = new Statements(connection);
  await migrate(statements);
  connection.exec(
    `update kysely_migration set timestamp = '20�6-11-27T17:51:15.109Z' where name like '0003%'`,
  );
  await expect(migrate(statements)).rejects.toMatchObject({ code: 'store/damaged' });
});
