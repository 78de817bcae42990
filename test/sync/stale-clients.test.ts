/**
 * Devices that come back after a day, a month and a year. Meanwhile boards went into later epochs, records ended and
 * left them, rooms were folded, people's rights changed, sessions ended, and once the store was put back. What a
 * device brings is there once or in its tray with its words; what was deleted stays deleted.
 */
import { boardName, directoryName, readRoomText, roomName } from '@muster/documents';
import type { RecordId, TicketAct } from '@muster/domain/shared';
import { startTestServer } from '@muster/server/testing';
import type { TestSession } from '@muster/server/testing';
import { PAGE_VERSION } from '@muster/sync';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as Y from 'yjs';
import { newDevice, openClient } from '../support/living-client.ts';
import type { Device, LivingClient } from '../support/living-client.ts';
import { paragraphOf } from '../support/sync/prose.ts';
import { Random, seeds } from '../support/sync/random.ts';
import { RestorableDesk, create, living, write } from '../support/sync/restorable-desk.ts';
import { Seat } from '../support/sync/seat.ts';

const SEED = 20_261_123;
const PATIENT = { timeout: 60_000, interval: 10 };
const DAY_MS = 24 * 60 * 60 * 1000;

interface Age {
  readonly what: string;
  readonly days: number;
  readonly rotations: number;
  /** Sessions end in the course of it. */
  readonly signedOut: boolean;
  readonly restored: boolean;
}

const AGES: readonly Age[] = [
  { what: 'a day old', days: 1, rotations: 1, signedOut: false, restored: false },
  { what: '30 days old', days: 30, rotations: 3, signedOut: true, restored: false },
  { what: '400 days old', days: 400, rotations: 5, signedOut: true, restored: false },
  {
    what: '30 days old, of a store that was put back since',
    days: 30,
    rotations: 2,
    signedOut: true,
    restored: true,
  },
];

/** What a device did while nobody heard of it: words, each said once. */
interface Work {
  readonly acts: string[];
  readonly paragraphs: Map<RecordId, string[]>;
}

const run = ({ muster }: LivingClient, record: RecordId, act: TicketAct) =>
  muster.commands.run('incident', record, act);

/** Works offline with a clock that is behind by the device's age, and closes. */
async function workAlone(
  device: Device,
  age: Age,
  records: readonly RecordId[],
  random: Random,
): Promise<Work> {
  const ageMs = age.days * DAY_MS;
  const then = { ...device.session, clockOffsetMs: -ageMs };
  const client = await openClient(
    { ...device, session: then },
    { online: false, now: () => Date.now() - ageMs },
  );
  const work: Work = { acts: [], paragraphs: new Map() };
  for (let step = 0; step < 12; step += 1) {
    const record = random.pick(records);
    const words = random.ulid();
    const act = random.weighted<TicketAct | null>([
      [3, { verb: 'comment', text: words }],
      [3, { verb: 'edit', fields: { category: words } }],
      [3, null],
    ]);
    if (act !== null) {
      await run(client, record, act).kept;
      work.acts.push(words);
      continue;
    }
    const room = client.muster.openRoom(record);
    await vi.waitUntil(() => room.loaded, PATIENT);
    const fragment = room.fragment as Y.XmlFragment;
    fragment.insert(fragment.length, [paragraphOf(words)]);
    work.paragraphs.set(record, [...(work.paragraphs.get(record) ?? []), words]);
    await vi.waitUntil(() => room.state === 'on-this-device', PATIENT);
    room.close();
  }
  const made = random.ulid();
  const act = {
    verb: 'create',
    kind: 'incident',
    title: made,
    description: made,
    impact: 2,
    urgency: 2,
  } as const;
  const rest = {
    requester: device.session.person.id,
    service: null,
    category: null,
    team: null,
    channel: 'phone',
  } as const;
  await client.muster.commands.create('incident', { ...act, ...rest }).kept;
  work.acts.push(made);
  client.muster.drafts.write(`note:${records[0] ?? ''}`, 'half a thought');
  await vi.waitUntil(() => client.muster.saving.state === 'on-this-device', PATIENT);
  await client.close();
  return work;
}

/** What goes on meanwhile. Returns what others wrote, and the record that ended. */
async function liveOn(
  desk: RestorableDesk,
  age: Age,
  records: readonly RecordId[],
  other: TestSession,
): Promise<string[]> {
  const [ended, ...rest] = records;
  const wrote: string[] = [];
  for (let round = 1; round <= age.rotations; round += 1) {
    const epoch = age.restored ? 1000 + round : round;
    for (const name of [boardName('incident', epoch), directoryName(epoch)])
      await desk.server.store.documents.rotate(name, 'test');
    const words = `round ${round}`;
    await other.run('incident.comment', rest[0] ?? '', { text: words }, 0);
    wrote.push(words);
    // the second rotation takes the record that ended off its board
    if (round === 1) await other.run('incident.merge', ended ?? '', { into: rest[0] }, 1);
  }
  return wrote;
}

/** Somebody takes the first paragraph of a room away while the device is gone. */
async function deleteFirst(desk: RestorableDesk, session: TestSession, record: RecordId): Promise<void> {
  const seat = new Seat({
    ...session,
    url: desk.server.url,
    transport: 'channels',
    random: new Random(SEED),
  });
  const room = seat.open(roomName(record));
  await vi.waitUntil(() => seat.isSynced(roomName(record)), PATIENT);
  room.getXmlFragment('description').delete(0, 1);
  await vi.waitUntil(() => seat.isSaved(roomName(record)), PATIENT);
  seat.close();
}

async function roomText(desk: RestorableDesk, record: RecordId): Promise<string> {
  const loaded = await desk.server.store.documents.load(roomName(record));
  const doc = new Y.Doc();
  if (loaded?.snapshot) Y.applyUpdate(doc, loaded.snapshot);
  for (const update of loaded?.tail ?? []) Y.applyUpdate(doc, update);
  return readRoomText(doc);
}

/** Every text that any event carries, as JSON. */
async function history(desk: RestorableDesk): Promise<readonly string[]> {
  const rows = await desk.server.store.reader.selectFrom('event').select('data').execute();
  return rows.map(({ data }) => data);
}

async function backAfter(desk: RestorableDesk, device: Device, age: Age): Promise<LivingClient> {
  if (!age.signedOut) return living(device);
  const refused = await openClient(device, { online: false });
  refused.goOnline();
  await vi.waitUntil(() => refused.muster.refused === 'session-ended', PATIENT);
  await vi.waitUntil(() => refused.muster.unsent() > 0, PATIENT);
  await refused.close();
  const { session, cookie } = await desk.newDevice('agent@desk.test');
  return living({ ...device, session, cookie });
}

const count = (texts: readonly string[], words: string): number =>
  texts.filter((text) => text.includes(words)).length;

describe('a device that was away', { timeout: 90_000 }, () => {
  for (const age of AGES) {
    for (const seed of seeds(SEED, { short: 1, perThousand: 10 })) {
      it(`[SYN-39] loses, doubles and revives nothing when it is ${age.what} (seed ${seed})`, async () => {
        const desk = await RestorableDesk.open();
        const random = new Random(seed);
        const other = await desk.server.signIn('other@desk.test');
        const lead = await desk.server.signIn('lead@desk.test');
        const admin = await desk.server.signIn('admin@desk.test');
        const device = await desk.newDevice('agent@desk.test');
        const before = await openClient(device);
        const records: RecordId[] = [];
        for (const title of ['Ends', 'Goes on', 'Is read']) records.push(await create(before, title));
        for (const record of records) await write(before, record, 'shared');
        await before.close();
        if (age.restored) await desk.backup();
        const work = await workAlone(device, age, records, random);
        if (age.restored) await desk.restore();
        for (const record of records) await deleteFirst(desk, lead, record);
        const wrote = await liveOn(desk, age, records, other);
        for (const record of records) await desk.server.store.documents.compact(roomName(record));
        if (age.signedOut)
          await admin.call('POST', '/api/sign-out-everywhere', { person: device.session.person.id });

        const after = await backAfter(desk, device, age);
        await vi.waitUntil(() => after.muster.saving.connection === 'live', PATIENT);
        await vi.waitUntil(() => after.muster.unsent() === 0, PATIENT);
        const tray = after.muster.attention.items.map(({ kept }) => kept ?? '');
        const told = await history(desk);
        for (const words of [...work.acts, ...wrote]) {
          const found = count(told, words) + count(tray, words);
          // an edit that replaced another names it once more as what was before
          expect([words, found >= 1 && count(tray, words) <= 1]).toEqual([words, true]);
        }
        expect(new Set(tray).size).toBe(tray.length);
        const ended = records[0];
        for (const { record, kind } of after.muster.attention.items)
          expect([kind, record]).toEqual(['refused', ended]);
        for (const record of records) {
          const lines = (await roomText(desk, record)).split('\n');
          expect(lines.toSorted()).toEqual(['shared', ...(work.paragraphs.get(record) ?? [])].toSorted());
        }
        expect(after.muster.drafts.get(`note:${records[0] ?? ''}`).text).toBe('half a thought');
        const rows = await desk.server.store.reader
          .selectFrom('record')
          .select('id')
          .where('live', '=', 1)
          .execute();
        await expect
          .poll(() => after.muster.tickets.ids.toSorted(), PATIENT)
          .toEqual(rows.map(({ id }) => id as RecordId).toSorted());
        expect(after.muster.tickets.nonconforming).toBe(0);
        expect(await desk.server.store.verify()).toMatchObject({ ok: true, findings: [] });
      });
    }
  }

  it('[SYN-38] keeps the acts of who lost their rights meanwhile, in the tray with their words', async () => {
    const desk = await RestorableDesk.open();
    const admin = await desk.server.signIn('admin@desk.test');
    const device = await desk.newDevice('agent@desk.test');
    const before = await openClient(device);
    const record = await create(before, 'Kept');
    before.goOffline();
    await run(before, record, { verb: 'comment', text: 'said when it was allowed' }).kept;
    await before.close();
    const { id } = device.session.person;
    const changed = await admin.call('PATCH', `/api/people/${id}`, { roles: ['requester'] });
    expect(changed.status).toBe(200);
    const { session, cookie } = await desk.newDevice('agent@desk.test');
    const after = await living({ ...device, session, cookie });
    onTestFinished(() => after.close());
    await expect
      .poll(() => after.muster.attention.items, PATIENT)
      .toMatchObject([{ kind: 'refused', record, kept: 'said when it was allowed' }]);
    expect((await history(desk)).join('')).not.toContain('said when it was allowed');
  });

  it('[SYN-43] is told to reload when its page is two versions behind, and the newer page sends what it kept', async () => {
    const server = await startTestServer({ oldestPage: PAGE_VERSION });
    onTestFinished(() => server.stop());
    const device = await newDevice(server, 'agent@desk.test');
    const before = await openClient(device);
    const record = await create(before, 'Kept');
    await vi.waitUntil(() => before.muster.saving.connection === 'live', PATIENT);
    await before.close();
    const old = await openClient(device, { online: false, page: PAGE_VERSION - 2 });
    await run(old, record, { verb: 'comment', text: 'written on the old page' }).kept;
    old.goOnline();
    await vi.waitUntil(() => old.muster.refused === 'client-too-old', PATIENT);
    expect([old.muster.unsent(), old.muster.attention.items]).toEqual([1, []]);
    await old.close();
    const reloaded = await living(device);
    await vi.waitUntil(() => reloaded.muster.saving.connection === 'live', PATIENT);
    await vi.waitUntil(() => reloaded.muster.unsent() === 0, PATIENT);
    const rows = await server.store.reader.selectFrom('event').select('data').execute();
    expect(
      count(
        rows.map(({ data }) => data),
        'written on the old page',
      ),
    ).toBe(1);
  });
});
