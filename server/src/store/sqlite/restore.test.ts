import { boardName, inboxName, roomName } from '@muster/documents';
import { copyFileSync, existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { ANNE, RITA, admitPeople, createIncident, temporaryFolder } from '../test-store.ts';
import { openSqliteStore } from './open.ts';

async function epochOf(store: Store, name: string): Promise<number | undefined> {
  return (await store.documents.load(name))?.epoch;
}

async function clientIds(store: Store): Promise<ReadonlyMap<string, number>> {
  const rows = await store.reader.selectFrom('document').select(['name', 'server_client_id']).execute();
  return new Map(rows.map((row) => [row.name, row.server_client_id]));
}

describe('backup and restore', () => {
  it('copies a store that is being written to, whole, under its name only when done', async () => {
    const { folder, remove } = temporaryFolder();
    const store = await openSqliteStore({ file: join(folder, 'muster.db') });
    await admitPeople(store);
    const target = join(folder, 'kept', 'backup.db');
    let writing = true;
    const writer = (async () => {
      let made = 0;
      for (; writing; made += 1) await createIncident(store);
      return made;
    })();
    await createIncident(store);
    await store.backup(target);
    await createIncident(store);
    writing = false;
    const made = await writer;
    expect(existsSync(`${target}.unfinished`)).toBe(false);
    expect((await store.status()).lastBackupAt).toBeGreaterThan(0);
    await store.close();

    const copy = await openSqliteStore({ file: target });
    const report = await copy.verify();
    expect(report).toMatchObject({ ok: true, findings: [] });
    expect(report.records).toBeGreaterThan(0);
    expect(report.records).toBeLessThanOrEqual(made + 1);
    await copy.close();
    remove();
  });

  it.skipIf(process.platform === 'win32')(
    'leaves the store and its backups to their owner alone',
    async () => {
      const { folder, remove } = temporaryFolder();
      const file = join(folder, 'muster.db');
      const store = await openSqliteStore({ file });
      await admitPeople(store);
      await store.backup(join(folder, 'backup.db'));
      const files = ['muster.db', 'muster.db-wal', 'backup.db'];
      const modes = files.map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8));
      expect(modes).toEqual(['600', '600', '600']);
      await store.close();
      remove();
    },
  );

  it('refuses to write a backup over the store itself', async () => {
    const { folder, remove } = temporaryFolder();
    const file = join(folder, 'muster.db');
    const store = await openSqliteStore({ file });
    await expect(store.backup(file)).rejects.toMatchObject({ code: 'store/io-error' });
    expect((await store.verify()).ok).toBe(true);
    await store.close();
    remove();
  });

  const ways: readonly (readonly [string, (store: Store, file: string, kept: string) => Promise<void>])[] = [
    ['a backup put back', (store, _file, kept) => store.backup(kept)],
    [
      'an older copy of the file put back',
      async (store, file, kept) => {
        await store.close();
        copyFileSync(file, kept);
      },
    ],
  ];
  for (const [what, keep] of ways) {
    it(`sees ${what} and begins new epochs under client ids that nobody had`, async () => {
      const { folder, remove } = temporaryFolder();
      const file = join(folder, 'muster.db');
      const kept = join(folder, 'kept.db');
      const first = await openSqliteStore({ file });
      await admitPeople(first);
      const id = await createIncident(first);
      await Promise.all([inboxName(RITA), roomName(id)].map((name) => first.documents.load(name)));
      const before = await clientIds(first);
      await keep(first, file, kept);
      await first.close();

      const lost = await openSqliteStore({ file });
      await createIncident(lost);
      await lost.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
      copyFileSync(kept, file);

      const restored = await openSqliteStore({ file });
      const names = (await restored.documents.currentNames()).map(({ name }) => name);
      expect(names).toContain(boardName('incident', 1001));
      expect(names).toContain('directory@1001');
      expect(await epochOf(restored, inboxName(RITA))).toBe(2);
      expect(await epochOf(restored, roomName(id))).toBe(2);
      const after = await clientIds(restored);
      const ids = [...after].filter(([name]) => name.includes('@1001') || name.startsWith('inbox/'));
      expect(ids.filter(([, clientId]) => [...before.values()].includes(clientId))).toEqual([]);
      // What the room was seeded with has the same structures for ever, or the text would double.
      expect(after.get(roomName(id))).toBe(before.get(roomName(id)));
      expect((await restored.verify()).findings).toEqual([]);
      await restored.close();

      const again = await openSqliteStore({ file });
      expect((await again.documents.currentNames()).map(({ name }) => name)).toEqual(names);
      await again.close();
      remove();
    });
  }

  it('takes a store that was closed and opened for what it is', async () => {
    const { folder, remove } = temporaryFolder();
    const file = join(folder, 'muster.db');
    for (let round = 0; round < 3; round += 1) {
      const store = await openSqliteStore({ file });
      expect((await store.documents.currentNames()).map(({ name }) => name)).toContain('directory@1');
      await store.documents.load(inboxName(ANNE));
      await store.close();
    }
    remove();
  });
});
