import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  actor,
  admitPeople,
  ANNE,
  command,
  createIncident,
  runOne,
  temporaryFolder,
} from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { putBackSymptoms } from './test-before.ts';

it('0047-symptoms reads the symptoms of records of before, as new ones are kept', async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = join(folder, 'muster.db');
  const first = await openSqliteStore({ file });
  await admitPeople(first);
  const id = await createIncident(first, { title: 'The mail is down' });
  await createIncident(first, { title: 'Please help!' });
  const renamed = command('incident.edit', id, { fields: { title: 'Mail: error 403' } }, 1);
  expect(await runOne(first, renamed, actor(ANNE))).toMatchObject({ outcome: 'applied' });
  const kept = (store: typeof first) =>
    store.reader.selectFrom('record').select(['title', 'symptom']).orderBy('key').execute();
  const before = await kept(first);
  expect(before).toEqual([
    { title: 'Mail: error 403', symptom: 'error · error 403 · mail' },
    { title: 'Please help!', symptom: '' },
  ]);
  await first.close();
  const raw = new Sqlite(file);
  putBackSymptoms(raw);
  raw.exec(`delete from kysely_migration where name >= '0047'`);
  raw.close();

  const store = await openSqliteStore({ file });
  onTestFinished(() => store.close());
  expect(await kept(store)).toEqual(before);
  expect((await store.verify()).findings).toEqual([]);
});
