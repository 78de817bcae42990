/** Opening the boards of 10,000 and 20,000 rows for the first time: bytes on the wire, and how soon they are synced. */
import { kindOf } from '@muster/documents';
import { openChannelSocket } from '@muster/sync/client';
import type { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Desk } from '../support/desk.ts';
import { withDesk } from './desk.ts';
import { median, report } from './report.ts';
import type { Measurement } from './report.ts';

const SIZES = [10_000, 20_000];
const VISITS = 7;
/** The largest board, as it may cost whoever opens it. */
const MOST_KB = 300;
const MOST_MS = 1_000;

interface Opening {
  readonly rows: number;
  /** From the socket's first packet to the last document synced. */
  readonly ms: number;
  readonly bytes: number;
}

for (const size of SIZES) {
  await withDesk(size, async ({ desk }) => {
    const { cookie } = await desk.session('agent@desk.test');
    const names = await boardsOf(desk, cookie);
    const cold = await open(desk, cookie, names, 2);
    const told: Measurement[] = [
      { what: 'rows on the boards', value: cold.rows, unit: 'rows' },
      { what: 'first of all to open them, received', value: cold.bytes / 1024, unit: 'KB' },
      { what: 'first of all to open them, connect to synced', value: cold.ms, unit: 'ms' },
    ];
    for (const extension of [1, 2]) {
      const openings: Opening[] = [];
      for (let visit = 0; visit < VISITS; visit += 1)
        openings.push(await open(desk, cookie, names, extension));
      const packed = extension === 2;
      const what = packed ? 'packed' : 'plain';
      const kilobytes = median(openings.map(({ bytes }) => bytes)) / 1024;
      const ms = median(openings.map((opening) => opening.ms));
      told.push(
        {
          what: `${what}, received over the socket`,
          value: kilobytes,
          unit: 'KB',
          ...(packed && { target: MOST_KB }),
        },
        {
          what: `${what}, connect to synced, median of ${VISITS}`,
          value: ms,
          unit: 'ms',
          ...(packed && { target: MOST_MS }),
        },
      );
    }
    await report(`board-open-${size}`, told);
  });
}

async function boardsOf(desk: Desk, cookie: string): Promise<readonly string[]> {
  const answer = await fetch(new URL('/api/documents', desk.url), { headers: { cookie } });
  const listed = JSON.stringify(await answer.json());
  return [...new Set(listed.match(/(?:board|directory)[/@][a-z0-9/@]*/g))].filter(
    (name) => kindOf(name) !== null,
  );
}

/** Opens documents on one socket as the client of a browser does that has none of them. */
async function open(
  desk: Desk,
  cookie: string,
  names: readonly string[],
  extension: number,
): Promise<Opening> {
  let received = (): number => 0;
  class CountedSocket extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie } });
      this.once('upgrade', ({ socket }) => (received = () => (socket as TLSSocket).bytesRead));
    }
  }
  const began = performance.now();
  const socket = openChannelSocket({
    url: `${desk.url.replace('http', 'ws')}/sync?ext=${extension}`,
    WebSocket: CountedSocket as unknown as typeof globalThis.WebSocket,
  });
  const held = names.map((name) => {
    const doc = new Y.Doc();
    const options = { WebSocketPolyfill: socket.polyfillFor(name), disableBc: true };
    const provider = new WebsocketProvider('bench', name, doc, options);
    const synced = new Promise<void>((resolve) => provider.on('sync', (done: boolean) => done && resolve()));
    return { doc, provider, synced };
  });
  await Promise.all(held.map(({ synced }) => synced));
  const ms = performance.now() - began;
  const bytes = received();
  const rows = held.reduce((sum, { doc }) => sum + doc.getMap('rows').size, 0);
  for (const { doc, provider } of held) {
    provider.destroy();
    doc.destroy();
  }
  socket.close();
  return { rows, ms, bytes };
}
