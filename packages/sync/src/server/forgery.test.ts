import * as encoding from 'lib0/encoding';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeStepTwo, encodeUpdate } from '../frames/sync.ts';
import { startMachine } from '../test-support/machine.ts';
import type { Machine } from '../test-support/machine.ts';

const ROOM = 'room/R1';
const LONG = 'a'.repeat(20_000);

/** A document of the same client id and clocks with other words: what a forger can make of what everybody reads. */
function forged(clientId: number, text: string): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  doc.getArray('timeline').push([text]);
  return doc;
}

async function writtenByAda(text: string): Promise<{ machine: Machine; ada: number }> {
  const machine = startMachine();
  machine.documents.create(ROOM);
  const ada = await (await machine.open('ada', ROOM)).sync();
  await ada.edit((doc) => doc.getArray('timeline').push([text]));
  return { machine, ada: ada.doc.clientID };
}

/** One update of two documents whose clients differ, as `mergeUpdates` makes it. */
function together(...docs: readonly Y.Doc[]): Uint8Array {
  return Y.mergeUpdates(docs.map((doc) => Y.encodeStateAsUpdate(doc)));
}

describe('words that are there', () => {
  test.each([
    ['a short room', 'said by ada'],
    ['a room that is sent in parts', LONG],
  ])('[SYN-44] of %s are not replaced by a repetition with other words', async (_what, text) => {
    const { machine, ada } = await writtenByAda(text);
    const eve = await (await machine.open('eve', ROOM)).sync();
    const own = new Y.Doc();
    own.getArray('timeline').push(['said by eve']);
    await eve.send(encodeUpdate(together(forged(ada, 'x'.repeat(text.length)), own)));
    const bob = await (await machine.open('bob', ROOM)).sync();
    const read = bob.take().doc.getArray('timeline').toArray();
    expect(read).toContain(text);
    expect(read).toContain('said by eve');
    expect(machine.documents.read(ROOM).getArray('timeline').toArray().toSorted()).toEqual(read.toSorted());
  });

  test('[SYN-44] nor by one in a step 2', async () => {
    const { machine, ada } = await writtenByAda('said by ada');
    const eve = await machine.open('eve', ROOM);
    const own = new Y.Doc();
    own.getArray('timeline').push(['said by eve']);
    await eve.send(encodeStepTwo(together(forged(ada, 'said by...'), own)));
    const bob = await (await machine.open('bob', ROOM)).sync();
    expect(bob.take().doc.getArray('timeline').toArray().toSorted()).toEqual(['said by ada', 'said by eve']);
  });

  test('[SYN-44] are said again by honest clients without harm: what is new of it is kept', async () => {
    const { machine } = await writtenByAda('one');
    const ada = await (await machine.open('ada', ROOM)).sync();
    await ada.edit((doc) => doc.getArray('timeline').push(['two']));
    const before = Y.encodeStateAsUpdate(ada.doc);
    ada.make((doc) => doc.getArray('timeline').push(['three']));
    expect(before.length).toBeGreaterThan(0);
    await ada.send(encodeUpdate(Y.encodeStateAsUpdate(ada.doc)));
    const bob = await (await machine.open('bob', ROOM)).sync();
    expect(bob.take().doc.getArray('timeline').toArray()).toEqual(['one', 'two', 'three']);
  });

  test('[SYN-44] an update in which a client comes twice is refused', async () => {
    const { machine } = await writtenByAda('one');
    const eve = await (await machine.open('eve', ROOM)).sync();
    eve.news();
    await eve.send(encodeUpdate(twice(4711)));
    expect(eve.of('nack')).toHaveLength(1);
    expect(machine.documents.read(ROOM).getArray('timeline').toArray()).toEqual(['one']);
  });
});

/** The same clock of one client with two contents, in two blocks of one update. */
function twice(clientId: number): Uint8Array {
  const encoder = encoding.createEncoder();
  const blocks = ['good', 'evil'].map((text) =>
    Y.encodeStateAsUpdate(forged(clientId, text)).subarray(1, -1),
  );
  encoding.writeVarUint(encoder, blocks.length);
  for (const block of blocks) encoding.writeUint8Array(encoder, block);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}
