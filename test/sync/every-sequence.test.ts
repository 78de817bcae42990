/**
 * A day's work with folds in the middle, and then every document at every sequence: the log from its start, the newest
 * snapshot before with the updates after it, and what replay tells, are one and the same.
 */
import { draftName, inboxName, journalName, parseName, recordName, roomName } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import { recordId, serviceId } from '@muster/domain/shared';
import { startTestServer } from '@muster/server/testing';
import type { TestServer } from '@muster/server/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as Y from 'yjs';
import { envelope, plainCreation, randomCommand } from '../support/sync/acts.ts';
import { note } from '../support/sync/measures.ts';
import { contentOf, editRoom } from '../support/sync/prose.ts';
import { Random, seeds, timeLimit } from '../support/sync/random.ts';
import { Seat } from '../support/sync/seat.ts';
import { stateOf } from '../support/sync/stored.ts';

const PHASES = 4;
const STEPS = 25;
const RECORDS = 3;
const PATIENT = { timeout: 60_000, interval: 5 };

interface Logged {
  readonly seq: number;
  readonly at: number;
  readonly bin: Uint8Array;
}

describe('every document at every sequence', () => {
  it.each(seeds(20_261_123, { short: 1, perThousand: 40 }))(
    'is what its log, its snapshots and its replay say [seed %i]',
    timeLimit(300_000),
    async (seed) => {
      const random = new Random(seed);
      const server = await startTestServer();
      onTestFinished(() => server.stop());
      const logs = new Map<string, Logged[]>();
      const snapshots = new Map<string, Map<number, Uint8Array>>();
      const records = await workInPhases(server, random, async () => {
        await noteLogs(server, logs);
        for (const name of logs.keys()) if (random.chance(70)) await server.store.documents.compact(name);
        await noteSnapshots(server, snapshots);
      });
      for (const [name, log] of logs) {
        expect(
          log.map(({ seq }) => seq),
          name,
        ).toEqual(log.map((_, index) => index + 1));
        await expectSameAtEach(server, name, log, snapshots.get(name) ?? new Map());
      }
      const kinds = new Set([...logs.keys()].map((name) => parseName(name)?.kind));
      expect([...kinds]).toEqual(
        expect.arrayContaining(['board', 'record', 'journal', 'inbox', 'room', 'draft']),
      );
      expect(records).toHaveLength(RECORDS);
      expect(await server.store.verify()).toMatchObject({ ok: true, findings: [] });
    },
  );
});

async function workInPhases(
  server: TestServer,
  random: Random,
  afterEach: () => Promise<void>,
): Promise<readonly RecordId[]> {
  const session = await server.signIn('agent@desk.test');
  const seat = new Seat({ ...session, url: server.url, transport: 'channels', random: random.fork() });
  onTestFinished(() => seat.close());
  const act = async (command: object): Promise<void> => {
    const answer = await session.call('POST', '/api/commands', [command]);
    if (!answer.ok) throw new Error(`a command answered ${answer.status}`);
  };
  const records = Array.from({ length: RECORDS }, () => recordId(random.ulid()));
  for (const id of records)
    await act(envelope('incident', id, plainCreation('incident', session.person), 0, random));
  const names = records.flatMap((id) => [recordName(id), journalName(id), roomName(id)]);
  for (const name of [...names, inboxName(session.person), draftName(session.person)]) seat.open(name);
  await vi.waitUntil(() => seat.names.every((name) => seat.isSynced(name)), PATIENT);
  const cast = {
    people: server.accounts.map(({ id }) => id),
    teams: [...server.teams.values()],
    services: [serviceId('none')],
  };
  for (let phase = 0; phase < PHASES; phase += 1) {
    for (let step = 0; step < STEPS; step += 1) {
      const rooms = records.map((id) => seat.open(roomName(id)));
      if (random.chance(60)) editRoom(random.pick(rooms), random);
      else await act(randomCommand(random, await ticketsOf(server), cast));
    }
    const drafts = seat.open(draftName(session.person));
    drafts.getText('draft:new:a').insert(0, random.word());
    await vi.waitUntil(() => seat.names.every((name) => seat.isSaved(name)), PATIENT);
    await afterEach();
  }
  return records;
}

type Seen = Parameters<typeof randomCommand>[1];

async function ticketsOf(server: TestServer): Promise<Seen> {
  const rows = await server.store.reader.selectFrom('record').select('data').execute();
  return rows.map(({ data }) => JSON.parse(data) as Seen[number]);
}

/** Takes down what each log holds beyond what was taken down before: folds take the old away. */
async function noteLogs({ store }: TestServer, logs: Map<string, Logged[]>): Promise<void> {
  const rows = await store.reader
    .selectFrom('document_update')
    .select(['name', 'seq', 'at', 'bin'])
    .orderBy('seq')
    .execute();
  for (const { name, ...logged } of rows) {
    const log = logs.get(name) ?? [];
    logs.set(name, log);
    if (logged.seq > log.length) log.push(logged);
  }
}

async function noteSnapshots(
  { store }: TestServer,
  snapshots: Map<string, Map<number, Uint8Array>>,
): Promise<void> {
  for (const { name, seq, bin } of await store.reader.selectFrom('document_snapshot').selectAll().execute()) {
    snapshots.set(name, (snapshots.get(name) ?? new Map<number, Uint8Array>()).set(seq, bin));
  }
}

async function expectSameAtEach(
  { store }: TestServer,
  name: string,
  log: readonly Logged[],
  snapshots: ReadonlyMap<number, Uint8Array>,
): Promise<void> {
  const isRoom = parseName(name)?.kind === 'room';
  const folded = new Y.Doc();
  let fromSnapshot: Y.Doc | null = null;
  for (const { seq, at, bin } of log) {
    Y.applyUpdate(folded, bin);
    if (fromSnapshot !== null) Y.applyUpdate(fromSnapshot, bin);
    const snapshot = snapshots.get(seq);
    if (snapshot !== undefined) {
      fromSnapshot = new Y.Doc();
      Y.applyUpdate(fromSnapshot, snapshot);
    }
    const there = stateOf(name, folded);
    if (fromSnapshot !== null) expect(stateOf(name, fromSnapshot), `${name} at ${seq}`).toBe(there);
    // an instant stands for the last update of its millisecond
    if (isRoom && at !== log[seq]?.at) {
      const replay = await store.rooms.stateAt(name, at);
      if (replay.outcome !== 'found') throw new Error(`${name} at ${seq}: ${replay.outcome}`);
      const replayed = new Y.Doc();
      Y.applyUpdate(replayed, replay.found);
      expect(contentOf(replayed), `${name} at ${seq}`).toBe(contentOf(folded));
    }
    note('sequences compared', 1);
  }
}
