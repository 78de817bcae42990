/**
 * A plain server of documents in memory, as y-websocket's are: the protocol's own reader, one document a name with its
 * awareness, each update sent to each socket as it comes, nothing stored.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { WebSocket } from 'ws';
import * as awarenessProtocol from 'y-protocols/awareness';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import type { BoardServer } from './server.ts';
import { listen } from './sockets.ts';
import { fewWords } from './words.ts';

const SYNC = 0;
const AWARENESS = 1;

interface Room {
  readonly doc: Y.Doc;
  readonly awareness: awarenessProtocol.Awareness;
  readonly sockets: Set<WebSocket>;
}

export async function startYProtocols(): Promise<BoardServer> {
  const rooms = new Map<string, Room>();
  const roomOf = (name: string): Room => {
    let room = rooms.get(name);
    if (room === undefined) rooms.set(name, (room = openRoom()));
    return room;
  };
  const server = await listen(
    'stock',
    (socket, name) => welcome(socket, roomOf(name)),
    (name, index) => Y.applyUpdate(roomOf(name).doc, Y.encodeStateAsUpdate(fewWords(index))),
  );
  return { ...server, put: (name, state) => Y.applyUpdate(roomOf(name).doc, state) };
}

function openRoom(): Room {
  const doc = new Y.Doc();
  const sockets = new Set<WebSocket>();
  const awareness = new awarenessProtocol.Awareness(doc);
  awareness.setLocalState(null);
  doc.on('update', (update: Uint8Array) => {
    const frame = encode(SYNC, (encoder) => syncProtocol.writeUpdate(encoder, update));
    for (const socket of sockets) socket.send(frame);
  });
  awareness.on('update', ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
    const clients = [...added, ...updated, ...removed];
    const states = awarenessProtocol.encodeAwarenessUpdate(awareness, clients);
    const frame = encode(AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, states));
    for (const socket of sockets) socket.send(frame);
  });
  return { doc, awareness, sockets };
}

function welcome(socket: WebSocket, { doc, awareness, sockets }: Room): void {
  sockets.add(socket);
  socket.on('message', (data: Buffer) => {
    const decoder = decoding.createDecoder(new Uint8Array(data));
    const type = decoding.readVarUint(decoder);
    if (type === AWARENESS) {
      const states = decoding.readVarUint8Array(decoder);
      return awarenessProtocol.applyAwarenessUpdate(awareness, states, socket);
    }
    const answer = encode(SYNC, (encoder) => syncProtocol.readSyncMessage(decoder, encoder, doc, socket));
    if (answer.length > 1) socket.send(answer);
  });
  socket.on('close', () => sockets.delete(socket));
  socket.send(encode(SYNC, (encoder) => syncProtocol.writeSyncStep1(encoder, doc)));
}

function encode(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}
