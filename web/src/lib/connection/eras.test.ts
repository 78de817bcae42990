import { beforeEach, expect, it } from 'vitest';
import type { LocalDatabase } from './database.ts';
import { openEraStore } from './era-store.ts';
import { Eras } from './eras.ts';
import { freshDisk, localDatabase } from './test-support/local.ts';

const FIRST = { era: 'first', restored: null };
const SECOND = { era: 'second', restored: { at: 9_000, backupTakenAt: 5_000 } };

let database: LocalDatabase;

beforeEach(() => {
  freshDisk();
  database = localDatabase();
});

it('[SYN-37] what is told of a restore goes from the screen when the disk knows that it was read', async () => {
  const store = openEraStore(database);
  await store.adopt(FIRST, 0);
  await store.adopt(SECOND, 10_000);
  let commit = (): void => undefined;
  const slow = new Promise<void>((resolve) => {
    commit = resolve;
  });
  const eras = new Eras({
    api: {},
    store: { ...store, putAway: () => slow.then(() => store.putAway()) },
    now: () => 10_000,
    restored: () => Promise.resolve(),
  });
  await eras.start();
  const done = eras.putAway();
  expect(eras.restoration).toMatchObject({ told: false });
  commit();
  await done;
  expect(eras.restoration).toMatchObject({ told: true });
  expect(await store.restoration()).toMatchObject({ told: true });
});
