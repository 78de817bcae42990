import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  ANNE,
  actor,
  admitPeople,
  command,
  createIncident,
  runOne,
  temporaryFolder,
} from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { putBackTrends } from './test-before.ts';

it('0042-trends finds in records of before what trends count by', async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = join(folder, 'muster.db');
  const first = await openSqliteStore({ file });
  await admitPeople(first);
  const drill = await createIncident(first, { tags: ['Drill '] });
  const over = await createIncident(first, { tags: ['drills'] });
  const by = actor(ANNE, 'team-lead');
  const to = (state: string, more: object, basis: number) =>
    command('incident.transition', over, { to: state, ...more }, basis);
  const steps = [
    to('in_progress', {}, 1),
    to('resolved', { code: 'fixed', notes: 'Done' }, 2),
    to('in_progress', { reason: 'It is back' }, 3),
    to('resolved', { code: 'workaround', notes: 'Done' }, 4),
  ];
  for (const step of steps) expect(await runOne(first, step, by)).toMatchObject({ outcome: 'applied' });
  const counted = (store: typeof first) =>
    store.reader
      .selectFrom('record')
      .select(['id', 'drill', 'reopened', 'resolution'])
      .orderBy('id')
      .execute();
  const before = await counted(first);
  expect(before).toEqual([
    { id: drill, drill: 1, reopened: 0, resolution: null },
    { id: over, drill: 0, reopened: 1, resolution: 'workaround' },
  ]);
  await first.close();
  const raw = new Sqlite(file);
  putBackTrends(raw);
  raw.exec(`delete from kysely_migration where name >= '0042'`);
  raw.close();

  const store = await openSqliteStore({ file });
  onTestFinished(() => store.close());
  expect(await counted(store)).toEqual(before);
  expect((await store.verify()).findings).toEqual([]);
});
