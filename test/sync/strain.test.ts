/**
 * What others feel of it: a server in a process of its own takes hostile frames as fast as they come, and has readers
 * that read nothing, while somebody works. The work goes on, the process does not stand still and does not grow.
 *
 * How long its event loop stood still is measured inside it. In `npm test` the bound is far above the aim of 50 ms,
 * since other suites share the processors; the long run tells the figure itself (`test/bench/results/fuzz.json`).
 */
import { boardName, draftName, readRows, roomFragment, roomName } from '@muster/documents';
import { recordId } from '@muster/domain/shared';
import { TEST_PEOPLE } from '@muster/server/testing';
import {
  CLOSE,
  decodeChannelMessage,
  decodeFrame,
  encodeChannelFrame,
  encodeControl,
  encodeStepOne,
  FrameError,
  PAGE_VERSION,
} from '@muster/sync';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { ServerProcess } from '../support/server-process.ts';
import { HttpSession } from '../support/session.ts';
import { envelope, plainCreation } from '../support/sync/acts.ts';
import { boardWrite, channelMessage, draftAttack, roomAttack } from '../support/sync/attacks.ts';
import { Mallory } from '../support/sync/mallory.ts';
import { note, noteTime } from '../support/sync/measures.ts';
import { paragraphOf } from '../support/sync/prose.ts';
import { Random, effort, timeLimit } from '../support/sync/random.ts';
import { Seat } from '../support/sync/seat.ts';
import { wordsOf } from '../support/sync/ledger.ts';

const SEED = 20_261_123;
const HANDS = 6;
const FRAMES = effort({ short: 3_000, perThousand: 100_000 });
const STALL_LIMIT_MS = 2_000;
const HEAP_LIMIT_BYTES = 400 * 1024 * 1024;
const PATIENT = { timeout: 60_000, interval: 5 };
const BOARD = boardName('incident', 1);
const SLOW_READERS = 3;
/** Words of a note, in letters, and how many notes are kept. */
const SHORT_WORDS = { padding: 0, kept: 100 };
/** Together some tens of MB: no buffer of the system's takes that off the server's hands. */
const LONG_WORDS = { padding: 200_000, kept: 4 };
/** So much of everything that the machine is the bound, and not the limits. */
const BUSY = {
  messagesPerSecond: 5_000,
  messageBurst: 10_000,
  bytesPerSecond: 50_000_000,
  byteBurst: 50_000_000,
};

let folder: string;
let server: ServerProcess;
let worker: Seat;
let agent: HttpSession;
let mallory: HttpSession;
const random = new Random(SEED);
const record = recordId(random.ulid());
const room = roomName(record);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-strain-'));
  const options = {
    dataFolder: folder,
    logFile: join(folder, 'server.log'),
    port: 0,
    records: 0,
    limits: BUSY,
  };
  server = await ServerProcess.start({ ...options, people: TEST_PEOPLE });
  agent = await signIn('agent@desk.test');
  mallory = await signIn('other@desk.test');
  const made = envelope(
    'incident',
    record,
    plainCreation('incident', account('agent@desk.test').id),
    0,
    random,
  );
  await agent.call('POST', '/api/commands', [made]);
  worker = new Seat({ url: server.served.url, cookie: agent.cookie, transport: 'channels', random });
  for (const name of [BOARD, room]) worker.open(name);
  await vi.waitUntil(() => worker.names.every((name) => worker.isSynced(name)), PATIENT);
});

afterAll(async () => {
  worker.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function account(email: string) {
  const found = server.served.accounts.find((one) => one.email === email);
  if (found === undefined) throw new Error(`there is no ${email}`);
  return found;
}

function signIn(email: string): Promise<HttpSession> {
  return HttpSession.signIn(server.served.url, account(email));
}

describe(`a server under strain [seed ${SEED}]`, () => {
  it(
    '[SYN-16] takes hostile frames as they come, while the work of others goes on',
    timeLimit(300_000),
    async () => {
      await server.ask({ do: 'strain' });
      const done = { value: false };
      const working = work(() => done.value);
      await Promise.all(Array.from({ length: HANDS }, () => attack(FRAMES / HANDS, random.fork())));
      done.value = true;
      const words = await working;
      await expectUndisturbed(words, 'hostile frames');
      expect(words.length).toBeGreaterThan(0);
    },
  );

  it(
    '[SYN-21] has readers that read nothing, and others get what is new at once',
    timeLimit(300_000),
    async () => {
      await server.ask({ do: 'strain' });
      const slow = await Promise.all(Array.from({ length: SLOW_READERS }, openSlowReader));
      const rounds = effort({ short: 100, perThousand: 1_000 });
      let done = 0;
      const words = await work(() => (done += 1) > rounds, LONG_WORDS);
      await expectUndisturbed(words, 'slow readers');
      for (const reader of slow) {
        const { closedWith, updates } = await reader.readOn(words.at(-1) ?? '');
        // Far less than a frame for each word: what it missed came at once, or it was told to go.
        if (closedWith === null) expect(updates).toBeLessThan(rounds / 2);
        else expect(closedWith).toBe(CLOSE.overloaded);
        reader.leave();
      }
    },
  );
});

/** Sends each attack without waiting for more than a sign that the server has read it. */
async function attack(frames: number, own: Random): Promise<void> {
  const hand = new Mallory(server.served.url, mallory.cookie);
  const drafts = draftName(account('other@desk.test').id);
  let sent = 0;
  while (sent < frames) {
    const [name, messages] = own.weighted<() => readonly [string | null, readonly Uint8Array[]]>([
      [5, () => [room, roomAttack(own).frames]],
      [3, () => [drafts, draftAttack(own).frames]],
      [1, () => [BOARD, boardWrite(own).frames]],
      [2, () => [null, [channelMessage(own), channelMessage(own)]]],
    ])();
    if (name === null) await hand.raw(messages);
    else await hand.onChannel(name, messages);
    sent += messages.length;
  }
  hand.close();
  note('hostile frames under load', sent);
}

/** Writes and waits until it is on disk, over and over; answers what was written. */
async function work(isDone: () => boolean, { padding, kept } = SHORT_WORDS): Promise<readonly string[]> {
  const words: string[] = [];
  const notes = roomFragment(worker.open(room), 'notes');
  while (!isDone()) {
    const word = `${random.ulid()}${'x'.repeat(padding)}`;
    notes.insert(0, [paragraphOf(word)]);
    await vi.waitUntil(() => worker.isSaved(room), { timeout: 30_000, interval: 1 });
    words.push(word);
    if (notes.length > 2 * kept) notes.delete(kept, notes.length - kept);
  }
  return words.slice(-kept / 2);
}

async function expectUndisturbed(words: readonly string[], under: string): Promise<void> {
  const { longestStallMs, heapBytes } = await server.ask({ do: 'strain' });
  noteTime(`longest stall of the event loop under ${under}`, longestStallMs);
  expect(longestStallMs).toBeLessThan(STALL_LIMIT_MS);
  expect(heapBytes).toBeLessThan(HEAP_LIMIT_BYTES);
  expect(worker.refusals).toEqual([]);
  const reader = new Seat({ url: server.served.url, cookie: agent.cookie, transport: 'stock', random });
  for (const name of [BOARD, room]) reader.open(name);
  await vi.waitUntil(() => reader.isSynced(room) && reader.isSynced(BOARD), PATIENT);
  const there = new Set(wordsOf(reader.open(room)));
  expect(words.filter((word) => !there.has(word))).toEqual([]);
  expect(readRows(reader.open(BOARD)).tickets.map(({ id }) => id)).toEqual([record]);
  reader.close();
  expect(await server.ask({ do: 'verify' })).toMatchObject({ ok: true, findings: [] });
}

/** Opens the room on a channel and then takes nothing more from its socket until it is told to read on. */
async function openSlowReader(): Promise<SlowReader> {
  const url = `${server.served.url.replace('http', 'ws')}/sync?ext=1&page=${PAGE_VERSION}`;
  const socket = new WebSocket(url, { headers: { cookie: agent.cookie } });
  const reader = new SlowReader(socket);
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(encodeControl({ type: 'open', channel: 1, name: room }));
  socket.send(encodeChannelFrame(1, encodeStepOne(Uint8Array.of(0))));
  await new Promise((resolve) => socket.once('message', resolve));
  socket.pause();
  return reader;
}

class SlowReader {
  readonly #socket: WebSocket;
  readonly #copy = new Y.Doc();
  #updates = 0;
  #closedWith: number | null = null;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('close', (code) => (this.#closedWith = code));
    socket.on('message', (data) => this.#take(new Uint8Array(data as Buffer)));
  }

  /** Reads until it has this word or is sent away; answers how many updates it took. */
  async readOn(word: string): Promise<{ readonly closedWith: number | null; readonly updates: number }> {
    this.#socket.resume();
    const hasAll = () => this.#closedWith !== null || wordsOf(this.#copy).includes(word);
    await vi.waitUntil(hasAll, { timeout: 30_000, interval: 50 });
    return { closedWith: this.#closedWith, updates: this.#updates };
  }

  leave(): void {
    this.#socket.terminate();
  }

  #take(message: Uint8Array): void {
    const heard = decodeChannelMessage(message);
    if (heard instanceof FrameError || heard.type !== 'frame') return;
    const frame = decodeFrame(heard.frame);
    if (frame instanceof FrameError || (frame.type !== 'update' && frame.type !== 'step-2')) return;
    this.#updates += 1;
    Y.applyUpdate(this.#copy, frame.update);
  }
}
