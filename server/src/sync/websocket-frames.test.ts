import { EventEmitter, once } from 'node:events';
import type { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import * as ws from 'ws';
import { framesOf } from './websocket-frames.ts';

/** What `ws` reads a connection with; its types leave it out. */
const { Receiver } = ws as unknown as { readonly Receiver: new (options: object) => Writable };

const message = (length: number): Uint8Array => Uint8Array.from({ length }, (_none, index) => index % 251);

/** What a WebSocket reads from these bytes. */
async function readBack(pieces: readonly Buffer[], count: number): Promise<readonly Buffer[]> {
  const receiver = new Receiver({ isServer: false, binaryType: 'nodebuffer' });
  const read: Buffer[] = [];
  const all = new EventEmitter();
  receiver.on('message', (data: Buffer, isBinary: boolean) => {
    expect(isBinary).toBe(true);
    if (read.push(data) === count) all.emit('all');
  });
  const done = once(all, 'all');
  for (const piece of pieces) receiver.write(piece);
  await done;
  return read;
}

describe('messages framed for the wire', () => {
  it('read back as they were, at every length of a header', async () => {
    const lengths = [0, 1, 125, 126, 127, 1024, 1025, 65_535, 65_536, 200_000];
    const messages = lengths.map(message);
    const read = await readBack(framesOf(messages), messages.length);
    expect(read.map((each) => Buffer.compare(each, messages[read.indexOf(each)] ?? message(1)))).toEqual(
      lengths.map(() => 0),
    );
  });

  it('are one piece when they are small, and share the frame when they are large', () => {
    expect(framesOf([message(10), message(200), message(3)])).toHaveLength(1);
    const large = message(5_000);
    const [[first], [second]] = [framesOf([large]), framesOf([large, message(3)])];
    expect(first).toBe(second);
  });
});
