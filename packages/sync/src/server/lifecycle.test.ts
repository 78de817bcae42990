import { personId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { KEEP_ALIVE, encodeAwareness } from '../frames/awareness.ts';
import { encodeStepOne } from '../frames/sync.ts';
import { turn } from '../test-support/fake-clock.ts';
import { RecordingTransport, sessionOf, startMachine } from '../test-support/machine.ts';

const ROOM = 'room/R1';
const BOARD = 'board/incident@1';
const NEXT = 'board/incident@2';
const push =
  (value: unknown) =>
  (doc: Y.Doc): void =>
    doc.getArray('timeline').push([value]);
const row =
  (key: string, value: unknown) =>
  (doc: Y.Doc): unknown =>
    doc.getMap('rows').set(key, [value]);

describe('documents', () => {
  test('[SYN-23] many who open at once share one load', async () => {
    const { documents, host, open } = startMachine();
    documents.create(ROOM, push('old'));
    documents.holdLoads();
    const readers = await Promise.all(['ada', 'bob', 'cid'].map((person) => open(person, ROOM)));
    for (const reader of readers) await reader.send(encodeStepOne(Uint8Array.of(0)));
    expect(documents.loads).toBe(1);
    documents.releaseLoads();
    await turn();
    for (const reader of readers) expect(reader.take().doc.getArray('timeline').toArray()).toEqual(['old']);
    expect(host.status()).toMatchObject({ openDocuments: 1, readers: 3 });
  });

  test('[SYN-23] what commits during a load is neither lost nor doubled', async () => {
    const { documents, open } = startMachine();
    documents.create(BOARD, row('a', 1));
    documents.holdLoads();
    const ada = await open('ada', BOARD);
    documents.write(BOARD, row('b', 2));
    documents.releaseLoads();
    await turn();
    await ada.sync();
    documents.write(BOARD, row('c', 3));
    await turn();
    expect(ada.take().doc.getMap('rows').toJSON()).toEqual({ a: [1], b: [2], c: [3] });
  });

  test('[SYN-23] it unloads 30 s after its last reader', async () => {
    const { documents, host, open, clock } = startMachine();
    documents.create(ROOM);
    const ada = await open('ada', ROOM);
    await ada.drop();
    await clock.pass(29_000);
    expect(host.status().openDocuments).toBe(1);
    await clock.pass(1_000);
    expect(host.status().openDocuments).toBe(0);
    await open('ada', ROOM);
    expect(documents.loads).toBe(2);
  });

  test('[SYN-23] a join while it drains keeps it', async () => {
    const { documents, host, open, clock } = startMachine();
    documents.create(ROOM);
    await (await open('ada', ROOM)).drop();
    await clock.pass(29_999);
    const bob = await open('bob', ROOM);
    await clock.pass(60_000);
    expect([documents.loads, host.status().openDocuments]).toEqual([1, 1]);
    await bob.drop();
    await clock.pass(30_000);
    expect(host.status().openDocuments).toBe(0);
  });

  test('[SYN-23] it does not unload while an append is under way', async () => {
    const { documents, host, open, clock } = startMachine();
    documents.create(ROOM);
    const ada = await (await open('ada', ROOM)).sync();
    documents.holdAppends();
    await ada.edit(push('last words'));
    await ada.drop();
    await clock.pass(60_000);
    expect(host.status()).toMatchObject({ openDocuments: 1, appending: 1 });
    const bob = await open('bob', ROOM);
    documents.releaseAppends();
    await turn();
    await bob.sync();
    expect(bob.doc.getArray('timeline').toArray()).toEqual(['last words']);
  });

  test('[SYN-23] a load that fails leaves nothing behind, and the next one succeeds', async () => {
    const { documents, host, open, clock, events } = startMachine();
    documents.create(ROOM, push('old'));
    documents.failNextLoad(new Error('io'));
    const ada = await open('ada', ROOM);
    expect(ada.closedWith).toBe(1013);
    expect(host.status()).toMatchObject({ openDocuments: 0, connections: 0 });
    expect(events).toContainEqual(expect.objectContaining({ type: 'load-failed', name: ROOM }));
    await clock.pass(10_000);
    expect(clock.waiting).toBe(0);
    expect((await (await open('ada', ROOM)).sync()).doc.getArray('timeline').toArray()).toEqual(['old']);
  });

  test('[SYN-23] a document that is only read has no Y.Doc, and one that rests goes back to bytes', async () => {
    const { documents, host, open, clock } = startMachine();
    documents.create(ROOM, push('old'));
    const [ada, bob] = [await (await open('ada', ROOM)).sync(), await (await open('bob', ROOM)).sync()];
    expect(host.status()).toMatchObject({ openDocuments: 1, liveDocuments: 0 });
    await ada.edit(push('new'));
    expect(host.status().liveDocuments).toBe(1);
    await clock.pass(30_000);
    expect(host.status().liveDocuments).toBe(1);
    await clock.pass(30_000);
    expect(host.status()).toMatchObject({ openDocuments: 1, readers: 2, liveDocuments: 0 });
    expect(clock.waiting).toBe(1);
    await bob.take().edit(push('newer'));
    const cid = await (await open('cid', ROOM)).sync();
    const expected = ['old', 'new', 'newer'];
    for (const reader of [ada, bob, cid])
      expect(reader.take().doc.getArray('timeline').toArray()).toEqual(expected);
    expect(documents.loads).toBe(1);
    expect(documents.read(ROOM).getArray('timeline').toArray()).toEqual(expected);
  });

  test('[SYN-23] a Y.Doc does not rest while an append is under way', async () => {
    const { documents, host, open, clock } = startMachine();
    documents.create(ROOM);
    const ada = await (await open('ada', ROOM)).sync();
    documents.holdAppends();
    await ada.edit(push('on its way'));
    await clock.pass(120_000);
    expect(host.status()).toMatchObject({ liveDocuments: 1, appending: 1 });
    documents.releaseAppends();
    await turn();
    await clock.pass(60_000);
    expect(host.status().liveDocuments).toBe(0);
    const bob = await (await open('bob', ROOM)).sync();
    expect(bob.take().doc.getArray('timeline').toArray()).toEqual(['on its way']);
  });

  test('[SYN-24] who may not read is told so before anybody looks whether it exists', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM);
    expect((await open('eve', ROOM, { mayRead: false })).closedWith).toBe(4403);
    expect((await open('eve', 'room/R2', { mayRead: false })).closedWith).toBe(4403);
    expect(documents.loads).toBe(0);
    expect((await open('ada', 'room/R2')).closedWith).toBe(4404);
    expect((await open('ada', 'board/incident@9')).closedWith).toBe(4410);
    expect((await open('ada', 'room/%52')).closedWith).toBe(4404);
  });

  test('[SYN-26] a rotated board says RESET, stays readable 10 minutes and then closes 4410', async () => {
    const { documents, open, clock } = startMachine();
    documents.create(BOARD, row('a', 1)).create(NEXT, row('a', 1));
    const ada = await (await open('ada', BOARD)).sync();
    const stock = await (await open('bob', BOARD, { extended: false })).sync();
    documents.rotate(BOARD, NEXT);
    await turn();
    expect(ada.of('reset')).toEqual([{ type: 'reset', epoch: 2, next: NEXT, reason: 'compaction' }]);
    expect(stock.of('reset')).toEqual([]);
    await clock.pass(599_000);
    expect([ada.closedWith, stock.closedWith]).toEqual([null, null]);
    expect((await open('cid', BOARD)).of('reset')).toHaveLength(1);
    await clock.pass(1_000);
    expect([ada.closedWith, stock.closedWith]).toEqual([4410, 4410]);
    expect((await open('cid', BOARD)).closedWith).toBe(4410);
  });
});

describe('connections', () => {
  test('[SYN-4] a stock client gets no extension frame', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM);
    const [stock, own] = [await open('ada', ROOM, { extended: false }), await open('bob', ROOM)];
    await stock.sync();
    await stock.edit(push('x'));
    await own.sync();
    expect(new Set(stock.frames.map(({ type }) => type))).toEqual(new Set(['step-1', 'step-2', 'update']));
    expect(own.of('hello')).toMatchObject([{ layout: 1, epoch: 0, mayWrite: true, limits: { nesting: 6 } }]);
  });

  test('[SYN-20] after 20 s of silence comes a frame that says nothing', async () => {
    const { documents, open, clock } = startMachine();
    documents.create(ROOM);
    const ada = await (await open('ada', ROOM)).sync();
    await clock.pass(19_000);
    ada.news();
    await clock.pass(4_000);
    expect(ada.transport.sent.at(-1)).toEqual(KEEP_ALIVE);
    await clock.pass(600_000);
    expect(ada.of('awareness').length).toBeGreaterThan(25);
  });

  test('[SYN-21] a slow reader gets one difference when it has drained', async () => {
    const { documents, open, clock } = startMachine();
    documents.create(BOARD, row('a', 0));
    const [ada, bob] = [await (await open('ada', BOARD)).sync(), await (await open('bob', BOARD)).sync()];
    ada.news();
    ada.transport.bufferedAmount = 2 * 1024 * 1024;
    for (let n = 1; n <= 50; n += 1) {
      documents.write(BOARD, row(`r${n}`, n));
      await turn();
    }
    await clock.pass(1_000);
    expect(ada.news()).toEqual([]);
    expect(bob.take().doc.getMap('rows').size).toBe(51);
    ada.transport.bufferedAmount = 0;
    await clock.pass(100);
    expect(ada.news().map(({ type }) => type)).toEqual(['update']);
    expect(ada.take().doc.getMap('rows').size).toBe(51);
    documents.write(BOARD, row('after', 1));
    await turn();
    expect(ada.news().map(({ type }) => type)).toEqual(['update']);
  });

  test('[SYN-21] far too much buffered, or no progress for 30 s, closes 1013', async () => {
    const { documents, open, clock } = startMachine();
    documents.create(BOARD);
    const [far, stuck, slow] = [
      await (await open('far', BOARD)).sync(),
      await (await open('stuck', BOARD)).sync(),
      await (await open('slow', BOARD)).sync(),
    ];
    far.transport.bufferedAmount = 9 * 1024 * 1024;
    stuck.transport.bufferedAmount = 2 * 1024 * 1024;
    slow.transport.bufferedAmount = 7 * 1024 * 1024;
    documents.write(BOARD, row('a', 1));
    await turn();
    await clock.pass(100);
    expect([far.closedWith, stuck.closedWith]).toEqual([1013, null]);
    for (let second = 0; second < 31; second += 1) {
      slow.transport.bufferedAmount -= 1000;
      await clock.pass(1_000);
    }
    expect([stuck.closedWith, slow.closedWith]).toEqual([1013, null]);
  });

  test('[SYN-21] a first open waits for a socket that is full', async () => {
    const { documents, open, clock } = startMachine();
    documents.create(BOARD, row('a', 1));
    const ada = await open('ada', BOARD);
    ada.transport.bufferedAmount = 2 * 1024 * 1024;
    await ada.send(encodeStepOne(Uint8Array.of(0)));
    expect(ada.of('step-2')).toEqual([]);
    ada.transport.bufferedAmount = 0;
    await clock.pass(100);
    expect(ada.take().doc.getMap('rows').size).toBe(1);
  });

  test('[SYN-22] a frame over its size closes 1009, a corrupt one 4400', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM);
    const big = await open('ada', ROOM);
    await big.send(new Uint8Array(1024 * 1024 + 1));
    expect(big.closedWith).toBe(1009);
    const corrupt = await open('ada', ROOM);
    await corrupt.send(Uint8Array.of(0, 2, 200));
    expect(corrupt.closedWith).toBe(4400);
    const vector = await open('ada', ROOM);
    await vector.send(encodeStepOne(Uint8Array.of(200, 1)));
    expect(vector.closedWith).toBe(4400);
  });

  test('[SYN-22] too many messages or bytes close 4429, a steady pace does not', async () => {
    const { documents, open, clock } = startMachine();
    documents.create(BOARD);
    const steady = await open('ada', BOARD);
    for (let second = 0; second < 20; second += 1) {
      for (let n = 0; n < 50; n += 1) await steady.send(KEEP_ALIVE);
      await clock.pass(1_000);
    }
    expect(steady.closedWith).toBeNull();
    const burst = await open('bob', BOARD);
    for (let n = 0; n < 201; n += 1) await burst.send(KEEP_ALIVE);
    expect(burst.closedWith).toBe(4429);
    const heavy = await open('cid', BOARD);
    const large = encodeAwareness([{ client: 1, clock: 1, state: 'x'.repeat(1_000_000) }]);
    for (let n = 0; n < 2; n += 1) await heavy.send(large);
    expect(heavy.closedWith).toBeNull();
    await heavy.send(large);
    expect(heavy.closedWith).toBe(4429);
  });

  test('[SYN-22] a session has at most 64 documents on stock sockets', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM);
    const all = [];
    for (let n = 0; n < 65; n += 1) all.push(await open('ada', ROOM));
    expect(all.filter(({ closedWith }) => closedWith !== null).map(({ closedWith }) => closedWith)).toEqual([
      4429,
    ]);
    expect((await open('bob', ROOM)).closedWith).toBeNull();
    await all[0]?.drop();
    expect((await open('ada', ROOM)).closedWith).toBeNull();
    expect((await open('ada', ROOM)).closedWith).toBe(4429);
  });

  test('[SYN-22] a session has a limited number of channel sockets', async () => {
    const { host } = startMachine({ channelSockets: 3 });
    const codes = ['ada', 'ada', 'ada', 'ada', 'bob'].map((person) => {
      const transport = new RecordingTransport();
      host.openChannels(sessionOf(person), transport);
      return transport.closedWith?.code ?? null;
    });
    expect(codes).toEqual([null, null, null, 4429, null]);
  });

  test('[SYN-25] an ended session and changed permissions close that person’s sockets and no others', async () => {
    const { documents, host, open } = startMachine();
    documents.create(ROOM);
    const [ada, bob, cid] = [await open('ada', ROOM), await open('bob', ROOM), await open('cid', ROOM)];
    host.closeSession('session-of-ada');
    host.permissionsChanged(personId('bob'));
    expect([ada.closedWith, bob.closedWith, cid.closedWith]).toEqual([4401, 4501, null]);
  });

  test('[SYN-25] a shutdown spreads its closes and waits for what is being appended', async () => {
    const { documents, host, open, clock } = startMachine();
    documents.create(ROOM);
    const [ada, bob] = [await (await open('ada', ROOM)).sync(), await (await open('bob', ROOM)).sync()];
    documents.holdAppends();
    await ada.edit(push('last words'));
    let down = false;
    const shutdown = host.shutdown(2_000).then(() => (down = true));
    await clock.pass(0);
    expect([ada.closedWith, bob.closedWith]).toEqual([4503, null]);
    await clock.pass(1_000);
    expect([bob.closedWith, down]).toEqual([4503, false]);
    expect((await open('cid', ROOM)).closedWith).toBe(4503);
    documents.releaseAppends();
    await shutdown;
    expect(documents.read(ROOM).getArray('timeline').toArray()).toEqual(['last words']);
    expect(host.status()).toEqual({
      openDocuments: 0,
      liveDocuments: 0,
      connections: 0,
      readers: 0,
      appending: 0,
    });
  });

  test('[SYN-25] a fault of ours closes the one socket and says so', async () => {
    const { documents, host, events } = startMachine();
    documents.create(ROOM);
    const closes: number[] = [];
    const access = {
      rightTo: () => {
        throw new Error('the directory is away');
      },
    };
    const transport = {
      send: () => undefined,
      close: (code: number) => closes.push(code),
      bufferedAmount: 0,
    };
    host.openStock({ ...sessionOf('ada'), access }, ROOM, transport);
    await turn();
    expect(closes).toEqual([1013]);
    expect(events).toContainEqual(expect.objectContaining({ type: 'fault' }));
  });
});
