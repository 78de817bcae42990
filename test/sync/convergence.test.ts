/**
 * Three people on four devices do whatever comes to mind while their networks break: at the end all hold the same,
 * it is what SQL says, no rule of the domain is broken, and nothing that was answered has become untrue.
 */
import { draftName, listDrafts, readRows, roomName, writeDraft } from '@muster/documents';
import { deciderOf, lifecycleOf } from '@muster/domain';
import type { CommandEnvelope, RecordId, Recorded, Ticket, TicketEvent } from '@muster/domain/shared';
import { SYSTEM, recordId, serviceId } from '@muster/domain/shared';
import { flawsAmong, flawsOf, illegalStep } from '@muster/domain/testing';
import { startTestServer } from '@muster/server/testing';
import type { TestServer, TestSession } from '@muster/server/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type * as Y from 'yjs';
import { envelope, plainCreation, randomCommand } from '../support/sync/acts.ts';
import type { Cast } from '../support/sync/acts.ts';
import { Author } from '../support/sync/author.ts';
import { note } from '../support/sync/measures.ts';
import { contentOf, editRoom } from '../support/sync/prose.ts';
import { Random, seeds } from '../support/sync/random.ts';
import { Seat } from '../support/sync/seat.ts';
import type { TransportKind } from '../support/sync/seat.ts';
import { storedDocument, storedHistory, vectorOf } from '../support/sync/stored.ts';

const SEATS: readonly (readonly [email: string, transport: TransportKind])[] = [
  ['agent@desk.test', 'stock'],
  ['agent@desk.test', 'channels'],
  ['other@desk.test', 'channels'],
  ['lead@desk.test', 'stock'],
];
/** Days of work, each of which ends with all networks back and everybody holding the same. */
const DAYS = 7;
const STEPS = 10;
const FIRST_RECORDS = 9;
const ROOMS = 3;
const PATIENT = { timeout: 60_000, interval: 10 };
const SERVICES = ['mail', 'phones'].map(serviceId);

interface Worker {
  readonly session: TestSession;
  readonly seat: Seat;
  readonly author: Author;
  readonly boards: readonly string[];
  readonly random: Random;
}

interface Scene {
  readonly server: TestServer;
  readonly cast: Cast;
  readonly rooms: readonly RecordId[];
  readonly workers: readonly Worker[];
}

describe('days with bad networks', () => {
  it.each(seeds(20_261_123, { short: 2, perThousand: 300 }))(
    'leaves everybody with the same, which is what SQL says, and no rule broken [seed %i]',
    { timeout: 120_000 },
    async (seed) => {
      const scene = await openScene(new Random(seed));
      for (let day = 0; day < DAYS; day += 1) {
        await Promise.all(scene.workers.map((worker) => work(worker, scene)));
        await comeTogether(scene);
        // stock clients are not told what is kept, and a deletion on its way moves no state vector
        await vi.waitFor(() => expectSameCopies(scene), { timeout: 30_000, interval: 50 });
        note('convergence runs', 1);
      }
      await expectStableOutcomes(scene);
      await expectRulesKept(scene);
      expect(await scene.server.store.verify()).toMatchObject({ ok: true, findings: [] });
      expect(scene.workers.flatMap(({ seat }) => seat.refusals)).toEqual([]);
    },
  );
});

async function openScene(random: Random): Promise<Scene> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  for (const id of SERVICES) {
    await server.store.writer
      .insertInto('service')
      .values({ id, name: id, team: null, criticality: 2 })
      .execute();
  }
  await server.store.refreshDirectory();
  const cast: Cast = {
    people: server.accounts.map(({ id }) => id),
    teams: [...server.teams.values()],
    services: SERVICES,
  };
  const rooms: RecordId[] = [];
  const workers: Worker[] = [];
  for (const [email, transport] of SEATS) {
    const session = await server.signIn(email);
    const seat = new Seat({ ...session, url: server.url, transport, random: random.fork(), repeats: true });
    onTestFinished(() => seat.close());
    const call = (body: string, signal: AbortSignal) =>
      fetch(new URL('/api/commands', server.url), {
        method: 'POST',
        headers: { cookie: session.cookie, 'content-type': 'application/json' },
        body,
        signal,
      });
    const author = new Author(call, seat.line, random.fork());
    workers.push({ session, seat, author, boards: await boardsOf(session), random: random.fork() });
  }
  const [first] = workers;
  for (let index = 0; index < FIRST_RECORDS; index += 1) {
    const process = index % 2 === 0 ? 'desk' : 'incident';
    const requester = random.pick(cast.people);
    const act = plainCreation(process, requester, `Case ${index}`);
    const made = envelope(process, recordId(random.ulid()), act, 0, random);
    await first?.author.act(made);
    if (index < ROOMS) rooms.push(made.target);
  }
  for (const { session, seat, boards } of workers) {
    for (const name of [...boards, ...rooms.map(roomName), draftName(session.person)]) seat.open(name);
    await vi.waitUntil(() => seat.names.every((name) => seat.isSynced(name)), PATIENT);
  }
  return { server, cast, rooms, workers };
}

async function boardsOf(session: TestSession): Promise<readonly string[]> {
  const answer = await session.call('GET', '/api/documents');
  const { documents } = (await answer.json()) as { documents: { name: string; kind: string }[] };
  return documents.filter(({ kind }) => kind === 'board').map(({ name }) => name);
}

/** One person's day on one device. */
async function work({ seat, author, boards, random, session }: Worker, scene: Scene): Promise<void> {
  const command = (): CommandEnvelope => {
    const seen = boards.flatMap((name) => readRows(seat.open(name)).tickets);
    return randomCommand(random, seen, scene.cast);
  };
  const room = (): Y.Doc => seat.open(roomName(random.pick(scene.rooms)));
  for (let step = 0; step < STEPS; step += 1) {
    const act = random.weighted<() => unknown>([
      [40, () => author.act(command())],
      [6, () => author.act(...Array.from({ length: 2 + random.below(9) }, command))],
      [30, () => editRoom(room(), random)],
      [8, () => typeDraft(seat.open(draftName(session.person)), random)],
      [4, () => seat.appear(roomName(random.pick(scene.rooms)), { at: random.word() })],
      [5, () => seat.line.cut(random.below(4))],
      [6, () => seat.line.mend()],
      [2, () => seat.reload()],
    ]);
    await act();
    if (seat.line.isUp) await author.flush();
    await oneTurn();
  }
}

function typeDraft(drafts: Y.Doc, random: Random): void {
  const id = random.pick(['new:a', 'new:b', 'reply:c']);
  const before = listDrafts(drafts).find((draft) => draft.id === id)?.text ?? '';
  const at = random.below(before.length + 1);
  const cut = random.chance(30) ? random.below(4) : 0;
  writeDraft(drafts, id, `${before.slice(0, at)}${random.word()}${before.slice(at + cut)}`, Date.now());
}

/** Lets the network have its turn, so that what people do meets on its way. */
function oneTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** All networks are back; waits until every copy stands where the server's log stands. */
async function comeTogether({ server, workers }: Scene): Promise<void> {
  for (const { seat, author } of workers) {
    seat.line.mend();
    await author.flush();
  }
  const names = new Set(workers.flatMap(({ seat }) => seat.names));
  const behind = async (): Promise<readonly string[]> => {
    const late: string[] = [];
    for (const name of names) {
      const truth = vectorOf(await storedDocument(server, name));
      for (const { seat, session } of workers) {
        if (seat.holds(name) && vectorOf(seat.open(name)) !== truth)
          late.push(`${name} of ${session.person}`);
      }
    }
    return late;
  };
  await expect.poll(behind, { timeout: 30_000, interval: 50 }).toEqual([]);
  const told = workers.filter(({ seat }) => seat.transport === 'channels');
  await vi.waitUntil(() => told.every(({ seat }) => seat.names.every((name) => seat.isSaved(name))), PATIENT);
}

async function expectSameCopies({ server, workers, rooms }: Scene): Promise<void> {
  const sameEverywhere = async (name: string, content: (doc: Y.Doc) => unknown): Promise<void> => {
    const truth = content(await storedDocument(server, name));
    for (const { seat } of workers)
      if (seat.holds(name)) expect(content(seat.open(name)), name).toEqual(truth);
  };
  for (const board of new Set(workers.flatMap(({ boards }) => boards))) {
    await sameEverywhere(board, (doc) => doc.getMap('rows').toJSON());
  }
  for (const room of rooms) await sameEverywhere(roomName(room), contentOf);
  for (const { session } of workers) {
    await sameEverywhere(draftName(session.person), (doc) =>
      Object.fromEntries(listDrafts(doc).map(({ id, ...draft }) => [id, draft])),
    );
  }
}

async function expectStableOutcomes({ server, workers }: Scene): Promise<void> {
  const before = await eventCount(server);
  for (const { author } of workers) {
    expect(author.outcomes.size).toBe(new Set(author.sent.map(({ id }) => id)).size);
    await author.resend();
    expect(author.contradictions).toEqual([]);
  }
  expect(await eventCount(server)).toBe(before);
}

async function eventCount({ store }: TestServer): Promise<number> {
  return (await store.status()).events;
}

/** Reads every record as its history tells it. */
async function expectRulesKept(scene: Scene): Promise<void> {
  const { server } = scene;
  const rows = await server.store.reader.selectFrom('record').select(['id', 'data']).execute();
  const tickets = rows.map(({ data }) => JSON.parse(data) as Ticket);
  expect(flawsAmong(tickets)).toEqual([]);
  expect(new Set(tickets.map(({ number }) => number)).size).toBe(tickets.length);
  const said = saidIn(scene.workers);
  for (const ticket of tickets) {
    const lifecycle = lifecycleOf(ticket.process);
    expect(flawsOf(ticket, lifecycle)).toEqual([]);
    const history = await storedHistory(server, ticket.id);
    let state: Ticket | null = null;
    for (const [index, recorded] of history.entries()) {
      expect(recorded.version).toBe(index + 1);
      if (state !== null) {
        expect(illegalStep(recorded.event, state, lifecycle, true)).toBeNull();
        if (recorded.event.type === 'claimed') expect(state.owner).toBeNull();
      }
      state = deciderOf(ticket.process).evolve(state, recorded, ticket.id);
    }
    expect(state).toEqual(ticket);
    for (const [words, times] of wordsIn(ticket.id, history)) {
      expect(said.get(words), words).toBe(times);
      said.delete(words);
    }
  }
  expect([...said.keys()]).toEqual([]);
}

/** How often each reply and note was answered as applied, by record, author, kind and words. */
function saidIn(workers: readonly Worker[]): Map<string, number> {
  const said = new Map<string, number>();
  for (const { author, session } of workers) {
    for (const { id, type, target, args } of new Map(author.sent.map((one) => [one.id, one])).values()) {
      const verb = type.split('.')[1];
      if (verb !== 'reply' && verb !== 'comment') continue;
      if (author.outcomes.get(id)?.outcome !== 'applied') continue;
      const kind = verb === 'reply' ? 'replied' : 'commented';
      count(said, `${target} ${session.person} ${kind} ${(args as { text: string }).text}`);
    }
  }
  return said;
}

/** How often a history holds each reply and note of a person; what reactions carry over (FLW-2) is the system's. */
function wordsIn(record: RecordId, history: readonly Recorded<TicketEvent>[]): Map<string, number> {
  const words = new Map<string, number>();
  for (const { event, actor } of history) {
    if (actor === SYSTEM) continue;
    if (event.type === 'replied' || event.type === 'commented') {
      count(words, `${record} ${actor} ${event.type} ${event.text}`);
    }
  }
  return words;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
