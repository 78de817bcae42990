/** Copies of another era, as they meet a document after its store was put back. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../close-codes.ts';
import { encodeStepOne, encodeStepTwo, encodeUpdate } from '../frames/sync.ts';
import { startMachine } from '../test-support/machine.ts';

const BOARD = 'board/incident@1';
const RECORD = 'record/R1';
const ROOM = 'room/R1';

describe('a copy of a document that the server writes', () => {
  for (const name of [BOARD, RECORD]) {
    test(`[SYN-29] of another era is closed with 4409 and told nothing to merge (${name})`, async () => {
      const { documents, open } = startMachine();
      documents.create(name, (doc) => doc.getArray('events').push(['kept']));
      const client = await open('ada', name, { mayWrite: false, extended: false });
      client.doc.getArray('events').push(['of before the restore']);
      await client.send(encodeStepOne(Y.encodeStateVector(client.doc)));
      expect(client.closedWith).toBe(CLOSE.updateRejected);
      expect(client.frames).toEqual([]);
    });
  }

  test('[SYN-29] that is ahead of the server is of another era too', async () => {
    const { documents, open } = startMachine();
    documents.create(RECORD, (doc) => doc.getArray('events').push(['kept']));
    const ahead = await (await open('ada', RECORD, { mayWrite: false })).sync();
    const writer = [...ahead.doc.store.clients.keys()][0] ?? 0;
    ahead.doc.clientID = writer;
    ahead.doc.getArray('events').push(['lost']);
    const again = await open('ada', RECORD, { mayWrite: false });
    await again.send(encodeStepOne(Y.encodeStateVector(ahead.doc)));
    expect(again.closedWith).toBe(CLOSE.updateRejected);
  });

  test('[SYN-29] of this era gets what it lacks', async () => {
    const { documents, open } = startMachine();
    documents.create(RECORD, (doc) => doc.getArray('events').push(['first']));
    const before = await (await open('ada', RECORD, { mayWrite: false })).sync();
    documents.write(RECORD, (doc) => doc.getArray('events').push(['second']));
    const after = await open('ada', RECORD, { mayWrite: false });
    Y.applyUpdate(after.doc, Y.encodeStateAsUpdate(before.doc));
    await after.sync();
    expect([after.closedWith, after.doc.getArray('events').toArray()]).toEqual([null, ['first', 'second']]);
  });
});

describe('a document that people write', () => {
  test('[SYN-32] tells the store what came first on a connection, and of nothing else', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM);
    const ada = await open('ada', ROOM);
    const own = ada.make((doc) => doc.getArray('timeline').push(['brought']));
    await ada.send(encodeStepTwo(own));
    await ada.edit((doc) => doc.getArray('timeline').push(['typed']));
    const again = ada.make((doc) => doc.getArray('timeline').push(['brought later']));
    await ada.send(encodeStepTwo(again));
    expect(documents.appended.map(({ recovering }) => recovering ?? false)).toEqual([true, false, false]);
  });

  test('[SYN-32] takes what waited for a first step 2 with it', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM);
    const ada = await open('ada', ROOM);
    const first = ada.make((doc) => doc.getArray('timeline').push(['brought']));
    const next = ada.make((doc) => doc.getArray('timeline').push(['typed']));
    await ada.send(encodeUpdate(next));
    expect(documents.appended).toEqual([]);
    await ada.send(encodeStepTwo(first));
    expect(documents.appended.map(({ recovering }) => recovering)).toEqual([true]);
    expect(documents.read(ROOM).getArray('timeline').toArray()).toEqual(['brought', 'typed']);
  });
});
