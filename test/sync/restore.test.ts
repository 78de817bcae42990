/**
 * The store is put back from a backup while devices hold what came after it. What people did since is brought again
 * by their devices and decided anew; what they wrote together comes back once; nothing shows twice, nothing rises
 * again, and what cannot be brought is in the tray with its words.
 */
import {
  boardName,
  journalName,
  readRows,
  readRoomText,
  recordName,
  roomName,
  textOf,
} from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import type { TestSession } from '@muster/server/testing';
import { CLOSE } from '@muster/sync';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type * as Y from 'yjs';
import { openClient } from '../support/living-client.ts';
import type { LivingClient } from '../support/living-client.ts';
import { paragraphOf } from '../support/sync/prose.ts';
import { Random, seeds } from '../support/sync/random.ts';
import { RestorableDesk, create, living, write } from '../support/sync/restorable-desk.ts';
import { Seat } from '../support/sync/seat.ts';
import { storedHistory } from '../support/sync/stored.ts';

const SEED = 20_261_123;
const PATIENT = { timeout: 60_000, interval: 10 };
const AFTER_RESTORE = boardName('incident', 1001);
const DAY_MS = 24 * 60 * 60 * 1000;

async function roomText({ server }: RestorableDesk, session: TestSession, record: RecordId): Promise<string> {
  const seat = new Seat({ ...session, url: server.url, transport: 'stock', random: new Random(SEED) });
  const room = seat.open(roomName(record));
  await vi.waitUntil(() => seat.isSynced(roomName(record)), PATIENT);
  const text = readRoomText(room);
  seat.close();
  return text;
}

const comment = ({ muster }: LivingClient, record: RecordId, text: string) =>
  muster.commands.run('incident', record, { verb: 'comment', text });

async function comments(desk: RestorableDesk, record: RecordId): Promise<readonly string[]> {
  return (await storedHistory(desk.server, record)).flatMap(({ event }) =>
    event.type === 'commented' ? [event.text] : [],
  );
}

const isLive = ({ muster }: LivingClient): boolean => muster.saving.connection === 'live';
const isThrough = (client: LivingClient): boolean =>
  isLive(client) && client.muster.restoration?.waiting === 0 && client.muster.saving.waiting === 0;

describe('a store put back from a backup', () => {
  it('[SYN-37] gets the acts and the words back that came after it, once each, whoever comes first', async () => {
    const desk = await RestorableDesk.open();
    const session = await desk.server.signIn('lead@desk.test');
    const arne = await living(await desk.newDevice('agent@desk.test'));
    const olga = await living(await desk.newDevice('other@desk.test'));
    const kept = await create(arne, 'Kept');
    await write(arne, kept, 'written before');
    await desk.backup();
    const lost = await create(arne, 'Made after the backup');
    await expect.poll(() => olga.muster.tickets.get(lost)?.number, PATIENT).toBeTruthy();
    const number = olga.muster.tickets.get(lost)?.number;
    await comment(olga, lost, 'seen by olga').settled;
    await comment(arne, kept, 'told after').settled;
    await write(arne, kept, 'arne, after');
    await write(olga, kept, 'olga, after');
    await write(arne, kept, 'arne, again');
    await write(olga, lost, 'olga on the lost one');
    for (const client of [arne, olga]) client.goOffline();
    await desk.restore();

    olga.goOnline();
    await expect.poll(() => isLive(olga) && olga.muster.restoration?.refused, PATIENT).toBe(1);
    expect(olga.muster.attention.items).toMatchObject([{ kind: 'refused', kept: 'seen by olga' }]);
    arne.goOnline();
    for (const client of [arne, olga]) await vi.waitUntil(() => isThrough(client), PATIENT);
    await expect.poll(() => arne.muster.tickets.get(lost)?.number, PATIENT).toBe(number);
    await expect
      .poll(() => arne.muster.restoration, PATIENT)
      .toMatchObject({ brought: 2, refused: 0, renumbered: [] });
    expect(await comments(desk, kept)).toEqual(['told after']);
    const words = ['as told on the phone', 'written before', 'arne, after', 'olga, after', 'arne, again'];
    await expect.poll(() => roomText(desk, session, kept), PATIENT).toBe(words.join('\n'));
    await expect
      .poll(() => roomText(desk, session, lost), PATIENT)
      .toBe('as told on the phone\nolga on the lost one');
    const again = olga.muster.attention.again(olga.muster.attention.items[0]?.id ?? '');
    expect(await again?.settled).toMatchObject({ outcome: 'applied' });
    expect(await comments(desk, lost)).toEqual(['seen by olga']);
    expect(await desk.server.store.verify()).toMatchObject({ ok: true, findings: [] });
  });

  it('[SYN-37] gets them from a device that was closed, started without a network, and did more meanwhile', async () => {
    const desk = await RestorableDesk.open();
    const session = await desk.server.signIn('lead@desk.test');
    const device = await desk.newDevice('agent@desk.test');
    const before = await openClient(device);
    const kept = await create(before, 'Kept');
    await desk.backup();
    const lost = await create(before, 'Made after the backup');
    await comment(before, lost, 'first').settled;
    await write(before, lost, 'written after');
    await before.close();
    await desk.restore();
    const after = await living(device, { online: false });
    await comment(after, lost, 'second').kept;
    after.goOnline();
    await vi.waitUntil(() => isThrough(after), PATIENT);
    await expect.poll(() => after.muster.restoration, PATIENT).toMatchObject({ brought: 2, refused: 0 });
    expect(await comments(desk, lost)).toEqual(['first', 'second']);
    await expect.poll(() => after.muster.tickets.ids.toSorted(), PATIENT).toEqual([kept, lost].toSorted());
    await expect
      .poll(() => roomText(desk, session, lost), PATIENT)
      .toBe(['as told on the phone', 'written after'].join('\n'));
    expect(after.muster.attention.items).toEqual([]);
  });

  it('[SYN-29] shows histories and messages of the new era alone, also to who began from a local copy', async () => {
    const desk = await RestorableDesk.open();
    const device = await desk.newDevice('agent@desk.test');
    const client = await living(device);
    const stranger = await desk.server.signIn('other@desk.test');
    const kept = await create(client, 'Kept');
    await desk.backup();
    const history = client.muster.openHistory(kept);
    onTestFinished(() => history.close());
    await stranger.run('incident.comment', kept, { text: 'lost' }, 1);
    await stranger.run('incident.reply', kept, { text: 'lost too' }, 2);
    await vi.waitUntil(() => history.events.length === 3, PATIENT);
    client.goOffline();
    await desk.restore();
    await stranger.run('incident.comment', kept, { text: 'since' }, 1);
    client.goOnline();
    await expect.poll(() => history.events.map(({ version }) => version), PATIENT).toEqual([1, 2]);
    expect(history.events[1]?.event).toMatchObject({ type: 'commented', text: 'since' });
  });

  it('[SYN-38] decides anew what others did meanwhile, and keeps what was refused with its words', async () => {
    const desk = await RestorableDesk.open();
    const arne = await living(await desk.newDevice('agent@desk.test'));
    const olga = await desk.server.signIn('other@desk.test');
    const kept = await create(arne, 'Kept');
    await desk.backup();
    await arne.muster.commands.run('incident', kept, { verb: 'claim' }).settled;
    arne.goOffline();
    await desk.restore();
    await olga.run('incident.claim', kept, {}, 1);
    arne.goOnline();
    await expect
      .poll(() => arne.muster.attention.items, PATIENT)
      .toMatchObject([
        { kind: 'refused', record: kept, act: { verb: 'claim' }, detail: { owner: olga.person } },
      ]);
    await vi.waitUntil(() => isThrough(arne), PATIENT);
    await expect.poll(() => arne.muster.restoration, PATIENT).toMatchObject({ brought: 0, refused: 1 });
    arne.muster.restoration?.putAway();
    await vi.waitUntil(() => arne.muster.restoration === null, PATIENT);
    // the answer may come before the board of the new era
    await expect.poll(() => arne.muster.tickets.get(kept)?.owner, PATIENT).toBe(olga.person);
  });

  it('[SYN-38] gives an act that the backup knows its old answer, and tells nobody of it', async () => {
    const desk = await RestorableDesk.open();
    const arne = await living(await desk.newDevice('agent@desk.test'));
    const kept = await create(arne, 'Kept');
    await comment(arne, kept, 'said before').settled;
    await desk.backup();
    arne.goOffline();
    await desk.restore();
    arne.goOnline();
    await vi.waitUntil(() => isThrough(arne), PATIENT);
    expect(arne.muster.restoration).toMatchObject({ brought: 0, refused: 0 });
    expect(await comments(desk, kept)).toEqual(['said before']);
  });

  it('[SYN-39] keeps the words of a record that nobody makes again, and sets them aside when the time is over', async () => {
    const desk = await RestorableDesk.open();
    const device = await desk.newDevice('agent@desk.test');
    const arne = await openClient(device);
    const stranger = await desk.server.signIn('other@desk.test');
    await desk.backup();
    const { id } = await stranger.createTicket('incident', { description: 'as told' });
    await write(arne, id, 'worth keeping');
    await arne.close();
    await desk.restore();
    const after = await openClient(device);
    await vi.waitUntil(() => after.muster.restoration?.waiting === 0, PATIENT);
    const room = after.muster.openRoom(id);
    await vi.waitUntil(() => room.loaded, PATIENT);
    expect(textOf(room.fragment as Y.XmlFragment)).toBe('as told\nworth keeping');
    expect(after.muster.attention.items).toEqual([]);
    await after.close();
    const later = await living(device, { now: () => Date.now() + 15 * DAY_MS });
    await expect
      .poll(() => later.muster.attention.items, { ...PATIENT, timeout: 50_000 })
      .toMatchObject([{ kind: 'rejected-text', record: id, kept: 'as told\nworth keeping' }]);
  });

  it('[SYN-29] [SYN-32] takes the words of stock clients, and ends their copies of what the server writes', async () => {
    const desk = await RestorableDesk.open();
    const session = await desk.server.signIn('agent@desk.test');
    const { id } = await session.createTicket('incident', { title: 'Kept' });
    await desk.backup();
    await session.createTicket('incident', { title: 'Made after the backup' });
    await session.run('incident.comment', id, { text: 'lost' }, 1);
    const seat = new Seat({ ...session, url: desk.server.url, transport: 'stock', random: new Random(SEED) });
    onTestFinished(() => seat.close());
    const names = [boardName('incident', 1), roomName(id), recordName(id), journalName(id)];
    const [board, room] = names.map((name) => seat.open(name)) as [Y.Doc, Y.Doc];
    await vi.waitUntil(() => names.every((name) => seat.isSynced(name)), PATIENT);
    expect(readRows(board).tickets).toHaveLength(2);
    room.getXmlFragment('notes').insert(0, [paragraphOf('written after')]);
    await expect.poll(() => roomText(desk, session, id), PATIENT).toContain('written after');
    await desk.restore();
    await expect.poll(() => roomText(desk, session, id), PATIENT).toContain('written after');
    await expect
      .poll(() => seat.refusals.map((words) => words.split(' ').slice(0, 2).join(' ')).toSorted(), PATIENT)
      .toEqual([
        `${boardName('incident', 1)}: ${CLOSE.updateRejected}`,
        `${journalName(id)}: ${CLOSE.updateRejected}`,
        `${recordName(id)}: ${CLOSE.updateRejected}`,
      ]);
    const next = seat.open(AFTER_RESTORE);
    await expect.poll(() => readRows(next).tickets.map(({ title }) => title), PATIENT).toEqual(['Kept']);
  });

  for (const seed of seeds(SEED, { short: 2, perThousand: 20 })) {
    it(`[SYN-37] loses and doubles nothing of three people at work (seed ${seed})`, async () => {
      const desk = await RestorableDesk.open();
      const random = new Random(seed);
      const session = await desk.server.signIn('lead@desk.test');
      const people = ['agent@desk.test', 'other@desk.test', 'lead@desk.test'];
      const clients: LivingClient[] = [];
      for (const email of people) clients.push(await living(await desk.newDevice(email)));
      const records: { readonly id: RecordId; readonly by: LivingClient }[] = [];
      const said = new Map<RecordId, string[]>();
      const wrote = new Map<RecordId, string[]>();
      const work = async (steps: number): Promise<void> => {
        for (let step = 0; step < steps; step += 1) {
          const client = random.pick(clients);
          const words = random.ulid();
          const choice = random.below(10);
          if (choice < 3 || records.length === 0) {
            const id = await create(client, words);
            records.push({ id, by: client });
            said.set(id, []);
            wrote.set(id, []);
            for (const other of clients) await vi.waitUntil(() => other.muster.tickets.get(id), PATIENT);
            continue;
          }
          const { id, by } = random.pick(records);
          if (choice < 7) {
            // who comes back before a record is made again is refused, which another test looks at
            await comment(by, id, words).settled;
            said.get(id)?.push(words);
          } else {
            await write(client, id, words);
            wrote.get(id)?.push(words);
          }
        }
      };
      await work(6);
      await desk.backup();
      await work(14);
      for (const client of clients) client.goOffline();
      await desk.restore();
      const order = [...clients].toSorted(() => random.below(3) - 1);
      for (const client of order) client.goOnline();
      for (const client of clients) await vi.waitUntil(() => isThrough(client), PATIENT);
      for (const { id } of records) {
        expect((await comments(desk, id)).toSorted()).toEqual(said.get(id)?.toSorted());
        await expect
          .poll(async () => (await roomText(desk, session, id)).split('\n').toSorted(), PATIENT)
          .toEqual(['as told on the phone', ...(wrote.get(id) ?? [])].toSorted());
      }
      for (const client of clients) {
        expect(client.muster.attention.items).toEqual([]);
        await expect
          .poll(() => client.muster.tickets.ids.toSorted(), PATIENT)
          .toEqual(records.map(({ id }) => id).toSorted());
      }
      expect(await desk.server.store.verify()).toMatchObject({ ok: true, findings: [] });
    });
  }
});
