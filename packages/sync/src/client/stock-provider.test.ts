import { describe, expect, test, vi } from 'vitest';
import type * as Y from 'yjs';
import { eventually, serve, stockClient } from '../test-support/providers.ts';

const ROOM = 'room/R1';
const BOARD = 'board/incident@1';
const timeline = (doc: Y.Doc): Y.Array<unknown> => doc.getArray('timeline');

describe('a stock y-websocket 3 provider', () => {
  test('[SYN-10] reads a board and follows it', async () => {
    const server = await serve();
    server.documents.create(BOARD, (doc) => doc.getMap('rows').set('a', [1]));
    const ada = stockClient(server, 'ada', BOARD);
    await eventually(() => ada.provider.synced).toBe(true);
    expect(ada.doc.getMap('rows').toJSON()).toEqual({ a: [1] });
    server.documents.write(BOARD, (doc) => doc.getMap('rows').set('b', [2]));
    await eventually(() => ada.doc.getMap('rows').toJSON()).toEqual({ a: [1], b: [2] });
  });

  test('[SYN-17] is refused on a write to a board with 4403 and stops', async () => {
    const server = await serve();
    server.documents.create(BOARD, (doc) => doc.getMap('rows').set('a', [1]));
    const ada = stockClient(server, 'ada', BOARD);
    await eventually(() => ada.provider.synced).toBe(true);
    ada.doc.getMap('rows').set('a', ['mine']);
    await eventually(() => ada.closes).toEqual([4403]);
    expect(ada.provider.shouldConnect).toBe(false);
    expect(server.documents.read(BOARD).getMap('rows').get('a')).toEqual([1]);
  });

  test('[SYN-5] edits a room with others', async () => {
    const server = await serve();
    server.documents.create(ROOM);
    const [ada, bob] = [stockClient(server, 'ada', ROOM), stockClient(server, 'bob', ROOM)];
    timeline(ada.doc).push(['typed before the socket was open']);
    await eventually(() => ada.provider.synced && bob.provider.synced).toBe(true);
    for (let n = 0; n < 30; n += 1) timeline(n % 2 === 0 ? ada.doc : bob.doc).push([n]);
    timeline(ada.doc).delete(0);
    const numbers = Array.from({ length: 30 }, (_, n) => n);
    for (const doc of [() => ada.doc, () => bob.doc, () => server.documents.read(ROOM)]) {
      await eventually(() => timeline(doc()).toArray().toSorted()).toEqual(numbers.toSorted());
    }
    expect(timeline(ada.doc).toArray()).toEqual(timeline(bob.doc).toArray());
    expect(timeline(server.documents.read(ROOM)).toArray()).toEqual(timeline(ada.doc).toArray());
  });

  test('[SYN-14] types on while its socket comes back, and nothing is refused', async () => {
    const server = await serve();
    server.documents.create(ROOM);
    const ada = stockClient(server, 'ada', ROOM);
    await eventually(() => ada.provider.synced).toBe(true);
    for (let round = 0; round < 3; round += 1) {
      server.breakSockets();
      await eventually(() => ada.provider.wsconnected).toBe(false);
      timeline(ada.doc).push([`offline ${round}`]);
      await vi.waitFor(
        () => {
          if (!ada.provider.wsconnected) throw new Error('not yet');
          // Sent before the provider has answered the server's step 1.
          timeline(ada.doc).push([`at once ${round}`]);
        },
        { interval: 1, timeout: 10_000 },
      );
      await eventually(() => ada.provider.synced).toBe(true);
    }
    await eventually(() => timeline(server.documents.read(ROOM)).length).toBe(6);
    expect(ada.closes).toEqual([]);
    expect(server.events.filter(({ type }) => type === 'rejected')).toEqual([]);
  });

  test('[SYN-18] [SYN-19] shows others where it is under the identity of its session', async () => {
    const server = await serve({ awarenessEveryMs: 10 });
    server.documents.create(ROOM);
    const [ada, bob] = [stockClient(server, 'ada', ROOM), stockClient(server, 'bob', ROOM)];
    ada.provider.awareness.setLocalState({ user: { id: 'chief', name: 'Chief' }, caret: 3 });
    const seen = (): unknown => bob.provider.awareness.getStates().get(ada.doc.clientID);
    await eventually(seen).toEqual({
      caret: 3,
      user: { id: 'ada', name: 'Name of ada', colour: '#336699', color: '#336699' },
    });
    ada.provider.destroy();
    await eventually(seen).toBeUndefined();
    expect(bob.closes).toEqual([]);
  });
});
