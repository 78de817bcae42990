/**
 * A whole server for tests and benches: real store in a folder of its own, real sockets, any free port,
 * people who can sign in, and stock sync clients. Nothing here is used when serving.
 */
import { personId, recordId, teamId } from '@muster/domain/shared';
import type { CommandOutcome, PersonId, RecordId, TeamId, TicketProcess } from '@muster/domain/shared';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { insertTeam } from './access/organisation.ts';
import { insertPerson, setTeams } from './access/people.ts';
import type { MailSettings } from './channels/mail/settings.ts';
import type { PasswordCost } from './config.ts';
import { fillDemo } from './demo/index.ts';
import { openLog } from './log.ts';
import { startServer } from './server.ts';
import type { RunningServer, ServerOptions } from './server.ts';
import { TEST_PEOPLE } from './test-people.ts';
import type { TestAccount, TestPerson } from './test-people.ts';

export { TEST_PEOPLE };
export type { TestAccount, TestPerson };

/** As little as argon2 allows, so that tests do not wait for passwords. */
const CHEAP: PasswordCost = { memoryKib: 8, passes: 1, lanes: 1 };
const PASSWORD = 'correct horse battery';

export interface TestServerOptions extends ServerOptions {
  /** Fills the store with the demonstration instead of `people`. */
  readonly demo?: boolean;
  /** None for an empty desk that asks for its set-up. */
  readonly people?: readonly TestPerson[];
  /** Reopens the data of an earlier server, which is kept when this one stops. */
  readonly dataFolder?: string;
  /** Who is in that data already. */
  readonly accounts?: readonly TestAccount[];
  readonly port?: number;
  readonly statusPage?: boolean;
  /** Takes the server's log at level `debug`; without it only fatal faults are told, on standard error. */
  readonly logFile?: string;
  /** Sends mail there; without it none is sent. */
  readonly mail?: MailSettings;
  /** Lets webhooks reach this machine. */
  readonly webhookPrivate?: boolean;
  /** No proxy stands in front unless said otherwise. */
  readonly trustedProxy?: boolean;
  /** Public address. */
  readonly origin?: string;
}

export interface TestServer extends RunningServer {
  readonly dataFolder: string;
  readonly accounts: readonly TestAccount[];
  readonly teams: ReadonlyMap<string, TeamId>;
  account(email: string): TestAccount;
  /** Signs in over HTTP. */
  signIn(email: string): Promise<TestSession>;
  /** Calls without being signed in. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** Somebody signed in, as a browser would be. */
export interface TestSession {
  readonly person: PersonId;
  /** For a `Cookie` header. */
  readonly cookie: string;
  call(method: string, path: string, body?: unknown): Promise<Response>;
  /** Runs one command with an id of its own. */
  run(type: string, target: string, args: object, basis?: number): Promise<CommandOutcome>;
  /** Makes a ticket that is this person's own unless `fields` say otherwise; throws when it is refused. */
  createTicket(
    process: TicketProcess,
    fields?: object,
  ): Promise<{ readonly id: RecordId; readonly number: string }>;
  /** Opens a document with a stock y-websocket client. */
  open(name: string): StockClient;
}

export interface StockClient {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  /** Codes of all closes so far, oldest first. */
  readonly closes: readonly { readonly code: number; readonly reason: string }[];
  /** How often a connection was opened. */
  readonly connections: number;
  /** Resolves when the client has what the server has; rejects when the server says no for good. */
  synced(): Promise<void>;
  /** The next close that comes, or the last one when it has come. */
  closed(): Promise<{ readonly code: number; readonly reason: string }>;
  destroy(): void;
}

/** Starts a server; stop it when the test is over. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'muster-test-')));
  const logLevel = options.logFile === undefined ? 'fatal' : 'debug';
  const server = await startServer(
    {
      port: options.port ?? 0,
      host: '127.0.0.1',
      dataFolder,
      demo: false,
      origin: options.origin ?? null,
      logLevel,
      rawRoomUpdatesMs: 90 * 24 * 60 * 60 * 1000,
      statusPage: options.statusPage ?? true,
      passwordCost: CHEAP,
      mail: options.mail ?? null,
      webhookPrivate: options.webhookPrivate ?? false,
      trustedProxy: options.trustedProxy ?? false,
    },
    openLog(logLevel, options.logFile),
    options,
  );
  const teams = new Map<string, TeamId>();
  const made =
    options.demo === true
      ? await demoAccounts(server)
      : await makePeople(server, options.people ?? (options.dataFolder ? [] : TEST_PEOPLE), teams);
  const accounts = [...(options.accounts ?? []), ...made];
  const stops = new Set<() => void>();

  const account = (email: string): TestAccount => {
    const found = accounts.find((one) => one.email === email);
    if (found === undefined) throw new Error(`the test server has no account ${email}`);
    return found;
  };
  const call: TestServer['call'] = (method, path, body, headers = {}) =>
    fetch(new URL(path, server.url), {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    ...server,
    dataFolder,
    accounts,
    teams,
    account,
    call,
    async signIn(email) {
      const { password } = account(email);
      const answer = await call('POST', '/api/auth/sign-in/email', { email, password });
      if (!answer.ok) throw new Error(`signing in as ${email} answered ${answer.status}`);
      const person = personId(((await answer.json()) as { person: string }).person);
      const cookie = answer.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ');
      const session: TestSession = {
        person,
        cookie,
        call: (method, path, body) => call(method, path, body, { cookie }),
        run: (type, target, args, basis = 0) => runCommand(session, type, target, args, basis),
        createTicket: (process, fields = {}) => createTicket(session, process, fields),
        open: (name) => {
          const client = openStockClient(server.url, name, { cookie });
          stops.add(() => client.destroy());
          return client;
        },
      };
      return session;
    },
    async stop() {
      await server.stop();
      for (const stop of stops) stop();
      if (options.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Sends the mail that is due at a time: a run of the server's own clock may be on its way, with a time of its own. */
export async function mailAt({ mail }: Pick<RunningServer, 'mail'>, at: number): Promise<void> {
  for (let again = 0; again < 2; again += 1) await mail?.work(at);
}

/** A stock y-websocket 3 client on Node, which sends `headers` with its upgrade as a browser sends its cookies. */
export function openStockClient(
  serverUrl: string,
  name: string,
  headers: Record<string, string>,
): StockClient {
  class SocketWithHeaders extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers });
    }
  }
  const doc = new Y.Doc();
  const closes: { code: number; reason: string }[] = [];
  let connections = 0;
  const provider = new WebsocketProvider(`${serverUrl.replace(/^http/, 'ws')}/sync`, name, doc, {
    WebSocketPolyfill: SocketWithHeaders as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  provider.on('status', ({ status }) => {
    if (status === 'connected') connections += 1;
  });
  provider.on('connection-close', (event) => {
    if (event !== null) closes.push({ code: event.code, reason: event.reason });
  });
  return {
    doc,
    provider,
    closes,
    get connections() {
      return connections;
    },
    synced: () =>
      new Promise((resolve, reject) => {
        if (provider.synced) resolve();
        provider.on('sync', (synced: boolean) => {
          if (synced) resolve();
        });
        provider.on('connection-close', (event) => {
          if (event !== null && event.code >= 4400 && event.code < 4500) {
            reject(new Error(`closed ${event.code} ${event.reason}`));
          }
        });
      }),
    closed: () =>
      new Promise((resolve) => {
        const last = closes.at(-1);
        if (last !== undefined) resolve(last);
        else
          provider.once('connection-close', (event: CloseEvent | null) => {
            if (event !== null) resolve({ code: event.code, reason: event.reason });
          });
      }),
    destroy: () => provider.destroy(),
  };
}

async function runCommand(
  session: TestSession,
  type: string,
  target: string,
  args: object,
  basis: number,
): Promise<CommandOutcome> {
  const command = { id: ulid(), type, target, args, basis, clientAt: Date.now() };
  const answer = await session.call('POST', '/api/commands', [command]);
  const [outcome] = (await answer.json()) as CommandOutcome[];
  if (!answer.ok || outcome === undefined) throw new Error(`${type} answered ${answer.status}`);
  return outcome;
}

async function createTicket(
  session: TestSession,
  process: TicketProcess,
  fields: object,
): Promise<{ readonly id: RecordId; readonly number: string }> {
  const id = recordId(ulid());
  const outcome = await session.run(`${process}.create`, id, {
    kind: process === 'incident' ? 'incident' : 'request',
    title: 'Mail is down',
    description: 'Nothing arrives since noon.',
    impact: 2,
    urgency: 2,
    requester: session.person,
    service: null,
    category: null,
    team: null,
    channel: 'desk',
    ...fields,
  });
  if (outcome.outcome !== 'applied') throw new Error(`the ticket was not made: ${JSON.stringify(outcome)}`);
  return { id, number: outcome.number ?? '' };
}

async function makePeople(
  { store, access }: RunningServer,
  people: readonly TestPerson[],
  teams: Map<string, TeamId>,
): Promise<readonly TestAccount[]> {
  const accounts: TestAccount[] = [];
  for (const { email, name = email, roles, teams: names = [] } of people) {
    const id = personId(ulid());
    await insertPerson(store.writer, { id, name, email, roles }, Date.now());
    for (const team of names.filter((one) => !teams.has(one))) {
      teams.set(team, teamId(ulid()));
      await insertTeam(store.writer, { id: teams.get(team) ?? teamId(''), name: team, lead: null });
    }
    await setTeams(
      store.writer,
      id,
      names.flatMap((one) => teams.get(one) ?? []),
    );
    await access.signIn.setPassword(id, PASSWORD);
    accounts.push({ id, name, email, password: PASSWORD });
  }
  if (people.length > 0) await store.refreshDirectory();
  return accounts;
}

async function demoAccounts({ store, access, clocks }: RunningServer): Promise<readonly TestAccount[]> {
  const setPassword = access.signIn.setPassword.bind(access.signIn);
  const made = await clocks.without(() => fillDemo({ store, setPassword }, Date.now()));
  const rows = await store.reader.selectFrom('person').select(['id', 'email']).execute();
  const ids = new Map(rows.map((row) => [row.email, personId(row.id)]));
  return made.map(({ name, email, password }) => ({
    id: ids.get(email) ?? personId(''),
    name,
    email,
    password,
  }));
}
