/** A board from connect to synced: ours through our own client, a peer's as its protocol gives it. */
import { PAGE_VERSION } from '@muster/sync';
import { openChannelSocket } from '@muster/sync/client';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Started } from '../servers/server.ts';
import { RawSocket } from './raw-socket.ts';
import { visit } from './visit.ts';

export interface Board extends Started {
  readonly name: string;
  readonly cookie: string | undefined;
}

export interface BoardOpening {
  readonly ms: number;
  /** That came over the connection, its upgrade included. */
  readonly bytes: number;
  readonly rows: number;
}

export function openBoard(board: Board): Promise<BoardOpening> {
  return board.dialect === 'channels' ? openOurs(board) : openTheirs(board);
}

/** The bytes of a document, to be put into another server. */
export async function fetchState(board: Board): Promise<Uint8Array> {
  const { doc } = await visit(board.name, 'acknowledged', (name, events) =>
    RawSocket.open(`${board.address}${name}?ext=1`, board.cookie, events),
  );
  return Y.encodeStateAsUpdate(doc);
}

async function openTheirs({ address, dialect, name, cookie }: Board): Promise<BoardOpening> {
  let socket: RawSocket | undefined;
  const { doc, ms } = await visit(name, dialect, async (document, events) => {
    socket = await RawSocket.open(`${address}${document}`, cookie, events);
    return socket;
  });
  return { ms, bytes: socket?.bytesRead ?? 0, rows: doc.getMap('rows').size };
}

async function openOurs({ address, name, cookie = '' }: Board): Promise<BoardOpening> {
  let received = (): number => 0;
  class CountedSocket extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie } });
      this.once('upgrade', ({ socket }) => (received = () => (socket as Socket).bytesRead));
    }
  }
  const from = performance.now();
  const socket = openChannelSocket({
    url: `${address.replace(/\/$/, '')}?ext=2&page=${PAGE_VERSION}`,
    WebSocket: CountedSocket as unknown as typeof globalThis.WebSocket,
  });
  const doc = new Y.Doc();
  const options = { WebSocketPolyfill: socket.polyfillFor(name), disableBc: true };
  const provider = new WebsocketProvider('bench', name, doc, options);
  await new Promise<void>((resolve, reject) => {
    provider.on('sync', (synced: boolean) => (synced ? resolve() : null));
    provider.on('connection-close', (event) => reject(new Error(`${name} was closed with ${event?.code}`)));
  });
  const opening = { ms: performance.now() - from, bytes: received(), rows: doc.getMap('rows').size };
  provider.destroy();
  socket.close();
  return opening;
}
