import { recordId } from '@muster/domain/shared';
import { Kysely } from 'kysely';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { itemOf } from '../../store/configuration.ts';
import { loadDirectory } from '../../store/directory.ts';
import type { Database } from '../../store/schema.ts';
import { openConnection } from '../../store/sqlite/connection.ts';
import { openSqliteStore } from '../../store/sqlite/open.ts';
import { statementDialect } from '../../store/sqlite/dialect.ts';
import { Statements } from '../../store/sqlite/statements.ts';
import { WriteUnit } from '../../store/sqlite/write-unit.ts';
import { ANNE, actor, admitPeople, command, newId, runOne, temporaryFolder } from '../../store/test-store.ts';
import { ConfigurationBook } from './configuration-book.ts';

it('[CFG-7] the map in memory is that of the store again after a transaction that was undone', async () => {
  const { folder, remove } = temporaryFolder();
  const file = join(folder, 'muster.db');
  const store = await openSqliteStore({ file });
  const id = newId();
  const fields = { class: 'database', name: 'Orders' };
  await admitPeople(store);
  await runOne(store, command('item.create', id, { fields, state: 'in_service' }), actor(ANNE));
  await store.close();

  const statements = new Statements(openConnection(file, { readonly: false }));
  onTestFinished(() => {
    statements.connection.close();
    remove();
  });
  const execute = (statement: Parameters<Statements['execute']>[0]) => statements.execute(statement);
  const db = new Kysely<Database>({ dialect: statementDialect(execute, { transactions: false }) });
  const book = new ConfigurationBook({ db, statements, directory: () => loadDirectory(db) });
  const before = itemOf(
    await db.selectFrom('configuration_item').select('data').where('id', '=', id).executeTakeFirstOrThrow(),
  );
  const other = recordId(newId());
  const unit = new WriteUnit(statements);
  statements.connection.exec('begin');

  await expect(
    unit.savepoint(async () => {
      const { map } = await book.facts();
      book.noteItem(unit, before, { ...before, state: 'retired' });
      book.noteItem(unit, null, { ...before, id: other });
      book.noteRelation(unit, {
        ...{ id: newId(), type: 'depends_on', from: other, to: id, version: 1, since: 1 },
        ...{ by: ANNE, until: null, removedBy: null },
      });
      expect(map.itemOf(id)?.state).toBe('retired');
      expect([...map.carriersOf(other)]).toHaveLength(1);
      throw new Error('the disk is full');
    }),
  ).rejects.toThrow('full');

  const { map } = await book.facts();
  expect(map.itemOf(id)?.state).toBe('in_service');
  expect(map.itemOf(other)).toBeUndefined();
  expect([...map.carriedBy(id)]).toEqual([]);
});
