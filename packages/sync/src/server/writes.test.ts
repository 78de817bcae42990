import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeStepOne, encodeUpdate } from '../frames/sync.ts';
import { turn } from '../test-support/fake-clock.ts';
import { startMachine } from '../test-support/machine.ts';
import type { RawClient } from '../test-support/machine.ts';

const ROOM = 'room/R1';
const BOARD = 'board/incident@1';
const type =
  (text: string) =>
  (doc: Y.Doc): void =>
    doc.getArray('timeline').push([text]);
const words = ({ doc }: RawClient): unknown[] => doc.getArray('timeline').toArray();

describe('commit, broadcast, acknowledge', () => {
  test('[SYN-5] nobody sees an update before it is committed, and its author sees it before the ACK', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM);
    const [ada, bob] = [await (await open('ada', ROOM)).sync(), await (await open('bob', ROOM)).sync()];
    ada.news();
    bob.news();
    documents.holdAppends();
    await ada.edit(type('fire'));
    expect([ada.news(), bob.news()]).toEqual([[], []]);
    documents.releaseAppends();
    await turn();
    expect(bob.news().map(({ type: kind }) => kind)).toEqual(['update']);
    expect(ada.news().map(({ type: kind }) => kind)).toEqual(['update', 'ack']);
    expect(words(bob.take())).toEqual(['fire']);
  });

  test('[SYN-6] a step 2 asked for during an append waits until all that it holds is on disk', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM, type('old'));
    const ada = await (await open('ada', ROOM)).sync();
    documents.holdAppends();
    await ada.edit(type('unsaved'));
    const bob = await open('bob', ROOM);
    bob.make(type('own'));
    await bob.send(encodeStepOne(Y.encodeStateVector(bob.doc)));
    expect(bob.of('step-2')).toEqual([]);
    documents.releaseAppends();
    await turn();
    expect(words(bob.take())).toEqual(expect.arrayContaining(['old', 'unsaved']));
  });

  test('[SYN-6] a first open during an append shows only what is on disk', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM, type('old'));
    const ada = await (await open('ada', ROOM)).sync();
    documents.holdAppends();
    await ada.edit(type('unsaved'));
    const bob = await open('bob', ROOM);
    await bob.send(encodeStepOne(Y.encodeStateVector(bob.doc)));
    expect(words(bob.take())).toEqual(['old']);
    documents.releaseAppends();
    await turn();
    expect(words(bob.take())).toEqual(['old', 'unsaved']);
  });

  test('[SYN-6] an answer held for an update that then fails is made anew without it', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM, type('old'));
    const ada = await (await open('ada', ROOM)).sync();
    documents.holdAppends();
    await ada.edit(type('lost'));
    const bob = await open('bob', ROOM);
    bob.make(type('own'));
    await bob.send(encodeStepOne(Y.encodeStateVector(bob.doc)));
    documents.failNextAppend(new Error('disk full'));
    documents.releaseAppends();
    await turn();
    expect(words(bob.take()).toSorted()).toEqual(['old', 'own']);
  });

  test('[SYN-7] ACK counts step 2 and updates in order, with deletes and with what says nothing new', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM);
    const ada = await (await open('ada', ROOM)).sync();
    expect(ada.of('ack').map(({ count }) => count)).toEqual([1]);
    const update = await ada.edit(type('one'));
    await ada.edit((doc) => doc.getArray('timeline').delete(0));
    await ada.send(encodeUpdate(update));
    expect(ada.of('ack').map(({ count }) => count)).toEqual([1, 2, 3, 4]);
    expect(documents.appended).toHaveLength(2);
    expect(documents.read(ROOM).getArray('timeline').toArray()).toEqual([]);
  });

  test('[SYN-7] frames that come during a commit are merged into one append and acknowledged together', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM);
    const ada = await (await open('ada', ROOM)).sync();
    documents.holdAppends();
    for (const word of ['a', 'b', 'c', 'd']) await ada.edit(type(word));
    documents.releaseOne();
    await turn();
    documents.releaseAppends();
    await turn();
    expect(documents.appended).toHaveLength(2);
    expect(ada.of('ack').at(-1)?.count).toBe(5);
    expect(documents.read(ROOM).getArray('timeline').toArray()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('[SYN-8] what the store cannot keep is shown to nobody and may be brought again', async () => {
    const { documents, open, events } = startMachine();
    documents.create(ROOM);
    const [ada, bob] = [await (await open('ada', ROOM)).sync(), await (await open('bob', ROOM)).sync()];
    documents.failNextAppend(new Error('disk full'));
    await ada.edit(type('kept here'));
    expect(ada.of('nack')).toMatchObject([{ count: 2, code: 'not-stored' }]);
    expect(ada.closedWith).toBe(1013);
    expect(events).toContainEqual(expect.objectContaining({ type: 'append-failed', name: ROOM }));
    await bob.edit(type('bob goes on'));
    expect(words(bob.take())).toEqual(['bob goes on']);
    const again = await open('ada', ROOM);
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(ada.doc));
    await again.sync();
    expect(words(bob.take()).toSorted()).toEqual(['bob goes on', 'kept here']);
  });

  test('[SYN-9] what one turn commits goes out as one frame', async () => {
    const { documents, open } = startMachine();
    documents.create(BOARD);
    const ada = await (await open('ada', BOARD)).sync();
    ada.news();
    const before = ada.transport.writes;
    for (const row of ['a', 'b', 'c']) documents.write(BOARD, (doc) => doc.getMap('rows').set(row, [1]));
    await turn();
    expect(ada.news().map(({ type: kind }) => kind)).toEqual(['update']);
    expect(ada.take().doc.getMap('rows').size).toBe(3);
    expect(ada.transport.writes - before).toBe(1);
  });

  test('[SYN-10] a first open gets the stored snapshot byte for byte, after its tail', async () => {
    const { documents, open } = startMachine();
    documents.create(BOARD, (doc) => doc.getMap('rows').set('a', ['x'.repeat(20_000)]));
    documents.compact(BOARD);
    documents.write(BOARD, (doc) => doc.getMap('rows').set('b', [1]));
    const ada = await open('ada', BOARD);
    await ada.send(encodeStepOne(Y.encodeStateVector(ada.doc)));
    const [{ update } = { update: new Uint8Array() }] = ada.of('step-2');
    const snapshot = await documents.load(BOARD);
    expect(update).toEqual(snapshot?.snapshot);
    expect(ada.frames.at(-1)?.type).toBe('step-2');
    expect([...ada.take().doc.getMap('rows').keys()].toSorted()).toEqual(['a', 'b']);
  });

  test('[SYN-10] a small document goes out as one step 2', async () => {
    const { documents, open } = startMachine();
    documents.create(BOARD, (doc) => doc.getMap('rows').set('a', [1]));
    documents.compact(BOARD);
    documents.write(BOARD, (doc) => doc.getMap('rows').set('b', [1]));
    const ada = await open('ada', BOARD, { extended: false });
    await ada.send(encodeStepOne(Y.encodeStateVector(ada.doc)));
    expect(ada.frames.map(({ type }) => type)).toEqual(['step-2']);
    expect([...ada.take().doc.getMap('rows').keys()].toSorted()).toEqual(['a', 'b']);
  });

  test('[SYN-10] a client that has most of it gets the difference', async () => {
    const { documents, open } = startMachine();
    documents.create(BOARD, (doc) => doc.getMap('rows').set('a', ['x'.repeat(5000)]));
    const ada = await (await open('ada', BOARD)).sync();
    await ada.drop();
    documents.write(BOARD, (doc) => doc.getMap('rows').set('b', [1]));
    const again = await open('ada', BOARD);
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(ada.doc));
    await again.sync();
    expect(again.of('step-2')[0]?.update.length).toBeLessThan(200);
    expect(again.doc.getMap('rows').size).toBe(2);
    expect(again.closedWith).toBeNull();
  });

  test('[SYN-10] a long tail is folded and still read whole', async () => {
    const { documents, open } = startMachine();
    documents.create(BOARD);
    await (await open('ada', BOARD)).sync();
    for (let row = 0; row < 900; row += 1)
      documents.write(BOARD, (doc) => doc.getMap('rows').set(`r${row}`, [row]));
    const bob = await (await open('bob', BOARD)).sync();
    expect(bob.doc.getMap('rows').size).toBe(900);
    expect(bob.frames.filter(({ type: kind }) => kind === 'update')).toEqual([]);
    documents.write(BOARD, (doc) => doc.getMap('rows').set('last', [1]));
    const cid = await (await open('cid', BOARD)).sync();
    expect(cid.doc.getMap('rows').size).toBe(901);
  });
});
