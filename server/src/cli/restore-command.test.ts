import { armFailpoints } from '@muster/sync/failpoint';
import type { FailpointName } from '@muster/sync/failpoint';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStoreIn } from '../store/open.ts';
import { admitPeople, createIncident, temporaryFolder } from '../store/test-store.ts';
import { runRestore } from './restore-command.ts';

const NOW = Date.UTC(2026, 10, 23, 9, 40);

function listen(): { readonly said: string[]; readonly output: Writable } {
  const said: string[] = [];
  const output = new Writable({
    write(chunk, _encoding, done) {
      said.push(String(chunk));
      done();
    },
  });
  return { said, output };
}

/** A desk with one record in its backup and two more since. */
async function deskWithBackup() {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const dataFolder = join(folder, 'data');
  const backup = join(folder, 'kept.db');
  const store = await openStoreIn(dataFolder);
  await admitPeople(store);
  await createIncident(store);
  await store.backup(backup);
  await createIncident(store);
  await createIncident(store);
  await store.close();
  return { dataFolder, backup, file: join(dataFolder, 'muster.db') };
}

async function numbers(dataFolder: string): Promise<readonly (string | null)[]> {
  const store = await openStoreIn(dataFolder);
  await createIncident(store);
  const rows = await store.reader.selectFrom('record').select('number').orderBy('number').execute();
  expect((await store.verify()).findings).toEqual([]);
  await store.close();
  return rows.map(({ number }) => number?.slice(-5) ?? null);
}

describe('muster restore', () => {
  it('[SYN-30] puts a backup back, keeps what was there, and goes on with the number after the last', async () => {
    const { dataFolder, backup, file } = await deskWithBackup();
    const { said, output } = listen();
    await runRestore({ dataFolder }, backup, NOW, output);
    expect(said.at(-1)).toMatch(/^restored from a backup of .*: era 2 begins\n$/);
    expect(existsSync(`${file}.replaced-2026-11-23T09-40-00.000Z`)).toBe(true);
    expect(await numbers(dataFolder)).toEqual(['00001', '00004']);
  });

  it('[SYN-30] leaves a gap when what was there cannot be read', async () => {
    const { dataFolder, backup, file } = await deskWithBackup();
    writeFileSync(file, 'no database at all');
    writeFileSync(`${file}.marker`, 'no marker');
    const { said, output } = listen();
    await runRestore({ dataFolder }, backup, NOW, output);
    expect(said).toContain('it could not be read: numbers go on after a wide gap\n');
    expect(await numbers(dataFolder)).toEqual(['00001', '01002']);
  });

  it('refuses a file that is no backup and leaves the store as it is', async () => {
    const { dataFolder, backup } = await deskWithBackup();
    writeFileSync(backup, 'no database at all');
    await expect(runRestore({ dataFolder }, backup, NOW, listen().output)).rejects.toMatchObject({
      code: 'store/io-error',
    });
    expect(await numbers(dataFolder)).toEqual(['00001', '00002', '00003', '00004']);
  });

  const places: readonly FailpointName[] = ['put-back.checked', 'put-back.kept', 'put-back.moved'];
  it.each(places)(
    '[SYN-45] leaves the old store when it is broken off at %s, and can be begun again',
    async (place) => {
      const { dataFolder, backup } = await deskWithBackup();
      armFailpoints((name) => {
        if (name === place) throw new Error('killed');
      });
      onTestFinished(() => armFailpoints(null));
      await expect(runRestore({ dataFolder }, backup, NOW, listen().output)).rejects.toThrow('killed');
      armFailpoints(null);
      const store = await openStoreIn(dataFolder);
      expect(store.era.restored).toBeNull();
      expect(await store.reader.selectFrom('record').select('number').execute()).toHaveLength(3);
      await store.close();
      await runRestore({ dataFolder }, backup, NOW + 1, listen().output);
      expect(await numbers(dataFolder)).toEqual(['00001', '00004']);
    },
  );

  it('[SYN-45] keeps the log of a store that cannot be read beside it, and out of the one that takes its place', async () => {
    const { dataFolder, backup, file } = await deskWithBackup();
    writeFileSync(file, 'no database at all');
    writeFileSync(`${file}-wal`, 'no log');
    await runRestore({ dataFolder }, backup, NOW, listen().output);
    const kept = `${file}.replaced-2026-11-23T09-40-00.000Z`;
    const held = [kept, `${kept}-wal`].map((path) => readFileSync(path, 'utf8'));
    expect(held).toEqual(['no database at all', 'no log']);
    expect(await numbers(dataFolder)).toHaveLength(2);
  });

  it.each(['-wal', '.incoming', '.replaced-2026-11-23T09-40-00.000Z', '.marker'])(
    '[SYN-45] makes no new store where a muster.db%s says that there was one',
    async (suffix) => {
      const { dataFolder, backup, file } = await deskWithBackup();
      for (const name of readdirSync(dataFolder))
        if (name.startsWith('muster.db')) rmSync(join(dataFolder, name));
      writeFileSync(`${file}${suffix}`, 'x');
      const opening = openStoreIn(dataFolder);
      await expect(opening).rejects.toMatchObject({
        code: 'store/missing',
        message: expect.stringContaining(`muster.db${suffix}`) as string,
      });
      expect(existsSync(file)).toBe(false);
      await runRestore({ dataFolder }, backup, NOW + 1, listen().output);
      expect(await numbers(dataFolder)).toHaveLength(2);
    },
  );

  it('begins a new era of a folder that was put back whole', async () => {
    const { dataFolder } = await deskWithBackup();
    const { said, output } = listen();
    await runRestore({ dataFolder }, null, NOW, output);
    expect(said).toEqual(['restored from a copy: era 2 begins\n']);
  });
});
