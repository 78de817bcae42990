import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../test-store.ts';
import { openSqliteStore } from './open.ts';
import { storeThread } from './store-thread.ts';
import type { ThreadName } from './store-thread.ts';
import { Thread } from './thread.ts';

const BESIDE_THE_WRITER: readonly ThreadName[] = ['reader', 'keeper', 'replayer', 'analyst', 'planner'];

it('each thread of the store starts from its source, as where nothing is bundled', async () => {
  vi.stubEnv('MUSTER_THREADS', undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = join(folder, 'muster.db');
  const store = await openSqliteStore({ file });
  onTestFinished(() => store.close());
  for (const name of BESIDE_THE_WRITER) {
    expect(storeThread(name).pathname).toMatch(new RegExp(`/${name}\\.ts$`));
    const thread = await Thread.start(storeThread(name), { file });
    await thread.close();
  }
});

it('takes a thread from the folder of bundled ones where one is named', () => {
  vi.stubEnv('MUSTER_THREADS', join('/', 'bundled'));
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(storeThread('reader').pathname).toBe('/bundled/reader.mjs');
});
