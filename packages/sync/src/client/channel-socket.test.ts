import { describe, expect, test, vi } from 'vitest';
import type * as Y from 'yjs';
import { personId } from '@muster/domain/shared';
import { channelClient, eventually, serve, sharedSocket } from '../test-support/providers.ts';

const NAMES = ['room/R1', 'room/R2', 'room/R3'] as const;
const BOARD = 'board/incident@1';
const timeline = (doc: Y.Doc): Y.Array<unknown> => doc.getArray('timeline');
const saved = { pending: 0, caughtUp: true };

describe('the shared socket', () => {
  test('[SYN-3] two people converge on three documents over one socket each', async () => {
    const server = await serve();
    for (const name of NAMES) server.documents.create(name);
    const open = (person: string) => {
      const socket = sharedSocket(server, person);
      return NAMES.map((name) => channelClient(server, socket, name));
    };
    const [ada, bob] = [open('ada'), open('bob')];
    const all = [...ada, ...bob];
    await eventually(() => all.every(({ provider }) => provider.synced)).toBe(true);
    for (let n = 0; n < 60; n += 1) timeline(all[n % all.length]?.doc as Y.Doc).push([n]);
    for (const [index, name] of NAMES.entries()) {
      const contents = () => [ada, bob].map((clients) => timeline(clients[index]?.doc as Y.Doc).toArray());
      await eventually(() => contents().map(({ length }) => length)).toEqual([20, 20]);
      expect(contents()[0]).toEqual(contents()[1]);
      expect(timeline(server.documents.read(name)).toArray()).toEqual(contents()[0]);
    }
    expect(server.sockets).toBe(2);
  });

  test('[SYN-4] extension frames become events, and a refused write ends its document only', async () => {
    const server = await serve();
    const complaints = vi.spyOn(console, 'error');
    server.documents.create(BOARD, (doc) => doc.getMap('rows').set('a', [1])).create(NAMES[0]);
    const socket = sharedSocket(server, 'ada');
    const [board, room] = [channelClient(server, socket, BOARD), channelClient(server, socket, NAMES[0])];
    await eventually(() => board.provider.synced && room.provider.synced).toBe(true);
    expect(board.progress).toEqual(saved);
    board.doc.getMap('rows').set('a', ['mine']);
    await eventually(() => board.closes).toEqual([4403]);
    expect(board.events).toEqual(['opened', 'hello', 'nack read-only', 'closed 4403']);
    timeline(room.doc).push(['still here']);
    await eventually(() => timeline(server.documents.read(NAMES[0])).length).toBe(1);
    expect(socket.status.state).toBe('open');
    expect(complaints).not.toHaveBeenCalled();
  });

  test('[SYN-28] a document is saved when all that was sent is on disk', async () => {
    const server = await serve();
    server.documents.create(NAMES[0]);
    const room = channelClient(server, sharedSocket(server, 'ada'), NAMES[0]);
    await eventually(() => room.progress).toEqual(saved);
    server.documents.holdAppends();
    timeline(room.doc).push(['a']);
    timeline(room.doc).push(['b']);
    expect(room.progress).toEqual({ pending: 2, caughtUp: true });
    await eventually(() => server.documents.heldAppends).toBe(1);
    server.breakSockets();
    // Back, but not asked for its step 2 before what is under way there has settled.
    await eventually(() => room.events.filter((event) => event === 'hello')).toHaveLength(2);
    expect(room.progress).toEqual({ pending: 0, caughtUp: false });
    server.documents.releaseAppends();
    await eventually(() => room.progress).toEqual(saved);
    expect(timeline(server.documents.read(NAMES[0])).toArray()).toEqual(['a', 'b']);
  });

  test('[SYN-27] comes back by itself after a break, and documents with it', async () => {
    const server = await serve();
    server.documents.create(NAMES[0]);
    const socket = sharedSocket(server, 'ada');
    const states: string[] = [];
    socket.onStatus(({ state }) => states.push(state));
    const room = channelClient(server, socket, NAMES[0]);
    await eventually(() => room.progress).toEqual(saved);
    states.length = 0;
    server.breakSockets();
    timeline(room.doc).push(['offline']);
    await eventually(() => timeline(server.documents.read(NAMES[0])).toArray()).toEqual(['offline']);
    expect(room.closes).toEqual([]);
    expect(states).toContain('connecting');
    expect(states.at(-1)).toBe('open');
    expect(socket.status.lastClose).toMatchObject({ code: 1006 });
  });

  test('[SYN-27] offline lets go at once, and online comes back', async () => {
    const server = await serve();
    server.documents.create(NAMES[0]);
    const socket = sharedSocket(server, 'ada');
    const room = channelClient(server, socket, NAMES[0]);
    await eventually(() => room.progress).toEqual(saved);
    socket.goOffline();
    expect(socket.status.state).toBe('closed');
    await eventually(() => server.host.status().connections).toBe(0);
    timeline(room.doc).push(['in the train']);
    socket.goOnline();
    await eventually(() => timeline(server.documents.read(NAMES[0])).toArray()).toEqual(['in the train']);
    await eventually(() => room.progress).toEqual(saved);
  });

  test('[SYN-25] [SYN-27] changed permissions reconnect, an ended session waits to be asked', async () => {
    const server = await serve();
    server.documents.create(NAMES[0]);
    const socket = sharedSocket(server, 'ada');
    const room = channelClient(server, socket, NAMES[0]);
    await eventually(() => room.progress).toEqual(saved);
    server.host.permissionsChanged(personId('ada'));
    await eventually(() => socket.status.lastClose?.code).toBe(4501);
    await eventually(() => room.provider.synced).toBe(true);
    server.host.closeSession('session-of-ada');
    await eventually(() => socket.status).toMatchObject({ state: 'closed', lastClose: { code: 4401 } });
    expect(room.closes).toEqual([4401]);
    socket.goOnline();
    room.provider.connect();
    await eventually(() => room.provider.synced).toBe(true);
  });

  test('[SYN-26] a rotation reaches the document’s owner', async () => {
    const server = await serve();
    server.documents.create(BOARD).create('board/incident@2');
    const board = channelClient(server, sharedSocket(server, 'ada'), BOARD);
    await eventually(() => board.provider.synced).toBe(true);
    server.documents.rotate(BOARD, 'board/incident@2');
    await eventually(() => board.events).toContain('reset board/incident@2');
  });

  test('[SYN-24] a document that may not be opened ends its channel only', async () => {
    const server = await serve();
    server.documents.create(NAMES[0]);
    const socket = sharedSocket(server, 'ada');
    const [missing, room] = [
      channelClient(server, socket, 'room/none'),
      channelClient(server, socket, NAMES[0]),
    ];
    await eventually(() => missing.closes).toEqual([4404]);
    await eventually(() => room.provider.synced).toBe(true);
  });

  test('[SYN-22] channels beyond the limit are closed 4429', async () => {
    const server = await serve({ channels: 2 });
    for (const name of NAMES) server.documents.create(name);
    const socket = sharedSocket(server, 'ada');
    const clients = NAMES.map((name) => channelClient(server, socket, name));
    await eventually(() => clients.map(({ closes }) => closes)).toEqual([[], [], [4429]]);
  });

  test('[SYN-19] presence is not echoed back to the server', async () => {
    const server = await serve({ awarenessEveryMs: 5 });
    server.documents.create(NAMES[0]);
    const clients = ['ada', 'bob', 'cid'].map((person) =>
      channelClient(server, sharedSocket(server, person), NAMES[0]),
    );
    await eventually(() => clients.every(({ provider }) => provider.synced)).toBe(true);
    for (const [n, { provider }] of clients.entries()) provider.awareness.setLocalStateField('n', n);
    const seen = () => clients.map(({ provider }) => [...provider.awareness.getStates().values()].length);
    await eventually(seen).toEqual([3, 3, 3]);
  });
});
