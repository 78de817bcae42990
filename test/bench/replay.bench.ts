/**
 * Looking at any second of a six-hour room with 2,000 entries. A real server gives the recording of what was written
 * to it within seconds; what is looked at are the same updates laid over six hours, which makes more frames. They are
 * shown at random instants, forward and back, as the replay of an incident does; what a browser draws is not in here.
 */
import { RoomReplay, packRecording, unpackRecording } from '@muster/documents';
import type { Frame } from '@muster/documents';
import { startTestServer } from '@muster/server/testing';
import type { TestSession } from '@muster/server/testing';
import * as Y from 'yjs';
import { Random } from '../support/sync/random.ts';
import { median, quantile, report } from './report.ts';
import { typeRoom } from './room/fill.ts';

const ENTRIES = 2_000;
const SPAN_MS = 6 * 3_600_000;
const LOOKS = 300;
const SEED = 2026;
/** From the key to what is to be shown. */
const MOST_MS = 300;

const server = await startTestServer();
try {
  const agent = await server.signIn('agent@desk.test');
  const { id } = await agent.createTicket('incident');
  await tell(agent, id);
} finally {
  await server.stop();
}

async function tell(agent: TestSession, id: string): Promise<void> {
  const random = new Random(SEED);
  const begun = Date.now() - SPAN_MS;
  const frames = await writeRoom(agent, id, begun, random);

  const asked = performance.now();
  const answer = await agent.call('GET', `/api/records/${id}/room/recording`);
  const received = new Uint8Array(await answer.arrayBuffer());
  const fetched = performance.now();
  const told = unpackRecording(received);
  if (told === null) throw new Error('the server sent no recording');
  const check = new RoomReplay(told);
  const whole = check.show(check.length).entries.length;
  if (whole !== ENTRIES) throw new Error(`the recording holds ${whole} entries`);

  const packed = packRecording(null, frames);
  const begins = performance.now();
  const recording = unpackRecording(packed);
  if (recording === null) throw new Error('what was packed is not read');
  const replay = new RoomReplay(recording);
  while (replay.prepare(1_000) < 1);
  const ready = performance.now() - begins;

  const looks: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const at = begun + random.below(SPAN_MS);
    const began = performance.now();
    replay.show(replay.placeAt(at));
    looks.push(performance.now() - began);
  }
  await report('replay', [
    { what: 'entries', value: whole, unit: 'rows' },
    { what: 'the recording from the server', value: received.byteLength / 1024, unit: 'KB' },
    { what: 'the recording, asked to received', value: fetched - asked, unit: 'ms' },
    { what: 'frames over six hours', value: replay.length, unit: 'rows' },
    { what: 'those, packed', value: packed.byteLength / 1024, unit: 'KB' },
    { what: 'received to ready', value: ready, unit: 'ms' },
    { what: `any second, median of ${LOOKS}`, value: median(looks), unit: 'ms' },
    { what: 'any second, 99 of 100 below', value: quantile(looks, 0.99), unit: 'ms', target: MOST_MS },
    { what: 'any second, slowest', value: Math.max(...looks), unit: 'ms', target: MOST_MS },
  ]);
}

/** What the server gets, in large parts because it lets nobody send so much in so short a time singly, and its frames. */
async function writeRoom(
  agent: TestSession,
  id: string,
  begun: number,
  random: Random,
): Promise<readonly Frame[]> {
  const client = agent.open(`room/${id}`);
  await client.synced();
  const first = { at: begun, update: Y.encodeStateAsUpdate(client.doc) };
  const room = typeRoom({ entries: ENTRIES, by: agent.person, begun, spanMs: SPAN_MS, random });
  const sent = new Y.Doc();
  for (const part of room.parts) {
    Y.applyUpdate(sent, part);
    Y.applyUpdate(client.doc, part);
    await stored(agent, id, sent);
  }
  client.destroy();
  client.doc.destroy();
  return [first, ...room.frames];
}

/** Waits until the server has all of it on disk. */
async function stored(agent: TestSession, id: string, doc: Y.Doc): Promise<void> {
  const expected = [...Y.decodeStateVector(Y.encodeStateVector(doc))];
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    const answer = await agent.call('GET', `/api/records/${id}/room/recording`);
    const there = new Y.Doc();
    for (const { update } of unpackRecording(new Uint8Array(await answer.arrayBuffer()))?.frames ?? []) {
      Y.applyUpdate(there, update);
    }
    const reached = Y.decodeStateVector(Y.encodeStateVector(there));
    there.destroy();
    if (expected.every(([client, clock]) => (reached.get(client) ?? 0) >= clock)) return;
  }
  throw new Error('the server did not take what was written');
}
