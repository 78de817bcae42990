/**
 * One data folder, the servers that die on it one after another, and the people who work through it all: two who give
 * commands and write, one who writes through stock sockets, one who only looks, and an operator. What they were told
 * goes into a ledger; each new server is held against it.
 */
import { parseName, roomName } from '@muster/documents';
import type { PersonId, RecordId } from '@muster/domain/shared';
import { recordId } from '@muster/domain/shared';
import { TEST_PEOPLE } from '@muster/server/testing/people';
import type { TestAccount } from '@muster/server/testing/people';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { ServerEnded, StandbyServer } from '../server-process.ts';
import type { ServerProcess } from '../server-process.ts';
import { HttpSession } from '../session.ts';
import { envelope, plainCreation } from './acts.ts';
import type { Arming } from './arm-failpoints.ts';
import { Author } from './author.ts';
import { Ledger } from './ledger.ts';
import { noteTime } from './measures.ts';
import type { Random } from './random.ts';
import { Seat } from './seat.ts';
import type { TransportKind } from './seat.ts';

const WRITERS = ['agent@desk.test', 'other@desk.test'];
export const WATCHER = 'lead@desk.test';
export const PATIENT = { timeout: 30_000, interval: 5 };
/** What people work on in one trial; few, so that they meet. */
export const ROOMS = 3;
const RECORDS = ROOMS + 2;
/** The newest commands that are asked for again after each death. */
const ASKED_AGAIN = 150;

export class Trial {
  readonly random: Random;
  readonly folder: string;
  readonly authors: readonly Author[];
  readonly records: RecordId[] = [];
  readonly ledger = new Ledger();
  /** How long each server took until it listened, in ms. */
  readonly recoveries: number[] = [];
  /** Commands and writes that were answered so far. */
  answers = 0;
  readonly #accounts = new Map<string, TestAccount>();
  readonly #sessions = new Map<string, HttpSession>();
  #standby: StandbyServer | null = null;
  #server: ServerProcess | null = null;

  /** A trial that ends with the test. */
  static async open(random: Random): Promise<Trial> {
    const trial = await Trial.begin(random);
    onTestFinished(() => trial.end());
    return trial;
  }

  static async begin(random: Random): Promise<Trial> {
    return new Trial(random, await mkdtemp(join(tmpdir(), 'muster-trial-')));
  }

  private constructor(random: Random, folder: string) {
    this.random = random;
    this.folder = folder;
    this.authors = WRITERS.map((email) => this.#authorFor(email));
  }

  get server(): ServerProcess {
    if (this.#server === null) throw new Error('no server was started');
    return this.#server;
  }

  /** For whom records are made. */
  get requester(): PersonId {
    const [first] = this.#accounts.values();
    if (first === undefined) throw new Error('nobody is there');
    return first.id;
  }

  get isAlive(): boolean {
    return this.#server?.isAlive ?? false;
  }

  /** Starts the next server; false when it died of a failpoint before it listened. */
  async start(failpoints: readonly Arming[] = []): Promise<boolean> {
    const logFile = join(this.folder, 'server.log');
    const standby = this.#standby ?? new StandbyServer(logFile, { armed: true });
    this.#standby = null;
    const people = this.#accounts.size === 0 ? TEST_PEOPLE : [];
    const options = { dataFolder: this.folder, logFile, port: 0, people, records: 0, failpoints };
    try {
      this.#server = await standby.serve(options);
    } catch (error) {
      if (error instanceof ServerEnded && failpoints.length > 0) return false;
      throw error;
    }
    // the next one loads while this one works
    this.#standby = new StandbyServer(logFile, { armed: true });
    this.recoveries.push(this.server.startedInMs);
    noteTime('until a server listens again', this.server.startedInMs);
    for (const account of this.server.served.accounts) this.#accounts.set(account.email, account);
    for (const email of [...WRITERS, WATCHER]) await this.#signIn(email);
    return true;
  }

  /** Makes what people work on, once. */
  async makeRecords(): Promise<void> {
    const [author] = this.authors;
    while (this.records.length < RECORDS) {
      const id = recordId(this.random.ulid());
      await author?.act(envelope('incident', id, plainCreation('incident', this.requester), 0, this.random));
      this.records.push(id);
    }
  }

  get rooms(): readonly string[] {
    return this.records.slice(0, ROOMS).map(roomName);
  }

  /** Names of the boards that all staff read, as they are now. */
  async boards(): Promise<readonly string[]> {
    const names = await this.server.ask({ do: 'names' });
    return names.filter((name) => {
      const parsed = parseName(name);
      return parsed?.kind === 'board' && parsed.team === null;
    });
  }

  /** Reads as somebody who opens everything for the first time, and asks again what was asked before. */
  async expectAllThere(): Promise<void> {
    expect(await this.server.ask({ do: 'verify' })).toMatchObject({ ok: true, findings: [] });
    for (const author of this.authors) {
      await author.resend(Math.max(0, author.sent.length - ASKED_AGAIN));
      expect(author.contradictions).toEqual([]);
    }
    const boards = await this.boards();
    const reader = this.seatFor(WATCHER, 'channels');
    await this.openAll(reader, [...boards, ...this.ledger.rooms]);
    for (const room of this.ledger.rooms) {
      expect(this.ledger.lostIn(room, reader.open(room)), `lost in ${room}`).toEqual([]);
    }
    expect(this.ledger.lostOn(boards.map((board) => reader.open(board)))).toEqual([]);
    reader.close();
  }

  seatFor(email: string, transport: TransportKind): Seat {
    const cookie = this.#sessions.get(email)?.cookie ?? '';
    return new Seat({ url: this.server.served.url, cookie, transport, random: this.random.fork() });
  }

  /** Opens documents and waits until all that the server has of them is there. Rejects when it dies before. */
  async openAll(seat: Seat, names: readonly string[]): Promise<void> {
    for (const name of names) seat.open(name);
    const areThere = (): boolean => names.every((name) => seat.isSynced(name));
    await vi.waitUntil(() => areThere() || !this.isAlive, PATIENT);
    if (!areThere()) throw new ServerEnded('the server died before all was read');
  }

  /** Does something that may fail when the server dies over it, and only then. */
  async unlessDead(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const died = await Promise.race([this.server.ended.then(() => true), this.#soon()]);
      if (!died) throw error;
    }
  }

  async end(): Promise<void> {
    await this.#server?.kill();
    await this.#standby?.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #signIn(email: string): Promise<void> {
    const account = this.#accounts.get(email);
    if (account === undefined) throw new Error(`there is no ${email}`);
    const url = this.server.served.url;
    const before = this.#sessions.get(email);
    this.#sessions.set(email, before?.movedTo(url) ?? (await HttpSession.signIn(url, account)));
  }

  #authorFor(email: string): Author {
    const call = (body: string, signal: AbortSignal): Promise<Response> =>
      fetch(new URL('/api/commands', this.server.served.url), {
        method: 'POST',
        headers: { cookie: this.#sessions.get(email)?.cookie ?? '', 'content-type': 'application/json' },
        body,
        signal,
      });
    return new Author(call, { isUp: true }, this.random.fork());
  }

  /** A connection may break a moment before its process is known to have ended. */
  #soon(): Promise<false> {
    return vi
      .waitUntil(() => !this.isAlive, { timeout: 3_000, interval: 5 })
      .then(
        () => new Promise<never>(() => undefined),
        () => false,
      );
  }
}
