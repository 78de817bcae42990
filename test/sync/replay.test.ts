/**
 * Rooms as they stood: several people write in several rooms, with reconnects, folds and segments in between, and
 * somebody watches. Whatever instant is asked for afterwards, the server answers what the watcher saw then.
 */
import { isProseText } from '@muster/documents';
import type { ProseNode, RoomContent } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import { startTestServer } from '@muster/server/testing';
import type { StockClient, TestServer, TestSession } from '@muster/server/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as Y from 'yjs';
import { contentOf, editRoom } from '../support/sync/prose.ts';
import { Random, effort, seeds, timeLimit } from '../support/sync/random.ts';
import { ROOTS, WatchedRoom } from '../support/sync/watched-room.ts';
import type { Sight, TypedCharacter } from '../support/sync/watched-room.ts';

const ROOMS = 4;
const EDITS = 160;
const WRITERS = ['agent@desk.test', 'other@desk.test', 'lead@desk.test'] as const;
const PATIENT = { timeout: 60_000, interval: 1 };
const DAY_MS = 24 * 60 * 60 * 1000;

interface Pen {
  readonly person: string;
  readonly client: StockClient;
}

interface RoomAnswer {
  readonly seq: number;
  readonly content: RoomContent;
}

describe('a room at an instant', () => {
  it.each(seeds(20_261_125, { short: 1, perThousand: 20 }))(
    '[SYN-33] is what a client saw then, each character with who typed it and when [seed %i]',
    timeLimit(240_000),
    async (seed) => {
      const random = new Random(seed);
      // people who type faster than people can
      const server = await startTestServer({ limits: { messagesPerSecond: 5_000, messageBurst: 20_000 } });
      onTestFinished(() => server.stop());
      const sessions = await Promise.all(WRITERS.map((email) => server.signIn(email)));
      const [first] = sessions;
      if (first === undefined) throw new Error('nobody writes');
      const rooms = await Promise.all(
        Array.from({ length: ROOMS }, () => writeInRoom(server, first, sessions, random.fork())),
      );
      const instants = effort({ short: 1_000, perThousand: 0 });
      for (let asked = 0; asked < instants; asked += 1) {
        const room = random.pick(rooms);
        const at = instantIn(room, random);
        await expectAsSeen(server, room, at);
      }
      for (const room of rooms) await expectStateAsSeen(server, room, instantIn(room, random));
      await expectKept(server);
    },
  );
});

/** Everybody writes in one room, now and then without a network, while one of them watches. */
async function writeInRoom(
  server: TestServer,
  maker: TestSession,
  sessions: readonly TestSession[],
  random: Random,
): Promise<WatchedRoom> {
  const record = await maker.createTicket('incident', { description: 'Nothing arrives.\nSince noon.' });
  const createdAt = await creationOf(server, record.id);
  const watcher = maker.open(`room/${record.id}`);
  const pens = sessions.map((session) => ({
    person: session.person,
    client: session.open(`room/${record.id}`),
  }));
  await Promise.all([watcher, ...pens.map(({ client }) => client)].map((client) => client.synced()));
  const owners = new Map(pens.map(({ person, client }) => [client.doc.clientID, person]));
  const room = new WatchedRoom(server, record.id, watcher, owners, { person: maker.person, at: createdAt });
  await room.note();
  for (let step = 0; step < EDITS; step += 1) {
    if (random.chance(5)) await writeApart(room, pens, random);
    else await writeOnce(room, random.pick(pens), random);
    if (random.chance(3)) await server.store.documents.compact(room.name);
    if (random.chance(2)) await server.store.rooms.keep(Date.now() + 120 * DAY_MS);
  }
  return room;
}

async function writeOnce(room: WatchedRoom, pen: Pen, random: Random): Promise<void> {
  await seenBy(room, pen, () => editRoom(pen.client.doc, random));
}

/** Two people write what the other cannot see, and come back one after the other. */
async function writeApart(room: WatchedRoom, pens: readonly Pen[], random: Random): Promise<void> {
  const [one, two] = random.chance(50) ? [pens[0], pens[1]] : [pens[2], pens[1]];
  if (one === undefined || two === undefined) throw new Error('there are three');
  for (const { client } of [one, two]) client.provider.disconnect();
  for (const pen of [one, two, one]) editRoom(pen.client.doc, random);
  for (const pen of [one, two]) {
    await seenBy(room, pen, () => pen.client.provider.connect());
    await pen.client.synced();
  }
}

/** Waits until what a pen did stands in the watcher's copy and in all others, and writes it down. */
async function seenBy(room: WatchedRoom, pen: Pen, act: () => void): Promise<void> {
  const before = Y.encodeSnapshot(Y.snapshot(pen.client.doc));
  const wasOnline = pen.client.provider.wsconnected;
  act();
  const changed = !wasOnline || !same(before, Y.encodeSnapshot(Y.snapshot(pen.client.doc)));
  if (!changed) return;
  await vi.waitFor(() => {
    if (!pen.client.provider.synced || contentOf(room.doc) !== contentOf(pen.client.doc))
      throw new Error(`${room.name}: not yet ${JSON.stringify(pen.client.closes)}`);
    if (!Y.equalSnapshots(Y.snapshot(room.doc), Y.snapshot(pen.client.doc)))
      throw new Error(`${room.name}: not yet ${JSON.stringify(pen.client.closes)}`);
  }, PATIENT);
  await room.note();
}

/** The instants were asked of checkpoints, segments and raw updates, and all of them verify. */
async function expectKept({ store }: TestServer): Promise<void> {
  for (const table of ['room_checkpoint', 'room_segment', 'document_update'] as const) {
    const kept = await store.reader
      .selectFrom(table)
      .select('name')
      .where('name', 'like', 'room/%')
      .execute();
    expect(kept.length, table).toBeGreaterThan(0);
  }
  expect((await store.verify()).findings).toEqual([]);
}

function instantIn(room: WatchedRoom, random: Random): number {
  const from = (room.sights[0]?.at ?? 0) - 5;
  const to = (room.sights.at(-1)?.at ?? 0) + 5;
  return from + random.below(to - from + 1);
}

async function expectAsSeen(server: TestServer, room: WatchedRoom, at: number): Promise<void> {
  const replay = await server.store.rooms.contentAt(room.name, at, null);
  if (replay.outcome !== 'found') throw new Error(`nothing at ${at}: ${JSON.stringify(replay)}`);
  const answer = JSON.parse(new TextDecoder().decode(replay.found)) as RoomAnswer;
  const sight = sightAt(room, at);
  expect(answer.seq).toBe(sight?.seq ?? 0);
  for (const root of ROOTS) expect(typedIn(answer.content[root].content)).toEqual(sight?.typed[root] ?? []);
}

async function expectStateAsSeen(server: TestServer, room: WatchedRoom, at: number): Promise<void> {
  const replay = await server.store.rooms.stateAt(room.name, at);
  if (replay.outcome !== 'found') throw new Error(`no state at ${at}`);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, replay.found);
  const sight = sightAt(room, at);
  expect(contentOf(doc)).toBe(sight?.content ?? contentOf(new Y.Doc()));
}

const sightAt = (room: WatchedRoom, at: number): Sight | undefined =>
  room.sights.findLast((sight) => sight.at <= at);

function typedIn(nodes: readonly ProseNode[]): readonly TypedCharacter[] {
  return nodes.flatMap((node) => {
    if (!isProseText(node)) return 'content' in node ? typedIn(node.content ?? []) : [];
    const { text, written } = node;
    return [...text].map((character): TypedCharacter => [character, written?.person ?? '', written?.at ?? 0]);
  });
}

async function creationOf(server: TestServer, record: RecordId): Promise<number> {
  const row = await server.store.reader
    .selectFrom('event')
    .select('at')
    .where('record', '=', record)
    .where('version', '=', 1)
    .executeTakeFirstOrThrow();
  return row.at;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
