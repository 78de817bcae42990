/**
 * A server in a process of its own is killed in the midst of work, again and again on the same data. Whatever it had
 * answered, acknowledged or shown to somebody else before it died must be there when it is back.
 */
import { boardName, readRows, roomFragment, roomName, textOf } from '@muster/documents';
import type { CommandEnvelope, RecordId, Ticket } from '@muster/domain/shared';
import { recordId } from '@muster/domain/shared';
import { TEST_PEOPLE, startTestServer } from '@muster/server/testing';
import type { TestAccount } from '@muster/server/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type * as Y from 'yjs';
import { ServerProcess } from '../support/server-process.ts';
import { HttpSession } from '../support/session.ts';
import { envelope, plainCreation } from '../support/sync/acts.ts';
import { Author } from '../support/sync/author.ts';
import { paragraphOf } from '../support/sync/prose.ts';
import { Random, effort, seeds, timeLimit } from '../support/sync/random.ts';
import { Seat } from '../support/sync/seat.ts';
import { storedHistory } from '../support/sync/stored.ts';

const ROUNDS = effort({ short: 6, perThousand: 30 });
const ROOMS = 3;
const BOARD = boardName('incident', 1);
const PATIENT = { timeout: 30_000, interval: 5 };
const WRITERS = ['agent@desk.test', 'other@desk.test'];
const WATCHER = 'lead@desk.test';

describe('a server that is killed at work', () => {
  it.each(seeds(20_261_123, { short: 1, perThousand: 10 }))(
    'loses nothing that it answered, acknowledged or showed [seed %i]',
    timeLimit(240_000),
    async (seed) => {
      const trial = await Trial.open(new Random(seed));
      for (let round = 0; round < ROUNDS; round += 1) {
        await trial.start();
        await trial.expectAllThere();
        await trial.workUntilKilled();
      }
      await trial.expectSoundStore();
    },
  );
});

/** One data folder, the servers that die on it, and what everybody was told by them. */
class Trial {
  readonly #random: Random;
  readonly #folder: string;
  readonly #accounts = new Map<string, TestAccount>();
  readonly #sessions = new Map<string, HttpSession>();
  readonly #authors: readonly Author[];
  readonly #records: RecordId[] = [];
  /** Words that a document must hold: acknowledged to who wrote them, or seen by who did not. */
  readonly #words = new Map<string, Set<string>>();
  /** Rows as the watcher last saw them. */
  readonly #rows = new Map<RecordId, Ticket>();
  #server: ServerProcess | null = null;
  #answers = 0;
  #alive = false;

  static async open(random: Random): Promise<Trial> {
    const folder = await mkdtemp(join(tmpdir(), 'muster-durability-'));
    const trial = new Trial(random, folder);
    onTestFinished(async () => {
      await trial.#server?.kill();
      await rm(folder, { recursive: true, force: true });
    });
    return trial;
  }

  private constructor(random: Random, folder: string) {
    this.#random = random;
    this.#folder = folder;
    this.#authors = WRITERS.map((email) => this.#authorFor(email));
  }

  async start(): Promise<void> {
    const people = this.#server === null ? TEST_PEOPLE : [];
    const logFile = join(this.#folder, 'server.log');
    this.#server = await ServerProcess.start({
      dataFolder: this.#folder,
      logFile,
      port: 0,
      people,
      records: 0,
    });
    for (const account of this.#server.served.accounts) this.#accounts.set(account.email, account);
    for (const email of [...WRITERS, WATCHER]) {
      const account = this.#accounts.get(email);
      if (account !== undefined) this.#sessions.set(email, await HttpSession.signIn(this.#url, account));
    }
    this.#alive = true;
  }

  /** Reads as somebody who opens everything for the first time, and asks again what was asked before. */
  async expectAllThere(): Promise<void> {
    for (const author of this.#authors) {
      await author.resend();
      expect(author.contradictions).toEqual([]);
    }
    const reader = this.#seatFor(WATCHER, 'channels');
    for (const [name, words] of this.#words) {
      const doc = reader.open(name);
      await vi.waitUntil(() => reader.isSynced(name), PATIENT);
      const there = new Set(wordsOf(doc));
      expect(
        [...words].filter((word) => !there.has(word)),
        `lost in ${name}`,
      ).toEqual([]);
    }
    const board = reader.open(BOARD);
    await vi.waitUntil(() => reader.isSynced(BOARD), PATIENT);
    const rows = new Map(readRows(board).tickets.map((ticket) => [ticket.id, ticket]));
    for (const [id, shown] of this.#rows) {
      const row = rows.get(id);
      if (row?.version === shown.version) expect(row).toEqual(shown);
      else expect(row?.version).toBeGreaterThan(shown.version);
    }
    reader.close();
  }

  /** Everybody works until so much was answered that this round's moment has come. */
  async workUntilKilled(): Promise<void> {
    await this.#makeRecords();
    const [watcher, ...typists] = [
      this.#seatFor(WATCHER, this.#random.pick(['stock', 'channels'])),
      ...WRITERS.map((email) => this.#seatFor(email, 'channels')),
    ];
    const rooms = this.#records.slice(0, ROOMS).map(roomName);
    for (const seat of [watcher, ...typists]) {
      for (const name of seat === watcher ? [BOARD, ...rooms] : rooms) seat.open(name);
      await vi.waitUntil(() => seat.names.every((name) => seat.isSynced(name)), PATIENT);
    }
    const moment = this.#answers + 20 + this.#random.below(180);
    const killed = vi.waitUntil(() => this.#answers >= moment, PATIENT).then(() => this.#kill());
    await Promise.all([
      killed,
      ...this.#authors.map((author) => this.#command(author, this.#random.fork())),
      ...typists.map((seat) => this.#type(seat, rooms, this.#random.fork())),
    ]);
    await vi.waitUntil(() => watcher.names.every((name) => !watcher.isSynced(name)), PATIENT);
    for (const name of rooms) for (const word of wordsOf(watcher.open(name))) this.#mustHold(name, word);
    for (const ticket of readRows(watcher.open(BOARD)).tickets) this.#rows.set(ticket.id, ticket);
    for (const seat of [watcher, ...typists]) seat.close();
  }

  async expectSoundStore(): Promise<void> {
    const server = await startTestServer({ dataFolder: this.#folder, people: [] });
    onTestFinished(() => server.stop());
    expect(await server.store.verify()).toMatchObject({ ok: true, findings: [] });
    const replies = (await Promise.all(this.#records.map((id) => storedHistory(server, id))))
      .flat()
      .flatMap(({ event }) => (event.type === 'replied' ? [event.text] : []));
    const asked = this.#authors.flatMap(({ sent, outcomes }) =>
      [...new Map(sent.map((one) => [one.id, one])).values()]
        .filter(({ type }) => type.endsWith('.reply'))
        .map(({ id, args }) => ({
          text: (args as { text: string }).text,
          isApplied: outcomes.get(id)?.outcome === 'applied',
        })),
    );
    const said = asked.filter(({ isApplied }) => isApplied).map(({ text }) => text);
    expect(said.length).toBeGreaterThan(0);
    // each once; of what was under way when the server died for the last time, some may be there unanswered
    expect(new Set(replies).size).toBe(replies.length);
    expect(replies).toEqual(expect.arrayContaining(said));
    expect(asked.map(({ text }) => text)).toEqual(expect.arrayContaining(replies));
  }

  get #url(): string {
    return this.#server?.served.url ?? '';
  }

  async #kill(): Promise<void> {
    this.#alive = false;
    await this.#server?.kill();
  }

  async #makeRecords(): Promise<void> {
    const [author] = this.#authors;
    const [requester] = [...this.#accounts.values()].map(({ id }) => id);
    if (requester === undefined) throw new Error('nobody is there');
    while (this.#records.length < ROOMS + 2) {
      const id = recordId(this.#random.ulid());
      await author?.act(envelope('incident', id, plainCreation('incident', requester), 0, this.#random));
      this.#records.push(id);
    }
  }

  /** Replies and edits without pause, alone and in batches, until nobody answers any more. */
  async #command(author: Author, random: Random): Promise<void> {
    const command = (): CommandEnvelope => {
      const words = random.ulid();
      const act = random.chance(60)
        ? ({ verb: 'reply', text: words } as const)
        : ({ verb: 'edit', fields: { title: words } } as const);
      return envelope('incident', random.pick(this.#records), act, 0, random);
    };
    while (this.#alive) {
      const batch = Array.from({ length: random.chance(20) ? 1 + random.below(20) : 1 }, command);
      await author.act(...batch).catch((error: unknown) => {
        if (this.#alive) throw error;
      });
      this.#answers += batch.length;
    }
  }

  /** Writes words and waits until they are told to be on disk, until nobody tells any more. */
  async #type(seat: Seat, rooms: readonly string[], random: Random): Promise<void> {
    while (this.#alive) {
      const name = random.pick(rooms);
      const notes = roomFragment(seat.open(name), 'notes');
      const words = Array.from({ length: 1 + random.below(3) }, () => random.ulid());
      for (const word of words) notes.insert(random.below(notes.length + 1), [paragraphOf(word)]);
      await vi.waitUntil(() => seat.isSaved(name) || !this.#alive, PATIENT);
      if (!seat.isSaved(name)) return;
      for (const word of words) this.#mustHold(name, word);
      this.#answers += 1;
    }
  }

  #mustHold(name: string, word: string): void {
    const words = this.#words.get(name) ?? new Set();
    this.#words.set(name, words.add(word));
  }

  #authorFor(email: string): Author {
    const call = (body: string, signal: AbortSignal): Promise<Response> =>
      fetch(new URL('/api/commands', this.#url), {
        method: 'POST',
        headers: { cookie: this.#sessions.get(email)?.cookie ?? '', 'content-type': 'application/json' },
        body,
        signal,
      });
    return new Author(call, { isUp: true }, this.#random.fork());
  }

  #seatFor(email: string, transport: 'stock' | 'channels'): Seat {
    const cookie = this.#sessions.get(email)?.cookie ?? '';
    return new Seat({ url: this.#url, cookie, transport, random: this.#random.fork() });
  }
}

/** The words of a room's notes, a paragraph each. */
function wordsOf(room: Y.Doc): readonly string[] {
  return textOf(roomFragment(room, 'notes'))
    .split('\n')
    .filter((word) => word !== '');
}
