import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeStepOne, encodeStepTwo, encodeUpdate } from '../../frames/sync.ts';
import { turn } from '../../test-support/fake-clock.ts';
import { startMachine } from '../../test-support/machine.ts';
import type { Machine, RawClient } from '../../test-support/machine.ts';

const ROOM = 'room/R1';
const DRAFT = 'draft/ada';
const push =
  (value: unknown) =>
  (doc: Y.Doc): void =>
    doc.getArray('timeline').push([value]);

async function room(
  machine: Machine = startMachine(),
): Promise<{ machine: Machine; ada: RawClient; bob: RawClient }> {
  machine.documents.create(ROOM, push('old'));
  const ada = await (await machine.open('ada', ROOM)).sync();
  const bob = await (await machine.open('bob', ROOM)).sync();
  bob.news();
  return { machine, ada, bob };
}

/** Says that the update was refused with this code, left no trace and touched nobody else. */
async function expectRefused(
  { machine, ada, bob }: Awaited<ReturnType<typeof room>>,
  code: string,
): Promise<void> {
  expect(ada.of('nack').map((nack) => nack.code)).toEqual([code]);
  expect(ada.closedWith).toBe(4409);
  expect(machine.documents.rejected.map((kept) => [kept.person, kept.code])).toEqual([['ada', code]]);
  expect(bob.news()).toEqual([]);
  await bob.edit(push('still works'));
  expect(bob.closedWith).toBeNull();
  const kept = machine.documents.read(ROOM);
  expect(kept.getArray('timeline').toArray()).toEqual(['old', 'still works']);
  await bob.sync();
  expect(Y.decodeStateVector(Y.encodeStateVector(bob.doc))).toEqual(
    Y.decodeStateVector(Y.encodeStateVector(kept)),
  );
}

describe('the guard', () => {
  test('[SYN-11] [SYN-16] an update over its bytes is refused', async () => {
    const parts = await room(startMachine({ updateBytes: 500 }));
    await parts.ada.edit(push('x'.repeat(600)));
    await expectRefused(parts, 'too-big');
  });

  test('[SYN-11] an update over its structs is refused while it is read', async () => {
    const parts = await room(startMachine({ updateStructs: 10 }));
    await parts.ada.edit((doc) => {
      for (let index = 0; index < 20; index += 1) doc.getArray('timeline').insert(0, [index]);
    });
    await expectRefused(parts, 'too-many-structs');
  });

  test('[SYN-11] an update over its deletes is refused while it is read', async () => {
    const machine = startMachine({ deleteRanges: 3 });
    const parts = await room(machine);
    await parts.ada.edit(push('a'));
    parts.bob.news();
    const many = new Y.Doc();
    for (let index = 0; index < 10; index += 1) many.getArray('timeline').push([index]);
    for (let index = 0; index < 5; index += 1) many.getArray('timeline').delete(index);
    await parts.ada.send(encodeUpdate(Y.encodeStateAsUpdate(many)));
    expect(parts.ada.of('nack')).toMatchObject([{ code: 'too-many-structs' }]);
  });

  test('[SYN-11] the first step 2 may be larger than an update', async () => {
    const machine = startMachine({ updateBytes: 500 });
    machine.documents.create(ROOM);
    const ada = await machine.open('ada', ROOM);
    ada.make(push('x'.repeat(2000)));
    await ada.sync();
    expect(ada.of('ack')).toMatchObject([{ count: 1 }]);
  });

  test('[SYN-12] a root that the kind does not have is refused', async () => {
    const parts = await room();
    await parts.ada.edit((doc) => doc.getMap('rows').set('a', 1));
    await expectRefused(parts, 'foreign-root');
  });

  test('[SYN-12] a sub-document is refused', async () => {
    const parts = await room();
    await parts.ada.edit(push(new Y.Doc()));
    await expectRefused(parts, 'sub-document');
  });

  test('[SYN-12] bytes are refused, also inside values', async () => {
    const parts = await room();
    await parts.ada.edit(push({ deep: [Uint8Array.of(1)] }));
    await expectRefused(parts, 'binary');
  });

  test.each(['__proto__', 'constructor', 'prototype'])(
    '[SYN-12] the key %s is refused wherever it stands',
    async (key) => {
      const asKey = await room();
      await asKey.ada.edit((doc) => {
        const map = new Y.Map();
        map.set(key, 1);
        doc.getArray('timeline').push([map]);
      });
      await expectRefused(asKey, 'reserved-key');
      const inside = await room();
      await inside.ada.edit(push({ list: [JSON.parse(`{"${key}": {}}`)] }));
      await expectRefused(inside, 'reserved-key');
    },
  );

  test('[SYN-12] a key on a list is refused', async () => {
    const parts = await room();
    await parts.ada.edit((doc) => Y.Map.prototype.set.call(doc.getArray('timeline'), 'key', 'value'));
    await expectRefused(parts, 'wrong-place');
  });

  test.each([
    ['a bare value', 'words'],
    ['a list', new Y.Array()],
    ['a map', new Y.Map()],
  ])('[SYN-12] %s among the elements of prose is refused', async (_what, content) => {
    const parts = await room();
    await parts.ada.edit((doc) => Y.Array.prototype.insert.call(doc.getXmlFragment('notes'), 0, [content]));
    await expectRefused(parts, 'wrong-place');
  });

  test('[SYN-12] a draft holds drafts and their particulars only', async () => {
    const machine = startMachine();
    machine.documents.create(DRAFT);
    const ada = await (await machine.open('ada', DRAFT)).sync();
    await ada.edit((doc) => {
      doc.getText('draft:reply:R1').insert(0, 'dear');
      doc.getMap('meta').set('reply:R1', [1]);
    });
    expect(ada.of('ack').at(-1)?.count).toBe(2);
    await ada.edit((doc) => doc.getMap('meta').set('anything', 1));
    expect(ada.of('nack')).toMatchObject([{ code: 'foreign-key' }]);
    const again = await (await machine.open('ada', DRAFT)).sync();
    await again.edit((doc) => doc.getText('draft:nonsense').insert(0, 'x'));
    expect(again.of('nack')).toMatchObject([{ code: 'foreign-root' }]);
  });

  test('[SYN-13] [SYN-16] a client id of somebody else is refused', async () => {
    const parts = await room();
    parts.machine.documents.bind(ROOM, parts.ada.doc.clientID, 'eve');
    await parts.ada.edit(push('not mine'));
    await expectRefused(parts, 'client-id-bound');
  });

  test('[SYN-13] only ids that write something new are bound', async () => {
    const { machine, ada, bob } = await room();
    await bob.edit(push('by bob'));
    await ada.take().edit(push('by ada'));
    expect(machine.documents.appended.at(-1)?.clientIds).toEqual([ada.doc.clientID]);
  });

  test('[SYN-14] an update that overtakes its step 2 waits for it', async () => {
    const machine = startMachine();
    machine.documents.create(ROOM);
    const ada = await machine.open('ada', ROOM);
    ada.make(push('offline'));
    await ada.edit(push('and at once'));
    expect([ada.closedWith, machine.documents.appended.length]).toEqual([null, 0]);
    await ada.sync();
    expect(machine.documents.read(ROOM).getArray('timeline').toArray()).toEqual(['offline', 'and at once']);
    expect(ada.of('ack').map(({ count }) => count)).toEqual([2]);
  });

  test('[SYN-14] an update that builds on another tab’s waits until that is committed', async () => {
    const { machine, ada, bob } = await room();
    machine.documents.holdAppends();
    const first = await ada.edit(push('first'));
    Y.applyUpdate(bob.doc, first);
    await bob.edit(push('second'));
    expect(machine.documents.heldAppends).toBe(1);
    machine.documents.releaseAppends();
    await turn();
    expect(machine.documents.read(ROOM).getArray('timeline').toArray()).toEqual(['old', 'first', 'second']);
  });

  test('[SYN-14] [SYN-16] an update that builds on nothing that comes is refused', async () => {
    const parts = await room();
    parts.ada.make(push('never sent'));
    await parts.ada.edit(push('builds on it'));
    await expectRefused(parts, 'pending');
  });

  test('[SYN-15] types nested too deep are refused, lists in lists of prose are not', async () => {
    const parts = await room();
    await parts.ada.edit((doc) => {
      let inner: Y.XmlElement = new Y.XmlElement('bulletList');
      doc.getXmlFragment('description').insert(0, [inner]);
      for (let depth = 0; depth < 8; depth += 1) {
        const next = new Y.XmlElement(depth % 2 === 0 ? 'listItem' : 'bulletList');
        inner.insert(0, [next]);
        inner = next;
      }
    });
    expect(parts.ada.closedWith).toBeNull();
    parts.bob.take().news();
    await parts.ada.edit((doc) => {
      let inner = new Y.Array<unknown>();
      doc.getArray('timeline').push([inner]);
      for (let depth = 0; depth < 8; depth += 1) {
        const next = new Y.Array<unknown>();
        inner.push([next]);
        inner = next;
      }
    });
    await expectRefused(parts, 'too-deep');
  });

  test('[SYN-15] a document does not grow beyond its size, and shrinks again', async () => {
    const machine = startMachine({ documentBytes: 2000 });
    machine.documents.create(ROOM);
    const ada = await (await machine.open('ada', ROOM)).sync();
    for (let round = 0; round < 5; round += 1) {
      await ada.edit(push('x'.repeat(1200)));
      await ada.edit((doc) => doc.getArray('timeline').delete(0));
    }
    expect(ada.closedWith).toBeNull();
    await ada.edit(push('x'.repeat(2200)));
    expect(ada.of('nack')).toMatchObject([{ code: 'document-full' }]);
  });

  test('[SYN-16] corrupt updates are refused and leave the document as it was', async () => {
    const good = new Y.Doc();
    good.getArray('timeline').push(['a', 'b']);
    const update = Y.encodeStateAsUpdate(good);
    const machine = startMachine();
    machine.documents.create(ROOM, push('old'));
    for (let at = 0; at < update.length; at += 1) {
      for (const value of [0, 1, 2, 7, 127, 128, 255]) {
        const corrupt = update.slice();
        corrupt[at] = value;
        const eve = await (await machine.open('eve', ROOM, { mayWrite: true })).sync();
        await eve.send(encodeUpdate(corrupt));
        await eve.drop();
      }
    }
    const read = machine.documents.read(ROOM);
    expect(read.store.pendingStructs).toBeNull();
    expect(read.store.pendingDs).toBeNull();
    expect([...read.share.keys()]).toEqual(['timeline']);
    expect(machine.events.filter(({ type }) => type === 'fault')).toEqual([]);
    const bob = await (await machine.open('bob', ROOM)).sync();
    await bob.edit(push('still works'));
    expect(bob.of('ack').at(-1)?.count).toBe(2);
  });

  test('[SYN-17] a write to a read-only document closes 4403', async () => {
    const machine = startMachine();
    machine.documents.create('board/incident@1', (doc) => doc.getMap('rows').set('a', [1]));
    const ada = await (await machine.open('ada', 'board/incident@1')).sync();
    await ada.edit((doc) => doc.getMap('rows').set('a', ['mine']));
    expect(ada.closedWith).toBe(4403);
    expect(machine.documents.read('board/incident@1').getMap('rows').get('a')).toEqual([1]);
    const deleting = await (await machine.open('ada', 'board/incident@1')).sync();
    await deleting.edit((doc) => doc.getMap('rows').delete('a'));
    expect(deleting.closedWith).toBe(4403);
  });

  test('[SYN-17] a reader that returns with a write made offline is closed 4403', async () => {
    const machine = startMachine();
    machine.documents.create('board/incident@1', (doc) => doc.getMap('rows').set('a', [1]));
    const ada = await (await machine.open('ada', 'board/incident@1')).sync();
    await ada.drop();
    ada.make((doc) => doc.getMap('rows').delete('a'));
    const again = await machine.open('ada', 'board/incident@1');
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(ada.doc));
    await again.sync();
    expect(again.closedWith).toBe(4403);
  });

  test('[SYN-17] a step 2 with all the deletes that the server made says nothing new', async () => {
    const machine = startMachine();
    machine.documents.create('board/incident@1');
    for (let round = 0; round < 5; round += 1) {
      machine.documents.write('board/incident@1', (doc) => doc.getMap('rows').set('a', [round]));
    }
    const ada = await (await machine.open('ada', 'board/incident@1')).sync();
    await ada.send(encodeStepOne(Y.encodeStateVector(ada.doc)));
    await ada.send(encodeStepTwo(Y.encodeStateAsUpdate(ada.doc)));
    expect(ada.closedWith).toBeNull();
    expect(ada.of('ack').at(-1)).toMatchObject({ count: 1 });
  });

  test('[SYN-17] a person without the right to write reads a room and is closed on a write, which is kept', async () => {
    const machine = startMachine();
    machine.documents.create(ROOM, push('old'));
    const ada = await (await machine.open('ada', ROOM, { mayWrite: false })).sync();
    expect(ada.of('hello')).toMatchObject([{ mayWrite: false }]);
    await ada.edit(push('no'));
    expect(ada.closedWith).toBe(4403);
    expect(machine.documents.rejected).toMatchObject([{ person: 'ada', code: 'read-only' }]);
  });

  test('[SYN-17] a damaged document is read and not written', async () => {
    const machine = startMachine();
    machine.documents.create(ROOM, push('old'));
    machine.documents.damage(ROOM);
    const ada = await (await machine.open('ada', ROOM)).sync();
    expect(ada.doc.getArray('timeline').toArray()).toEqual(['old']);
    await ada.edit(push('no'));
    expect(ada.of('nack')).toMatchObject([{ code: 'damaged' }]);
    expect(ada.closedWith).toBe(4403);
  });
});
