/** A whole desk for one journey: its own server, its own data, records in it, and a way to act without a browser. */
import type {
  CommandOutcome,
  PersonId,
  RecordId,
  Ticket,
  TicketAct,
  TicketProcess,
} from '@muster/domain/shared';
import type { TestServerOptions } from '@muster/server/testing';
import { TEST_PEOPLE } from '@muster/server/testing/people';
import type { TestAccount, TestPerson } from '@muster/server/testing/people';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededId } from './records.ts';
import type { SeededRecord, Served } from './serve.ts';
import { ServerProcess } from './server-process.ts';
import { HttpSession } from './session.ts';

type Opening = Omit<Extract<TicketAct, { verb: 'create' }>, 'verb'>;

export interface DeskOptions {
  /** How many records it holds at the start. */
  readonly records: number;
  /** None for an empty desk that asks for its set-up. */
  readonly people: readonly TestPerson[];
  /** The mail server that news goes out by; none when not said. */
  readonly mail?: TestServerOptions['mail'];
}

export const DEFAULT_DESK: DeskOptions = { records: 12, people: TEST_PEOPLE };

/** An event of a record as the server tells it. */
export interface ToldEvent {
  readonly seq: number;
  readonly type: string;
  readonly actor: PersonId;
  readonly event: Readonly<Record<string, unknown>>;
}

export class Desk {
  readonly #dataFolder: string;
  readonly #logFile: string;
  readonly #first: Served;
  readonly #sessions = new Map<string, Promise<HttpSession>>();
  #server: ServerProcess;

  private constructor(server: ServerProcess, dataFolder: string, logFile: string) {
    this.#server = server;
    this.#first = server.served;
    this.#dataFolder = dataFolder;
    this.#logFile = logFile;
  }

  /** Starts it; `close` it when the journey is over. The server's log goes to `logFile`. */
  static async open(options: DeskOptions, logFile: string): Promise<Desk> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'muster-journey-'));
    const server = await ServerProcess.start({ ...options, dataFolder, logFile, port: 0 });
    return new Desk(server, dataFolder, logFile);
  }

  get url(): string {
    return this.#first.url;
  }

  get setUpToken(): string {
    return this.#server.served.setUpToken ?? '';
  }

  get records(): readonly SeededRecord[] {
    return this.#first.records;
  }

  account(email: string): TestAccount {
    const found = this.#first.accounts.find((one) => one.email === email);
    if (found === undefined) throw new Error(`this desk has no account ${email}`);
    return found;
  }

  /** The seeded record at `index`, for journeys that need any. */
  record(index: number): SeededRecord {
    const found = this.records[index];
    if (found === undefined)
      throw new Error(`this desk has ${this.records.length} records, not ${index + 1}`);
    return found;
  }

  /** The record as the server has it now. */
  async ticket(id: RecordId): Promise<Ticket> {
    return (await this.#read(id)).ticket;
  }

  /** The record's events, public and staff, in the server's order. */
  async events(id: RecordId): Promise<readonly ToldEvent[]> {
    const { events } = await this.#read(id);
    return events.map((told) => ({ ...told, type: String(told.event['type']) }));
  }

  /** Signed in over HTTP, once for each person. */
  session(email: string): Promise<HttpSession> {
    const known = this.#sessions.get(email) ?? HttpSession.signIn(this.url, this.account(email));
    this.#sessions.set(email, known);
    return known;
  }

  /** Acts as somebody who has no browser in this journey; throws unless it is applied. */
  async act(email: string, process: TicketProcess, target: RecordId, act: TicketAct): Promise<void> {
    const { verb, ...args } = act;
    const session = await this.session(email);
    const basis = verb === 'create' ? 0 : (await this.ticket(target)).version;
    const type = `${process}.${verb}`;
    const [outcome] = await session.call<CommandOutcome[]>('POST', '/api/commands', [
      { id: freshId(), type, target, args, basis, clientAt: Date.now() },
    ]);
    if (outcome?.outcome !== 'applied') throw new Error(`${type} as ${email}: ${JSON.stringify(outcome)}`);
  }

  /** Opens an incident of the highest priority for somebody; what else it says is given. */
  async openIncident(email: string, fields: Pick<Opening, 'title'> & Partial<Opening>): Promise<RecordId> {
    const id = freshId();
    await this.act(email, 'incident', id, {
      verb: 'create',
      kind: 'incident',
      description: '',
      impact: 1,
      urgency: 1,
      requester: this.account('requester@desk.test').id,
      service: null,
      category: null,
      team: null,
      channel: 'phone',
      ...fields,
    });
    return id;
  }

  /** Calls a route without being signed in. */
  call(method: string, path: string): Promise<Response> {
    return fetch(new URL(path, this.url), { method });
  }

  async stopServer(): Promise<void> {
    await this.#server.stop();
  }

  /** Ends the server without warning: SIGKILL. */
  async killServer(): Promise<void> {
    await this.#server.kill();
  }

  /** Starts a server on the same data and port after one was stopped. */
  async startServer(options: { readonly maxPages?: number } = {}): Promise<void> {
    this.#server = await ServerProcess.start({
      ...options,
      port: Number(new URL(this.url).port),
      dataFolder: this.#dataFolder,
      logFile: this.#logFile,
      people: [],
      records: 0,
    });
  }

  /** Copies the store while it runs, for `putBack`. */
  async backup(): Promise<void> {
    await this.#server.ask({ do: 'backup', file: join(this.#dataFolder, 'kept.db') });
  }

  /** As an operator does it: stop, put the backup in the store's place, start again. */
  async putBack(): Promise<void> {
    await this.stopServer();
    const file = join(this.#dataFolder, 'muster.db');
    for (const suffix of ['', '-wal', '-shm']) await rm(`${file}${suffix}`, { force: true });
    await copyFile(join(this.#dataFolder, 'kept.db'), file);
    await this.startServer();
  }

  async close(): Promise<void> {
    await this.#server.stop();
    await rm(this.#dataFolder, { recursive: true, force: true });
  }

  async #read(id: RecordId): Promise<{ ticket: Ticket; events: readonly ToldEvent[] }> {
    const session = await this.session('admin@desk.test');
    return session.call('GET', `/api/records/${id}`);
  }
}

let made = 0;

/** A ULID beyond all seeded ones. */
export function freshId(): RecordId {
  made += 1;
  return seededId(2 ** 40 + Date.now() * 1000 + made);
}
