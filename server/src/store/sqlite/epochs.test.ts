import { boardName, draftName } from '@muster/documents';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { ANNE, actor, admitPeople, command, createIncident, newId, temporaryFolder } from '../test-store.ts';
import { openSqliteStore } from './open.ts';

async function withOpenStore(look: (store: Store) => Promise<void>): Promise<void> {
  const { folder, remove } = temporaryFolder();
  const store = await openSqliteStore({ file: join(folder, 'muster.db') });
  await admitPeople(store);
  await look(store);
  await store.close();
  remove();
}

describe('compaction', { timeout: 60_000 }, () => {
  it('takes a board to its next epoch by itself when dead structures outnumber its rows', async () => {
    await withOpenStore(async (store) => {
      // Two in turn: overwriting one row again and again leaves a single dead structure.
      const ids = [await createIncident(store), await createIncident(store)];
      const next = new Promise<string>((resolve) => {
        store.documents.onEpoch((change) => resolve(change.next));
      });
      for (let round = 0; round < 25; round += 1) {
        const notes = Array.from({ length: 100 }, (_, index) =>
          command('incident.comment', ids[index % 2] ?? newId(), { text: `note ${round} ${index}` }, 1e6),
        );
        await store.commands.run(notes, actor(ANNE));
      }
      expect(await next).toBe(boardName('incident', 2));
      expect((await store.verify()).findings).toEqual([]);
    });
  });

  it('sets a document aside that cannot be folded three times, names it, and goes on writing it', async () => {
    await withOpenStore(async (store) => {
      const name = draftName(ANNE);
      await store.documents.load(name);
      const unreadable = {
        name,
        person: ANNE,
        session: 's',
        clientIds: [1],
        update: Uint8Array.of(255, 255, 1),
      };
      await store.documents.append(unreadable);
      for (let attempt = 0; attempt < 3; attempt += 1)
        await expect(store.documents.compact(name)).rejects.toThrow();
      expect((await store.status()).setAside).toEqual([name]);
      expect(await store.documents.append(unreadable)).toMatchObject({ ok: true, seq: 2 });
    });
  });
});
