import { draftName } from '@muster/documents';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { StoreHealth } from '../store.ts';
import {
  ANNE,
  actor,
  admitPeople,
  command,
  createIncident,
  CREATE,
  newId,
  temporaryFolder,
} from '../test-store.ts';
import { openSqliteStore } from './open.ts';

const PAGE_BYTES = 4_096;
/** Beyond what an empty store takes: room for some records, and not for what is too much. */
const SPARE_PAGES = 45;

it('says that the disk is full, keeps nothing of what failed, and goes on when there is space', async () => {
  const { folder, remove } = temporaryFolder();
  const file = join(folder, 'muster.db');
  const empty = await openSqliteStore({ file });
  await empty.close();
  const maxPages = Math.ceil(statSync(file).size / PAGE_BYTES) + SPARE_PAGES;
  const store = await openSqliteStore({ file, maxPages });
  await admitPeople(store);
  const id = await createIncident(store);
  await store.documents.load(draftName(ANNE));
  const health: StoreHealth[] = [];
  store.onHealth((each) => health.push(each));

  const large = {
    name: draftName(ANNE),
    person: ANNE,
    session: 's',
    clientIds: [1],
    update: new Uint8Array(900_000),
  };
  await expect(store.documents.append(large)).rejects.toMatchObject({
    code: 'store/disk-full',
    retry: true,
  });
  const [text, target] = ['x'.repeat(90_000), newId()];
  const tooMuch = Array.from({ length: 30 }, () =>
    command('incident.create', newId(), { ...CREATE, description: text }),
  );
  await expect(store.commands.run(tooMuch, actor(ANNE))).rejects.toMatchObject({ code: 'store/disk-full' });
  expect(health).toEqual([{ ok: false, code: 'disk-full', text: expect.stringContaining('full') as string }]);

  const [outcome] = await store.commands.run([command('incident.create', target, CREATE)], actor(ANNE));
  expect(outcome).toMatchObject({ outcome: 'applied', number: expect.stringMatching(/-00002$/) as string });
  const [claimed] = await store.commands.run([command('incident.claim', id, {}, 1)], actor(ANNE));
  expect(claimed).toMatchObject({ outcome: 'applied', version: 2 });
  expect(health.at(-1)).toEqual({ ok: true });
  expect(await store.verify()).toMatchObject({ ok: true, records: 2, findings: [] });
  await store.close();
  remove();
});
