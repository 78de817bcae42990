/**
 * Somebody with a session sends what no client sends, over real sockets, while somebody else works. Each attack ends
 * with a code or a problem that names what was wrong; the store stays as it was; the other's work goes on.
 */
import {
  boardName,
  draftName,
  inboxName,
  journalName,
  kindOf,
  readRows,
  recordName,
  roomFragment,
  roomName,
  rulesOf,
} from '@muster/documents';
import { teamId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { startTestServer } from '@muster/server/testing';
import type { TestServer, TestSession } from '@muster/server/testing';
import {
  CLOSE,
  LIMITS,
  encodeAwareness,
  encodeChannelFrame,
  encodeStepTwo,
  encodeUpdate,
} from '@muster/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import {
  boardWrite,
  channelMessage,
  draftAttack,
  hostileBody,
  hostileName,
  roomAttack,
  updateOf,
} from '../support/sync/attacks.ts';
import type { FrameAttack } from '../support/sync/attacks.ts';
import { Mallory } from '../support/sync/mallory.ts';
import type { Verdict } from '../support/sync/mallory.ts';
import { note } from '../support/sync/measures.ts';
import { paragraphOf } from '../support/sync/prose.ts';
import { Random, effort, seeds, timeLimit } from '../support/sync/random.ts';
import { Seat } from '../support/sync/seat.ts';
import { heads, storedDocument } from '../support/sync/stored.ts';

const [SEED = 0] = seeds(20_261_123, { short: 1, perThousand: 0 });
const BOARD = boardName('incident', 1);
const PATIENT = { timeout: 60_000, interval: 10 };
const LONG = timeLimit(300_000);
const FRAMES = effort({ short: 1_200, perThousand: 85_000 });
const OTHERS = effort({ short: 400, perThousand: 4_000 });

let server: TestServer;
let mallory: TestSession;
let arne: TestSession;
let worker: Seat;
let record: RecordId;
/** Whose room the attacker may write, and does. */
let second: RecordId;
let before: ReadonlyMap<string, number>;
let events: number;

beforeAll(async () => {
  server = await startTestServer();
  [mallory, arne] = [await server.signIn('other@desk.test'), await server.signIn('agent@desk.test')];
  ({ id: record } = await arne.createTicket('incident'));
  ({ id: second } = await arne.createTicket('desk'));
  for (const name of [recordName(record), journalName(record), roomName(second)])
    await server.store.documents.load(name);
  await server.store.documents.load(draftName(mallory.person));
  worker = new Seat({ ...arne, url: server.url, transport: 'channels', random: new Random(SEED) });
  for (const name of [BOARD, roomName(record)]) worker.open(name);
  roomFragment(worker.open(roomName(record)), 'notes').insert(0, [paragraphOf('at work')]);
  await vi.waitUntil(() => worker.names.every((name) => worker.isSynced(name)), PATIENT);
  await vi.waitUntil(() => worker.isSaved(roomName(record)), PATIENT);
  before = await untouchable();
  ({ events } = await server.store.status());
});

afterAll(async () => {
  worker.close();
  await server.stop();
});

/** Heads of all documents that nobody but others may change: the attacker's own are left out. */
async function untouchable(): Promise<ReadonlyMap<string, number>> {
  const own = [draftName(mallory.person), inboxName(mallory.person), roomName(second)];
  return new Map([...(await heads(server))].filter(([name]) => !own.includes(name)));
}

function attacker(): Mallory {
  return new Mallory(server.url, mallory.cookie);
}

function expectVerdict(verdict: Verdict, { what, codes }: Pick<FrameAttack, 'what' | 'codes'>): void {
  expect(codes, `${what}: ${JSON.stringify(verdict)}`).toContain(
    verdict.end === 'none' ? null : verdict.code,
  );
  if (verdict.end !== 'none') expect(verdict.reason, what).not.toBe('');
}

/** Runs attacks in turn, each from a generator of its own, so that a failing one is found by its place. */
async function attack(
  times: number,
  one: (random: Random, place: number) => Promise<void | 'left-out'>,
): Promise<void> {
  const random = new Random(SEED);
  let sent = 0;
  for (let place = 0; place < times; place += 1) {
    if ((await one(random.fork(), place)) !== 'left-out') sent += 1;
  }
  note('hostile inputs with a verdict each', sent);
}

describe(`hostile input [seed ${SEED}]`, () => {
  it('[SYN-12] on a room is refused with what was wrong', LONG, async () => {
    const hand = attacker();
    await attack(FRAMES, async (random) => {
      const { frames, ...told } = roomAttack(random);
      expectVerdict(
        await hand.onChannel(roomName(record), frames, { toTheEnd: !told.codes.includes(null) }),
        told,
      );
    });
    hand.close();
  });

  it('[SYN-11] on own drafts is refused or harmless', LONG, async () => {
    const hand = attacker();
    await attack(OTHERS, async (random) => {
      const { frames, ...told } = draftAttack(random);
      expectVerdict(await hand.onChannel(draftName(mallory.person), frames), told);
    });
    hand.close();
    await storedDocument(server, draftName(mallory.person));
  });

  it('[SYN-17] on a board ends with 4403', LONG, async () => {
    const hand = attacker();
    await attack(OTHERS / 4, async (random) => {
      const { frames, ...told } = boardWrite(random);
      expectVerdict(await hand.onChannel(BOARD, frames, { toTheEnd: true }), told);
    });
    hand.close();
  });

  it('[SYN-1] as messages of the channel socket is refused or without effect', LONG, async () => {
    const hand = attacker();
    await attack(OTHERS, async (random) => {
      const verdict = await hand.raw([channelMessage(random), channelMessage(random)]);
      expectVerdict(verdict, { what: 'channel messages', codes: [CLOSE.malformed, CLOSE.gone, null] });
    });
    hand.close();
  });

  it('[SYN-1] on stock sockets is refused with what was wrong', LONG, async () => {
    const hand = attacker();
    await attack(OTHERS / 8, async (random) => {
      const { frames, ...told } = random.chance(50) ? roomAttack(random) : boardWrite(random);
      const name = told.codes.includes(CLOSE.forbidden) ? BOARD : roomName(record);
      if (frames.length > 1) return 'left-out';
      expectVerdict(await hand.onStock(name, frames[0] ?? ''), { ...told, codes: [...told.codes, null] });
      return undefined;
    });
    expectVerdict(await hand.onStock('notice', 'hello'), { what: 'text', codes: [CLOSE.malformed] });
    const big = new Uint8Array(LIMITS.frameBytes + 1);
    expectVerdict(await hand.onStock('notice', big), { what: 'a huge frame', codes: [CLOSE.tooBig] });
  });

  it('[SYN-24] as a document name is told to be none, decoded by nobody', LONG, async () => {
    const [hand, onChannels] = [attacker(), attacker()];
    await attack(OTHERS, async (random, place) => {
      const name = hostileName(random);
      const verdict =
        place % 4 === 0
          ? await hand.upgrade(`/sync/${Buffer.from(name).toString('latin1')}`)
          : await onChannels.onChannel(name, []);
      expectVerdict(verdict, { what: name, codes: [CLOSE.gone, 400] });
    });
    onChannels.close();
  });

  it('as commands is answered with a problem or a refusal, each with a code', LONG, async () => {
    await attack(OTHERS, async (random) => {
      const body = hostileBody(random);
      const answer = await server.call('POST', '/api/commands', body, { cookie: mallory.cookie });
      const said: unknown = await answer.json();
      const what = `${body.slice(0, 200)} → ${answer.status} ${JSON.stringify(said).slice(0, 200)}`;
      if (answer.status === 200) {
        const refused = { outcome: 'refused', refusal: { code: expect.stringMatching(/.\/./) as string } };
        for (const outcome of said as unknown[]) expect(outcome, what).toMatchObject(refused);
      } else {
        expect([400, 413], what).toContain(answer.status);
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
        expect(said, what).toMatchObject({
          code: expect.stringMatching(/^[a-z-]+$/) as string,
          detail: expect.stringMatching(/./) as string,
        });
      }
    });
  });
});

describe('forgery', () => {
  it('[SYN-13] under the client id of somebody else is refused', async () => {
    const room = await storedDocument(server, roomName(record));
    const [victim = 0] = [...room.store.clients.keys()].filter(
      (client) => client === worker.open(roomName(record)).clientID,
    );
    const edit = (doc: Y.Doc): void => doc.getXmlFragment('notes').insert(0, [paragraphOf('forged')]);
    const update = updateOf(edit, victim, Y.encodeStateAsUpdate(room));
    const hand = attacker();
    const verdict = await hand.onChannel(roomName(record), [encodeUpdate(update)], { toTheEnd: true });
    expectVerdict(verdict, { what: 'a foreign client id', codes: [CLOSE.updateRejected] });
    hand.close();
  });

  it('[SYN-47] under the client id that a colleague is shown with is refused, and the colleague writes on', async () => {
    const room = roomName(second);
    const colleague = new Seat({
      ...arne,
      url: server.url,
      transport: 'channels',
      random: new Random(SEED + 2),
    });
    const copy = colleague.open(room);
    await vi.waitUntil(() => colleague.isSynced(room), PATIENT);
    colleague.appear(room, { at: 'notes' });
    const watcher = new Seat({
      ...mallory,
      url: server.url,
      transport: 'stock',
      random: new Random(SEED + 3),
    });
    watcher.open(room);
    await vi.waitUntil(() => watcher.presence(room).has(copy.clientID), PATIENT);
    const forged = updateOf((doc) => doc.getArray('timeline').push(['squatted']), copy.clientID);
    const hand = attacker();
    expectVerdict(await hand.onChannel(room, [encodeStepTwo(forged)], { toTheEnd: true }), {
      what: 'an id that is shown',
      codes: [CLOSE.updateRejected],
    });
    hand.close();
    roomFragment(copy, 'notes').insert(0, [paragraphOf('the first words')]);
    await vi.waitUntil(() => colleague.isSaved(room), PATIENT);
    expect(colleague.refusals).toEqual([]);
    watcher.close();
    colleague.close();
  });

  it('[SYN-18] of an identity in presence is overwritten with that of the session', async () => {
    const room = roomName(record);
    const forger = new Seat({
      ...mallory,
      url: server.url,
      transport: 'stock',
      random: new Random(SEED + 1),
    });
    forger.open(room);
    await vi.waitUntil(() => forger.isSynced(room), PATIENT);
    forger.appear(room, { user: { id: arne.person, name: 'Arne Agent', colour: '#000000' }, at: 'notes' });
    await expect
      .poll(() => [...worker.presence(room).values()], PATIENT)
      .toContainEqual(
        expect.objectContaining({
          at: 'notes',
          user: expect.objectContaining({ id: mallory.person, name: 'Olga Other' }) as unknown,
        }),
      );
    const impostor = { client: worker.open(room).clientID, clock: 1_000, state: '{"at":"nowhere"}' };
    const hand = attacker();
    await hand.onChannel(room, [encodeAwareness([impostor])]);
    hand.close();
    forger.close();
    await vi.waitUntil(() => worker.presence(room).size <= 1, PATIENT);
    expect([...worker.presence(room).values()]).not.toContainEqual({ at: 'nowhere' });
  });

  it("[SYN-24] another person's inbox and one of nobody are refused alike", async () => {
    const hand = attacker();
    const nobody = new Random(SEED).ulid();
    for (const name of [inboxName, draftName]) {
      const there = await hand.onChannel(name(arne.person), []);
      expect(there).toMatchObject({ end: 'channel', code: CLOSE.forbidden });
      expect(await hand.onChannel(name(nobody as typeof arne.person), [])).toEqual(there);
      const stock = await hand.upgrade(`/sync/${name(arne.person)}`);
      expect(stock).toMatchObject({ code: CLOSE.forbidden });
      expect(await hand.upgrade(`/sync/${name(nobody as typeof arne.person)}`)).toEqual(stock);
    }
    hand.close();
  });
});

describe('forgery through every kind of document', () => {
  it('[SYN-17] ends with 4403 where the server writes, as an update and as a step 2 alike', async () => {
    const names = [
      BOARD,
      recordName(record),
      journalName(record),
      inboxName(mallory.person),
      'notice',
      'oncall',
      'directory@1',
      'directory/staff@1',
    ];
    const hand = attacker();
    for (const name of names) {
      const [[root = '', type] = []] = Object.entries(rulesOf(kindOf(name) ?? 'board').roots);
      const forged = updateOf(
        (doc) => (type === 'array' ? doc.getArray(root).push(['x']) : doc.getMap(root).set('x', ['x'])),
        7,
      );
      for (const frame of [encodeUpdate(forged), encodeStepTwo(forged)]) {
        const verdict = await hand.onChannel(name, [frame], { toTheEnd: true });
        expectVerdict(verdict, { what: `a write to ${name}`, codes: [CLOSE.forbidden] });
      }
    }
    hand.close();
  });

  it("[SYN-24] finds others' drafts, inboxes and restricted boards closed under every spelling of their names", async () => {
    const [team = ''] = [...server.teams.entries()].filter(([name]) => name === 'Desk').map(([, id]) => id);
    const closed = [draftName(arne.person), inboxName(arne.person), boardName('incident', 1, teamId(team))];
    const spellings: readonly ((name: string) => string)[] = [
      (name) => name,
      (name) => name.toLowerCase(),
      (name) => name.replace('/', '%2f'),
      (name) => name.replace('/', '/./'),
      (name) => `x/../${name}`,
      (name) => `${name}%00`,
      (name) => `${name}\u200b`,
      (name) => name.normalize('NFKD').replace('i', 'ı'),
    ];
    const hand = attacker();
    for (const name of closed) {
      for (const spell of spellings) {
        const verdict = await hand.onChannel(spell(name), []);
        const code = spell(name) === name ? [CLOSE.forbidden] : [CLOSE.gone, CLOSE.forbidden];
        expectVerdict(verdict, { what: spell(name), codes: code });
      }
    }
    hand.close();
  });

  it('[SYN-13] binds a client id in each document apart: elsewhere the same number is anybody’s', async () => {
    const update = updateOf(
      (doc) => doc.getArray('timeline').push(['mine']),
      worker.open(roomName(record)).clientID,
    );
    const hand = attacker();
    expect(await hand.onChannel(roomName(second), [encodeStepTwo(update)])).toEqual({ end: 'none' });
    hand.close();
  });

  it('[SYN-3] goes nowhere on a channel that was not opened or was closed', async () => {
    const hand = attacker();
    const update = encodeUpdate(updateOf((doc) => doc.getArray('timeline').push(['astray']), 9));
    for (const channel of [7, 4_000_000]) {
      expect(await hand.raw([encodeChannelFrame(channel, update)])).toEqual({ end: 'none' });
    }
    hand.close();
    expect(
      JSON.stringify((await storedDocument(server, roomName(record))).getArray('timeline')),
    ).not.toContain('astray');
  });
});

describe('after all that', () => {
  it('nothing is changed, and whoever was at work works on', async () => {
    expect(await untouchable()).toEqual(before);
    expect((await server.store.status()).events).toBe(events);
    expect(await server.store.verify()).toMatchObject({ ok: true, findings: [] });
    expect(worker.refusals).toEqual([]);
    const room = worker.open(roomName(record));
    roomFragment(room, 'notes').insert(0, [paragraphOf('still here')]);
    await vi.waitUntil(() => worker.isSaved(roomName(record)), PATIENT);
    await arne.run('incident.claim', record, {}, 1);
    await expect
      .poll(() => readRows(worker.open(BOARD)).tickets.map(({ owner }) => owner), PATIENT)
      .toEqual([arne.person]);
    expect(roomFragment(await storedDocument(server, roomName(record)), 'notes').toString()).toBe(
      '<paragraph>still here</paragraph><paragraph>at work</paragraph>',
    );
  });
});
