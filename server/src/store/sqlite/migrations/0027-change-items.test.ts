import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ANNE, actor, admitPeople, command, newId, runOne, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { putBackChangeItems } from './test-before.ts';

it('0027-change-items looks the changes of before up by what they touch, as long as they are not over', async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = join(folder, 'muster.db');
  const first = await openSqliteStore({ file });
  await admitPeople(first);
  const services = ['mail', 'wiki'].map((id) => ({ id, name: id, team: null, criticality: 3 }));
  await first.writer.insertInto('service').values(services).execute();
  await first.refreshDirectory();
  const [open, over] = [newId(), newId()];
  for (const [id, items] of [
    [open, ['wiki', 'mail']],
    [over, ['mail']],
  ] as const)
    await runOne(
      first,
      command('change.create', id, { model: 'normal', fields: { title: 'Relay', items } }),
      actor(ANNE),
    );
  await runOne(first, command('change.cancel', over, { reason: 'Not today' }, 1), actor(ANNE));
  await first.close();
  const raw = new Sqlite(file);
  putBackChangeItems(raw);
  raw.exec(`delete from kysely_migration where name >= '0027'`);
  raw.close();

  const store = await openSqliteStore({ file });
  onTestFinished(() => store.close());
  const kept = await store.reader.selectFrom('change_item').select('item').orderBy('item').execute();
  expect(kept.map(({ item }) => item)).toEqual(['mail', 'wiki']);
  expect((await store.verify()).findings).toEqual([]);
});
