/** What several readers of one document send within one turn, and what becomes of each when one is refused. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeStepTwo, encodeUpdate } from '../frames/sync.ts';
import { turn } from '../test-support/fake-clock.ts';
import { startMachine } from '../test-support/machine.ts';
import type { Machine, RawClient } from '../test-support/machine.ts';

const ROOM = 'room/R1';
const type =
  (text: string) =>
  (doc: Y.Doc): void =>
    doc.getArray('timeline').push([text]);
const words = ({ doc }: RawClient): unknown[] => doc.getArray('timeline').toArray().toSorted();

async function three(): Promise<{
  readonly machine: Machine;
  readonly ada: RawClient;
  readonly bob: RawClient;
  readonly cid: RawClient;
}> {
  const machine = startMachine();
  machine.documents.create(ROOM, type('old'));
  const enter = async (person: string): Promise<RawClient> =>
    (await (await machine.open(person, ROOM)).sync()).sync();
  const [ada, bob, cid] = [await enter('ada'), await enter('bob'), await enter('cid')];
  for (const each of [ada, bob, cid]) each.news();
  return { machine, ada, bob, cid };
}

/** All of them send in the same turn. */
async function atOnce(...updates: readonly (readonly [RawClient, Uint8Array])[]): Promise<void> {
  await Promise.all(updates.map(([client, update]) => client.send(encodeUpdate(update))));
}

describe('updates of one turn', () => {
  test('[SYN-9] go to every reader as one frame, and to the store each under its author', async () => {
    const { machine, ada, bob, cid } = await three();
    await atOnce([ada, ada.make(type('a'))], [ada, ada.make(type('b'))], [bob, bob.make(type('c'))]);
    for (const each of [ada, bob, cid]) {
      expect(each.of('update')).toHaveLength(1);
      expect(words(each.take())).toEqual(['a', 'b', 'c', 'old']);
    }
    expect(machine.documents.appended.map(({ person }) => person)).toEqual(['ada', 'bob']);
    expect([ada, bob].map((each) => each.of('ack').at(-1)?.count)).toEqual([4, 3]);
    expect(machine.documents.read(ROOM).getArray('timeline').length).toBe(4);
  });

  test('[SYN-16] that the guard refuses take nothing of the others with them', async () => {
    const { machine, ada, bob, cid } = await three();
    const bad = ada.make((doc) => doc.getArray('timeline').push([new Y.Array()]));
    const deep = bob.make((doc) => {
      let inner = new Y.Array();
      doc.getArray('timeline').push([inner]);
      for (let depth = 0; depth < 9; depth += 1) {
        const next = new Y.Array();
        inner.push([next]);
        inner = next;
      }
    });
    await atOnce([ada, bad], [bob, deep], [cid, cid.make(type('fine'))]);
    expect([ada, bob, cid].map(({ closedWith }) => closedWith)).toEqual([null, 4409, null]);
    expect(machine.documents.rejected).toMatchObject([{ person: 'bob', code: 'too-deep' }]);
    expect(cid.take().doc.getArray('timeline').toJSON()).toEqual(
      ada.take().doc.getArray('timeline').toJSON(),
    );
    expect(machine.documents.read(ROOM).getArray('timeline').length).toBe(3);
  });

  test('[SYN-16] that the store refuses take nothing of the others with them', async () => {
    const { machine, ada, bob, cid } = await three();
    machine.documents.bind(ROOM, bob.doc.clientID, 'somebody else');
    await atOnce([ada, ada.make(type('a'))], [bob, bob.make(type('b'))], [cid, cid.make(type('c'))]);
    expect([ada, bob, cid].map(({ closedWith }) => closedWith)).toEqual([null, 4409, null]);
    expect([words(ada.take()), words(cid.take())]).toEqual([
      ['a', 'c', 'old'],
      ['a', 'c', 'old'],
    ]);
    const next = await machine.open('dan', ROOM);
    next.make(type('own'));
    expect(words(await next.sync())).toEqual(['a', 'c', 'old', 'own']);
  });

  test('[SYN-8] that a failing store refuses do not go out with what is made on top of them', async () => {
    const { machine, ada, bob, cid } = await three();
    const { documents } = machine;
    documents.holdAppends();
    await atOnce([ada, ada.make(type('lost'))], [bob, bob.make(type('lost too'))]);
    await atOnce([cid, cid.make(type('kept'))]);
    documents.failNextAppend(new Error('disk full'));
    documents.releaseOne();
    await turn();
    expect([ada, bob, cid].map(({ closedWith }) => closedWith)).toEqual([1013, 1013, null]);
    documents.releaseAppends();
    await turn();
    expect(words(cid.take())).toEqual(['kept', 'old']);
    expect(documents.read(ROOM).getArray('timeline').toArray()).toEqual(['old', 'kept']);
  });
});

describe('what a reader sent before it left', () => {
  test('[SYN-5] is stored and shown, though its socket was gone before the turn was over', async () => {
    const { machine, ada, bob } = await three();
    const sent = ada.send(encodeUpdate(ada.make(type('last words'))));
    await ada.drop();
    await sent;
    expect(words(bob.take())).toEqual(['last words', 'old']);
    expect(machine.documents.read(ROOM).getArray('timeline').length).toBe(2);
  });

  test('[SYN-25] is stored before a shutdown is over', async () => {
    const { machine, ada } = await three();
    machine.documents.holdAppends();
    await ada.edit(type('first'));
    await ada.edit(type('then'));
    const stopped = machine.host.shutdown(0);
    await machine.clock.pass(0);
    machine.documents.releaseAppends();
    await stopped;
    expect(machine.documents.read(ROOM).getArray('timeline').toArray()).toEqual(['old', 'first', 'then']);
  });

  test('[SYN-16] goes its way when the next thing that it sends is refused', async () => {
    const { machine, ada } = await three();
    const sent = ada.send(encodeUpdate(ada.make(type('fine'))));
    await ada.send(encodeStepTwo(Uint8Array.of(1, 1, 1)));
    await sent;
    expect(ada.closedWith).toBe(4409);
    expect(machine.documents.read(ROOM).getArray('timeline').toArray()).toEqual(['old', 'fine']);
  });
});
