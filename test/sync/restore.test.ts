/**
 * The store is put back from a backup while devices hold what came after it. The server's word on facts is the
 * backup's; what people wrote together comes back from their devices; nothing shows twice, nothing rises again.
 */
import { boardName, readRows, readRoomText, roomName, textOf } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import { TEST_PEOPLE, startTestServer } from '@muster/server/testing';
import type { TestServer, TestSession } from '@muster/server/testing';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type * as Y from 'yjs';
import { newDevice, openClient } from '../support/living-client.ts';
import type { Device, LivingClient } from '../support/living-client.ts';
import { plainCreation } from '../support/sync/acts.ts';
import { paragraphOf } from '../support/sync/prose.ts';
import { Random } from '../support/sync/random.ts';
import { Seat } from '../support/sync/seat.ts';

const SEED = 20_261_123;
const PATIENT = { timeout: 20_000, interval: 10 };
const AFTER_RESTORE = boardName('incident', 1001);

/** A desk whose store can be put back to how it was. */
class RestorableDesk {
  server: TestServer;
  readonly #folder: string;

  private constructor(server: TestServer, folder: string) {
    this.server = server;
    this.#folder = folder;
  }

  static async open(): Promise<RestorableDesk> {
    const folder = await mkdtemp(join(tmpdir(), 'muster-restore-'));
    const desk = new RestorableDesk(
      await startTestServer({ dataFolder: folder, people: TEST_PEOPLE }),
      folder,
    );
    onTestFinished(async () => {
      await desk.server.stop();
      await rm(folder, { recursive: true, force: true });
    });
    return desk;
  }

  backup(): Promise<void> {
    return this.server.store.backup(join(this.#folder, 'kept.db'));
  }

  /** As an operator does it: stop, put the file back, start again at the same address. */
  async restore(): Promise<void> {
    const port = Number(new URL(this.server.url).port);
    await this.server.stop();
    const file = join(this.#folder, 'muster.db');
    for (const suffix of ['', '-wal', '-shm']) await rm(`${file}${suffix}`, { force: true });
    await copyFile(join(this.#folder, 'kept.db'), file);
    this.server = await startTestServer({ dataFolder: this.#folder, people: [], port });
  }
}

async function living(device: Device): Promise<LivingClient> {
  const client = await openClient(device);
  onTestFinished(() => client.close());
  return client;
}

async function create({ muster }: LivingClient, title: string): Promise<RecordId> {
  const act = plainCreation('incident', muster.me.person.id, title);
  const sent = muster.commands.create('incident', act as Parameters<typeof muster.commands.create>[1]);
  expect(await sent.settled).toMatchObject({ outcome: 'applied' });
  return sent.target;
}

/** Writes a paragraph into a record's description, as the editor would, and keeps the room open. */
async function write({ muster }: LivingClient, record: RecordId, words: string): Promise<void> {
  const room = muster.openRoom(record);
  onTestFinished(() => room.close());
  await vi.waitUntil(() => room.loaded && muster.saving.connection === 'live', PATIENT);
  const fragment = room.fragment as Y.XmlFragment;
  fragment.insert(fragment.length, [paragraphOf(words)]);
  await vi.waitUntil(() => room.state === 'saved', PATIENT);
}

async function roomText({ server }: RestorableDesk, session: TestSession, record: RecordId): Promise<string> {
  const seat = new Seat({ ...session, url: server.url, transport: 'stock', random: new Random(SEED) });
  const room = seat.open(roomName(record));
  await vi.waitUntil(() => seat.isSynced(roomName(record)), PATIENT);
  const text = readRoomText(room);
  seat.close();
  return text;
}

describe('a store put back from a backup', { timeout: 60_000 }, () => {
  it('shows a device that stayed open the rows of the backup, once each, and takes its words and acts', async () => {
    const desk = await RestorableDesk.open();
    const session = await desk.server.signIn('agent@desk.test');
    const client = await living(await newDevice(desk.server, 'agent@desk.test'));
    const kept = await create(client, 'Kept');
    await write(client, kept, 'written before');
    await desk.backup();
    const lost = await create(client, 'Made after the backup');
    await client.muster.commands.run('incident', kept, { verb: 'claim' }).settled;
    await write(client, kept, 'written after');
    client.goOffline();
    const away = client.muster.commands.run('incident', kept, { verb: 'comment', text: 'while away' });
    await away.kept;
    await desk.restore();
    client.goOnline();

    expect(await away.settled).toMatchObject({ outcome: 'applied' });
    await expect.poll(() => client.muster.tickets.ids, PATIENT).toEqual([kept]);
    expect(client.muster.tickets.get(kept)).toMatchObject({ title: 'Kept', owner: null });
    expect(client.muster.tickets.get(lost)).toBeUndefined();
    await expect
      .poll(() => roomText(desk, session, kept), PATIENT)
      .toBe(['as told on the phone', 'written before', 'written after'].join('\n'));
    const claim = client.muster.commands.run('incident', kept, { verb: 'claim' });
    expect(await claim.settled).toMatchObject({ outcome: 'applied' });
    const { documents } = (await (await session.call('GET', '/api/documents')).json()) as {
      documents: { name: string }[];
    };
    expect(documents.map(({ name }) => name)).toContain(AFTER_RESTORE);
    expect(await desk.server.store.verify()).toMatchObject({ ok: true, findings: [] });
  });

  it('shows the same to a device that was closed and begins from its local copy', async () => {
    const desk = await RestorableDesk.open();
    const session = await desk.server.signIn('agent@desk.test');
    const device = await newDevice(desk.server, 'agent@desk.test');
    const before = await openClient(device);
    const kept = await create(before, 'Kept');
    await desk.backup();
    await create(before, 'Made after the backup');
    await write(before, kept, 'written after');
    await before.close();
    await desk.restore();
    const after = await living(device);
    await expect.poll(() => after.muster.tickets.ids, PATIENT).toEqual([kept]);
    const room = after.muster.openRoom(kept);
    onTestFinished(() => room.close());
    await expect
      .poll(() => roomText(desk, session, kept), PATIENT)
      .toBe(['as told on the phone', 'written after'].join('\n'));
    expect(textOf(room.fragment as Y.XmlFragment)).toBe('as told on the phone\nwritten after');
  });

  it('brings words back from stock clients, and ends their copies of the board of before', async () => {
    const desk = await RestorableDesk.open();
    const session = await desk.server.signIn('agent@desk.test');
    const { id } = await session.createTicket('incident', { title: 'Kept' });
    await desk.backup();
    await session.createTicket('incident', { title: 'Made after the backup' });
    const seat = new Seat({ ...session, url: desk.server.url, transport: 'stock', random: new Random(SEED) });
    onTestFinished(() => seat.close());
    const [board, room] = [seat.open(boardName('incident', 1)), seat.open(roomName(id))];
    await vi.waitUntil(() => seat.names.every((name) => seat.isSynced(name)), PATIENT);
    expect(readRows(board).tickets).toHaveLength(2);
    room.getXmlFragment('notes').insert(0, [paragraphOf('written after')]);
    await expect.poll(() => roomText(desk, session, id), PATIENT).toContain('written after');
    await desk.restore();
    await expect.poll(() => roomText(desk, session, id), PATIENT).toContain('written after');
    await expect.poll(() => seat.refusals.length, PATIENT).toBe(1);
    expect(seat.refusals[0]).toContain(boardName('incident', 1));
    const next = seat.open(AFTER_RESTORE);
    await expect.poll(() => readRows(next).tickets.map(({ title }) => title), PATIENT).toEqual(['Kept']);
  });
});
