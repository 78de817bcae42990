/** Boards and the directory go into later epochs while several people work in the client, and nobody notices. */
import { boardName, directoryName } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import { startTestServer } from '@muster/server/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newDevice } from '../support/living-client.ts';
import type { Device, LivingClient } from '../support/living-client.ts';
import { Random, seeds } from '../support/sync/random.ts';
import { create, living } from '../support/sync/restorable-desk.ts';

const SEED = 20_261_123;
const PATIENT = { timeout: 60_000, interval: 10 };
const PEOPLE = ['agent@desk.test', 'other@desk.test', 'lead@desk.test'];
const STEPS = 40;

/** Names of the documents on a device's disk. */
async function namesOn({ disk, session }: Device): Promise<readonly string[]> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = disk.open(`muster:${session.person.id}`);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('the disk does not open', { cause: request.error }));
  });
  const keys = await new Promise<IDBValidKey[]>((resolve, reject) => {
    const request = database.transaction('documents').objectStore('documents').getAllKeys();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('the disk does not answer', { cause: request.error }));
  });
  database.close();
  return keys.map(String);
}

describe('epochs that pass while people work', () => {
  for (const seed of seeds(SEED, { short: 2, perThousand: 20 })) {
    it(`[SYN-26] lose, double and hide no row, and leave nothing of the old on a device (seed ${seed})`, async () => {
      const server = await startTestServer({ limits: { oldEpochMs: 300 } });
      onTestFinished(() => server.stop());
      const random = new Random(seed);
      const devices: Device[] = [];
      const clients: LivingClient[] = [];
      for (const email of PEOPLE) {
        const device = await newDevice(server, email);
        devices.push(device);
        clients.push(await living(device));
      }
      const titles = new Map<RecordId, string>();
      const seen = (client: LivingClient): void => {
        const ids = client.muster.tickets.ids;
        expect(new Set(ids).size).toBe(ids.length);
      };
      let epoch = 1;
      let away: LivingClient | null = null;
      for (let step = 0; step < STEPS; step += 1) {
        const client = random.pick(clients.filter((one) => one !== away));
        const words = random.ulid();
        const record = titles.size === 0 || random.chance(25) ? null : random.pick([...titles.keys()]);
        if (record === null) {
          titles.set(await create(client, words), words);
        } else {
          await vi.waitUntil(() => client.muster.tickets.get(record) !== undefined, PATIENT);
          const edit = { verb: 'edit', fields: { title: words } } as const;
          const sent = client.muster.commands.run('incident', record, edit);
          expect(await sent.settled).toMatchObject({ outcome: 'applied' });
          titles.set(record, words);
        }
        if (step % 10 === 5) {
          for (const name of [boardName('incident', epoch), directoryName(epoch)])
            await server.store.documents.rotate(name, 'test');
          epoch += 1;
        }
        if (random.chance(15)) {
          away?.goOnline();
          away = away === null ? random.pick(clients) : null;
          away?.goOffline();
        }
        for (const one of clients) seen(one);
      }
      away?.goOnline();
      const expected = [...titles].toSorted();
      for (const { muster } of clients) {
        const shown = () => muster.tickets.all().map(({ id, title }) => [id, title] as const);
        await expect.poll(() => shown().toSorted(), PATIENT).toEqual(expected);
        await vi.waitUntil(() => muster.saving.connection === 'live', PATIENT);
        // that somebody replaced a value not seen is news; a no would be a fault
        const kinds = muster.attention.items.map(({ kind }) => kind).filter((kind) => kind !== 'replaced');
        expect([muster.tickets.nonconforming, kinds]).toEqual([0, []]);
        expect(muster.directory.current.people.size).toBe(server.accounts.length);
      }
      const current = [boardName('incident', epoch), directoryName(epoch)];
      for (const device of devices) {
        const kept = async () =>
          (await namesOn(device)).filter(
            (name) => name.startsWith('board/incident@') || name.startsWith('directory@'),
          );
        await expect.poll(kept, PATIENT).toEqual(current);
      }
      expect(await server.store.verify()).toMatchObject({ ok: true, findings: [] });
    });
  }
});
