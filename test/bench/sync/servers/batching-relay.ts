/**
 * The same relay batching by turn, the practical limit: what a room received within a turn of the event loop is framed
 * once, in one buffer, and written once to each of its sockets, the sender's too.
 */
import type { Duplex } from 'node:stream';
import type { BenchServer } from './server.ts';
import { listen } from './sockets.ts';

interface Room {
  readonly streams: Set<Duplex>;
  frames: Buffer[];
}

export function startBatchingRelay(): Promise<BenchServer> {
  const rooms = new Map<string, Room>();
  const due = new Set<Room>();
  const flush = (): void => {
    for (const room of due) {
      const turn = Buffer.concat(room.frames);
      room.frames = [];
      for (const stream of room.streams) stream.write(turn);
    }
    due.clear();
  };
  return listen('relay', (socket, name, stream) => {
    const room = rooms.get(name) ?? { streams: new Set(), frames: [] };
    rooms.set(name, room);
    room.streams.add(stream);
    socket.on('message', (data: Buffer) => {
      room.frames.push(frameHead(data.length), data);
      if (due.size === 0) setImmediate(flush);
      due.add(room);
    });
    socket.on('close', () => room.streams.delete(stream));
  });
}

const BINARY = 0x82;
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;

/** The head of an unmasked binary frame (RFC 6455, 5.2). */
function frameHead(length: number): Buffer {
  if (length < TWO_BYTES) return Buffer.from([BINARY, length]);
  if (length <= 0xffff) return Buffer.from([BINARY, TWO_BYTES, length >> 8, length & 0xff]);
  const head = Buffer.from([BINARY, EIGHT_BYTES, 0, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUIntBE(length, 4, 6);
  return head;
}
