/** A board that is rebuilt under its next name while people work on it. */
import { boardName, directoryName, readDirectory, readRows } from '@muster/documents';
import type { Ticket } from '@muster/domain/shared';
import { startTestServer } from '@muster/server/testing';
import type { TestServer, TestSession } from '@muster/server/testing';
import { CLOSE } from '@muster/sync';
import type { Limits } from '@muster/sync';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Random } from '../support/sync/random.ts';
import { Seat } from '../support/sync/seat.ts';
import type { TransportKind } from '../support/sync/seat.ts';
import { storedDocument } from '../support/sync/stored.ts';

const SEED = 20_261_123;
/** Long enough for somebody to come late, on a busy machine too. */
const GRACE_MS = 2_500;
const PATIENT = { timeout: 60_000, interval: 10 };
const [FIRST, SECOND, THIRD] = [1, 2, 3].map((epoch) => boardName('incident', epoch)) as [
  string,
  string,
  string,
];

interface Desk {
  readonly server: TestServer;
  readonly arne: TestSession;
  readonly olga: TestSession;
  seatOf(session: TestSession, transport: TransportKind): Seat;
}

async function openDesk(limits: Partial<Limits> = {}): Promise<Desk> {
  const server = await startTestServer({ limits });
  onTestFinished(() => server.stop());
  const random = new Random(SEED);
  const [arne, olga] = [await server.signIn('agent@desk.test'), await server.signIn('other@desk.test')];
  return {
    server,
    arne,
    olga,
    seatOf({ cookie }, transport) {
      const seat = new Seat({ url: server.url, cookie, transport, random: random.fork() });
      onTestFinished(() => seat.close());
      return seat;
    },
  };
}

async function boardsNow(session: TestSession): Promise<readonly string[]> {
  const answer = await session.call('GET', '/api/documents');
  const { documents } = (await answer.json()) as { documents: { name: string; kind: string }[] };
  return documents.filter(({ kind }) => kind === 'board').map(({ name }) => name);
}

const titlesOn = (seat: Seat, name: string): readonly string[] =>
  readRows(seat.open(name))
    .tickets.map(({ title }) => title)
    .toSorted();

describe('a rotated board', () => {
  it('[SYN-26] loses no row of two people who work while it is rotated twice', async () => {
    const { server, arne, olga, seatOf } = await openDesk();
    const [ours, stock] = [seatOf(arne, 'channels'), seatOf(olga, 'stock')];
    for (const seat of [ours, stock]) {
      seat.open(FIRST);
      await vi.waitUntil(() => seat.isSynced(FIRST), PATIENT);
    }
    const made: string[] = [];
    const work = async (session: TestSession): Promise<void> => {
      for (let index = 0; index < 12; index += 1) {
        const title = `${session.person} ${index}`;
        const { id } = await session.createTicket('incident', { title });
        await session.run('incident.edit', id, { fields: { title: `${title}, told` } }, 1);
        made.push(`${title}, told`);
      }
    };
    const rotate = async (): Promise<void> => {
      for (const name of [FIRST, SECOND]) {
        const before = made.length;
        await vi.waitUntil(() => made.length > before + 3, PATIENT);
        await server.store.documents.rotate(name, 'test');
      }
    };
    await Promise.all([work(arne), work(olga), rotate()]);

    expect(ours.resets.get(FIRST)).toBe(SECOND);
    ours.open(ours.resets.get(FIRST) ?? '');
    await vi.waitUntil(() => ours.resets.get(SECOND) === THIRD, PATIENT);
    expect(await boardsNow(olga)).toContain(THIRD);
    for (const seat of [ours, stock]) {
      seat.open(THIRD);
      await expect.poll(() => titlesOn(seat, THIRD), PATIENT).toEqual(made.toSorted());
      expect(readRows(seat.open(THIRD)).nonconforming).toEqual([]);
    }
    const rows = await server.store.reader.selectFrom('record').select('data').execute();
    const titles = rows.map(({ data }) => (JSON.parse(data) as Ticket).title).toSorted();
    expect(titles).toEqual(made.toSorted());
    expect(await server.store.verify()).toMatchObject({ ok: true, findings: [] });
  });

  it('[SYN-26] stays readable for its grace, then closes with 4410, also for who comes later', async () => {
    const { server, arne, olga, seatOf } = await openDesk({ oldEpochMs: GRACE_MS });
    const { id } = await arne.createTicket('incident', { title: 'Before' });
    const [ours, stock] = [seatOf(arne, 'channels'), seatOf(olga, 'stock')];
    for (const seat of [ours, stock]) seat.open(FIRST);
    await vi.waitUntil(() => [ours, stock].every((seat) => seat.isSynced(FIRST)), PATIENT);
    await server.store.documents.rotate(FIRST, 'test');
    await arne.run('incident.edit', id, { fields: { title: 'After' } }, 1);

    const late = seatOf(olga, 'channels');
    late.open(FIRST);
    await vi.waitUntil(() => late.isSynced(FIRST) && late.resets.get(FIRST) === SECOND, PATIENT);
    expect([ours, stock, late].map((seat) => titlesOn(seat, FIRST))).toEqual([
      ['Before'],
      ['Before'],
      ['Before'],
    ]);
    const gone = `${FIRST}: ${CLOSE.epochGone} the document goes on in a later epoch`;
    for (const seat of [ours, stock, late]) await expect.poll(() => seat.refusals, PATIENT).toEqual([gone]);
    const tooLate = seatOf(arne, 'stock');
    tooLate.open(FIRST);
    await expect.poll(() => tooLate.refusals, PATIENT).toEqual([gone]);
    tooLate.open(SECOND);
    await expect.poll(() => titlesOn(tooLate, SECOND), PATIENT).toEqual(['After']);
  });

  it('[SYN-26] is written under a client id that no epoch before had', async () => {
    const { server, arne } = await openDesk();
    await arne.createTicket('incident');
    await server.store.documents.rotate(FIRST, 'test');
    await arne.createTicket('incident');
    const writers = async (name: string) => [...(await storedDocument(server, name)).store.clients.keys()];
    const [before, after] = [await writers(FIRST), await writers(SECOND)];
    expect([before.length, after.length]).toEqual([1, 1]);
    expect(before).not.toEqual(after);
  });
});

describe('a rotated directory', () => {
  it('[SYN-26] holds the same people under its next name', async () => {
    const { server, arne, seatOf } = await openDesk();
    const seat = seatOf(arne, 'channels');
    const before = readDirectory(seat.open(directoryName(1)));
    await vi.waitUntil(() => seat.isSynced(directoryName(1)), PATIENT);
    await server.store.documents.rotate(directoryName(1), 'test');
    await vi.waitUntil(() => seat.resets.get(directoryName(1)) === directoryName(2), PATIENT);
    const next = seat.open(directoryName(2));
    await vi.waitUntil(() => seat.isSynced(directoryName(2)), PATIENT);
    expect(before.people.size).toBe(0);
    expect(readDirectory(next)).toEqual(readDirectory(seat.open(directoryName(1))));
    expect(readDirectory(next).people.size).toBe(server.accounts.length);
  });
});
