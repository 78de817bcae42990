import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { decodeFrame } from '../frames/frame.ts';
import { encodeReset } from '../frames/reset.ts';
import { encodeState } from '../frames/state.ts';
import { encodeUpdate } from '../frames/sync.ts';
import { packState } from '../packed/index.ts';
import { channelClient, eventually, serve, sharedSocket } from '../test-support/providers.ts';
import { TestPacker } from '../test-support/packers.ts';
import { Channel } from './channel.ts';
import { canUnpackStates, readPackedState } from './packed-state.ts';

const BOARD = 'board/incident@1';

function board(doc: Y.Doc): void {
  for (let row = 0; row < 1000; row += 1)
    doc.getMap('rows').set(`row ${row}`, [1, row, `Printer ${row} is out of toner`]);
}

async function desk(packer: TestPacker) {
  const server = await serve({}, packer);
  server.documents.create(BOARD, board);
  const socket = sharedSocket(server, 'ada', { url: `${server.url}?ext=2&person=ada` });
  return { server, client: channelClient(server, socket, BOARD) };
}

const flipped = (bytes: Uint8Array): Uint8Array =>
  bytes.map((byte, at) => (at % 50 === 49 ? byte ^ 255 : byte));

describe('packed states at the client', () => {
  test('[SYN-41] the stock provider is synced by a packed state as by a step 2', async () => {
    const packer = new TestPacker();
    const { server, client } = await desk(packer);
    await eventually(() => client.provider.synced).toBe(true);
    expect(packer.packed).toBe(1);
    expect(client.doc.getMap('rows').toJSON()).toEqual(server.documents.read(BOARD).getMap('rows').toJSON());
    expect(client.progress).toEqual({ pending: 0, caughtUp: true });
    server.documents.write(BOARD, (doc) => doc.getMap('rows').set('row 5', [1, 5, 'solved']));
    await eventually(() => client.doc.getMap('rows').get('row 5')).toEqual([1, 5, 'solved']);
  });

  test.each([
    ['damaged', flipped],
    ['cut off', (bytes: Uint8Array) => bytes.slice(0, bytes.length / 2)],
    ['of something else', () => new Uint8Array(deflateRawSync('no columns'))],
  ])('[SYN-42] a state that is %s does no harm: the client asks for it plain', async (_what, spoil) => {
    const packer = new TestPacker();
    packer.spoil = spoil;
    const { server, client } = await desk(packer);
    await eventually(() => client.provider.synced).toBe(true);
    expect(client.doc.getMap('rows').toJSON()).toEqual(server.documents.read(BOARD).getMap('rows').toJSON());
    server.documents.write(BOARD, (doc) => doc.getMap('rows').delete('row 5'));
    await eventually(() => client.doc.getMap('rows').has('row 5')).toBe(false);
    expect(client.closes).toEqual([]);
  });

  test('[SYN-41] frames that come while a state is being unpacked are shown after it, in their order', async () => {
    const doc = new Y.Doc();
    board(doc);
    const state = Y.encodeStateAsUpdate(doc);
    const shown: string[] = [];
    const port = { attach: () => undefined, send: () => undefined, detach: () => undefined, now: () => 0 };
    const channel = new Channel(BOARD, port, { reset: ({ next }) => void shown.push(next) });
    channel.onmessage = (event) => {
      const frame = decodeFrame(new Uint8Array((event as { readonly data: ArrayBuffer }).data));
      if ('update' in frame) shown.push(`${frame.type} of ${frame.update.length}`);
    };
    channel.opened();
    channel.deliver(encodeState(new Uint8Array(deflateRawSync(packState(state) ?? new Uint8Array()))));
    channel.deliver(encodeUpdate(Uint8Array.of(0, 0)));
    channel.deliver(encodeReset({ epoch: 2, next: 'board/incident@2', reason: 'compaction' }));
    await eventually(() => shown.length).toBe(3);
    expect(shown).toEqual([`step-2 of ${state.length}`, 'update of 2', 'board/incident@2']);
  });

  test('[SYN-42] a state that would be larger than anything real is not unpacked', async () => {
    const doc = new Y.Doc();
    board(doc);
    const packed = packState(Y.encodeStateAsUpdate(doc)) ?? new Uint8Array();
    const deflated = new Uint8Array(deflateRawSync(packed));
    expect(await readPackedState(deflated)).toEqual(Y.encodeStateAsUpdate(doc));
    expect(await readPackedState(deflated, packed.length - 1)).toBeNull();
    expect(await readPackedState(deflated, packed.length + 1)).toBeNull();
    expect(
      await readPackedState(new Uint8Array(deflateRawSync(new Uint8Array(5_000_000))), 1_000_000),
    ).toBeNull();
    expect(canUnpackStates()).toBe(true);
  });
});
