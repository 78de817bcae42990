import { packUpdates, unpackState } from '@muster/sync/packed';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import { inflateRawSync } from 'node:zlib';
import { ThreadPacker } from './state-packer.ts';

function updatesOf(rows: number): Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = 7;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let row = 0; row < rows; row += 1) doc.getMap('rows').set(`row ${row}`, [1, row, `title ${row}`]);
  return updates;
}

function openPacker(): ThreadPacker {
  const packer = new ThreadPacker();
  onTestFinished(() => packer.close());
  return packer;
}

test('[SYN-41] a thread packs states as they would be packed here, several at a time', async () => {
  const packer = openPacker();
  const states = await Promise.all([20, 200].map((rows) => packer.pack(updatesOf(rows))));
  for (const [index, deflated] of states.entries()) {
    const updates = updatesOf([20, 200][index] ?? 0);
    const columns = new Uint8Array(inflateRawSync(deflated ?? new Uint8Array()));
    expect(columns.length).toBe(packUpdates(updates)?.length);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, unpackState(columns, 1_000_000));
    expect(doc.getMap('rows').size).toBe(updates.length);
  }
});

test('[SYN-41] the thread starts from its source, as where nothing is bundled', async () => {
  vi.stubEnv('MUSTER_THREADS', undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await openPacker().pack(updatesOf(20))).not.toBeNull();
});

test('[SYN-42] bytes that are no update are told as a fault, and the thread goes on', async () => {
  const packer = openPacker();
  await expect(packer.pack([Uint8Array.of(255, 255, 255)])).rejects.toThrow();
  expect(await packer.pack(updatesOf(5))).not.toBeNull();
});

test('[SYN-42] a packer that is closed packs nothing and leaves nobody waiting', async () => {
  const packer = openPacker();
  const underWay = packer.pack(updatesOf(5_000));
  await packer.close();
  expect(await underWay).toBeNull();
  expect(await packer.pack(updatesOf(5))).toBeNull();
});

test('[SYN-42] many at once are packed one after another, and each is answered with its own', async () => {
  const packer = openPacker();
  const asked = Array.from({ length: 60 }, (_, index) => index + 1);
  const spoilt = Uint8Array.of(255, 255, 255);
  const answers = await Promise.allSettled(
    asked.map((rows) => packer.pack(rows % 10 === 0 ? [spoilt] : updatesOf(rows))),
  );
  const rows = answers.map((answer) => {
    if (answer.status === 'rejected' || answer.value === null) return null;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, unpackState(new Uint8Array(inflateRawSync(answer.value)), 1_000_000));
    return doc.getMap('rows').size;
  });
  expect(rows).toEqual(asked.map((count) => (count % 10 === 0 ? null : count)));
});
