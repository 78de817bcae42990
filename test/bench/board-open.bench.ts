/**
 * Opening the boards of 10,000 and 20,000 believable rows for the first time: bytes on the wire, and how soon they are
 * synced. The server runs in the same process, so its work and the client's are in one another's time.
 */
import { PAGE_VERSION } from '@muster/sync';
import { kindOf } from '@muster/documents';
import { startTestServer } from '@muster/server/testing';
import type { TestServer } from '@muster/server/testing';
import { openChannelSocket } from '@muster/sync/client';
import type { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { believableHistories } from '../support/believable.ts';
import type { IdBits } from '../support/believable.ts';
import { median, report } from './report.ts';
import type { Measurement } from './report.ts';

const SIZES = [10_000, 20_000];
const VISITS = 7;
const SEED = 2026;
const BATCH = 500;
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
  for (const bits of [30, 80] as const) {
    const server = await startTestServer();
    try {
      const histories = believableHistories(size, SEED, Date.now(), bits);
      for (let from = 0; from < size; from += BATCH)
        await server.store.commands.importHistories(histories.slice(from, from + BATCH), { dryRun: false });
      await tell(server, size, bits);
    } finally {
      await server.stop();
    }
  }
}

async function tell(server: TestServer, size: number, bits: IdBits): Promise<void> {
  const { cookie } = await server.signIn('agent@desk.test');
  const names = await boardsOf(server.url, cookie);
  const visit = (extension: number) => open(server.url, cookie, names, extension);
  const cold = await visit(2);
  const told: Measurement[] = [
    { what: `rows on the boards, ids of ${bits} random bits`, value: cold.rows, unit: 'rows' },
    { what: 'first of all to open them, received', value: cold.bytes / 1024, unit: 'KB' },
    { what: 'first of all to open them, connect to synced', value: cold.ms, unit: 'ms' },
  ];
  for (const packed of [false, true]) {
    const openings: Opening[] = [];
    for (let count = 0; count < VISITS; count += 1) openings.push(await visit(packed ? 2 : 1));
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
  await report(`board-open-${size}-ids-of-${bits}-bits`, told);
}

async function boardsOf(url: string, cookie: string): Promise<readonly string[]> {
  const answer = await fetch(new URL('/api/documents', url), { headers: { cookie } });
  const listed = JSON.stringify(await answer.json());
  return [...new Set(listed.match(/(?:board|directory)[/@][a-z0-9/@]*/g))].filter(
    (name) => kindOf(name) !== null,
  );
}

/** Opens documents on one socket as the client of a browser does that has none of them. */
async function open(
  url: string,
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
    url: `${url.replace('http', 'ws')}/sync?ext=${extension}&page=${PAGE_VERSION}`,
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
