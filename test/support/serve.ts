/**
 * The server of one journey, in a process of its own: journeys measure and load the product, not the test tool.
 * Started by `server-process.ts`; waits for its options, says what it made, does what an operator would do when it
 * is asked, stops when told or left alone.
 */
import { startTestServer } from '@muster/server/testing';
import type { TestPerson, TestServer, TestServerOptions } from '@muster/server/testing';
import type { Limits } from '@muster/sync';
import type { Priority, RecordId, TicketProcess } from '@muster/domain/shared';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { seededHistory } from './records.ts';
import { armAllThreads } from './sync/arm-failpoints.ts';
import type { Arming } from './sync/arm-failpoints.ts';

type VerifyReport = Awaited<ReturnType<TestServer['store']['verify']>>;
type Stalls = ReturnType<typeof monitorEventLoopDelay>;

export interface ServeOptions {
  readonly dataFolder: string;
  readonly logFile: string;
  /** 0 for any. */
  readonly port: number;
  /** Made at the first start of a data folder; none at a later one. */
  readonly people: readonly TestPerson[];
  /** How many records to make. */
  readonly records: number;
  /** Upper bound of the database in pages of 4 KB: a disk that is full. */
  readonly maxPages?: number;
  /** Bounds that differ from the usual ones. */
  readonly limits?: Partial<Limits>;
  /** The mail server that news goes out by. */
  readonly mail?: TestServerOptions['mail'];
  /** Heeded by a process that was started `armed`. */
  readonly failpoints?: readonly Arming[];
}

export interface SeededRecord {
  readonly id: RecordId;
  readonly process: TicketProcess;
  readonly number: string;
  readonly title: string;
  readonly priority: Priority;
}

export interface Served {
  readonly url: string;
  readonly accounts: TestServer['accounts'];
  readonly records: readonly SeededRecord[];
  /** What the console prints for the first start of an empty desk. */
  readonly setUpToken: string | null;
}

/** What the maintenance of a running server does, asked for by a test. */
export type Chore =
  | { readonly do: 'verify' }
  | { readonly do: 'compact'; readonly name: string }
  | { readonly do: 'rotate'; readonly name: string }
  | { readonly do: 'backup'; readonly file: string }
  | { readonly do: 'names' }
  | { readonly do: 'strain' };

/** What the process had to bear since it was asked last. */
export interface Strain {
  /** The longest time in which the event loop did nothing else, in ms. */
  readonly longestStallMs: number;
  readonly heapBytes: number;
}

interface ChoreAnswers {
  readonly verify: VerifyReport;
  readonly compact: null;
  readonly rotate: null;
  readonly backup: null;
  /** Names of all boards and the directory. */
  readonly names: readonly string[];
  readonly strain: Strain;
}

export type ChoreAnswer<Kind extends Chore['do']> = ChoreAnswers[Kind];

export type ToServer =
  | { readonly kind: 'serve'; readonly options: ServeOptions }
  | { readonly kind: 'chore'; readonly id: number; readonly chore: Chore }
  | { readonly kind: 'stop' };

export type FromServer =
  | { readonly kind: 'served'; readonly served: Served }
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly text: string };

const BATCH = 500;
const STALL_RESOLUTION_MS = 5;

if (process.send !== undefined) listen();

function listen(): void {
  let serving: Promise<TestServer> | null = null;
  const stalls = monitorEventLoopDelay({ resolution: STALL_RESOLUTION_MS });
  const stop = (): void => {
    const stopped = serving?.then((server) => server.stop()) ?? Promise.resolve();
    void stopped.finally(() => process.exit(0));
  };
  process.on('disconnect', stop);
  process.on('message', (order: ToServer) => {
    switch (order.kind) {
      case 'serve':
        serving = serve(order.options);
        return stalls.enable();
      case 'chore':
        return void serving?.then((server) => answer(order.id, server, order.chore, stalls));
      case 'stop':
        return stop();
    }
  });
}

async function serve({ records, failpoints = [], ...options }: ServeOptions): Promise<TestServer> {
  if (failpoints.length > 0) armAllThreads(failpoints);
  // a build of the client elsewhere, so that it may be rebuilt while journeys run
  const clientFolder = process.env['MUSTER_CLIENT_FOLDER'];
  const server = await startTestServer({ ...options, ...(clientFolder && { clientFolder }) });
  tell({
    kind: 'served',
    served: {
      url: server.url,
      accounts: server.accounts,
      records: await seed(server, records),
      setUpToken: await server.setUp.token(),
    },
  });
  return server;
}

async function answer(id: number, server: TestServer, chore: Chore, stalls: Stalls): Promise<void> {
  try {
    tell({ kind: 'done', id, value: (await perform(server, chore, stalls)) ?? null });
  } catch (error) {
    tell({ kind: 'failed', id, text: String(error) });
  }
}

async function perform({ store }: TestServer, chore: Chore, stalls: Stalls): Promise<unknown> {
  switch (chore.do) {
    case 'verify':
      return store.verify();
    case 'compact':
      return store.documents.compact(chore.name);
    case 'rotate':
      return void (await store.documents.rotate(chore.name, 'compaction'));
    case 'backup':
      return store.backup(chore.file);
    case 'names':
      return (await store.documents.currentNames()).map(({ name }) => name);
    case 'strain': {
      const strain: Strain = {
        longestStallMs: stalls.max / 1e6,
        heapBytes: process.memoryUsage().heapUsed,
      };
      stalls.reset();
      return strain;
    }
  }
}

function tell(message: FromServer): void {
  process.send?.(message);
}

async function seed(server: TestServer, count: number): Promise<readonly SeededRecord[]> {
  const [first] = server.accounts;
  if (count === 0 || first === undefined) return [];
  const named = (pattern: RegExp) => server.accounts.filter(({ email }) => pattern.test(email));
  const cast = {
    requester: (named(/^requester@/)[0] ?? first).id,
    staff: named(/^(agent|other|lead)@/).map(({ id }) => id),
    teams: [...server.teams.values()],
  };
  const now = Date.now();
  const histories = Array.from({ length: count }, (_, index) => seededHistory(index, cast, now));
  for (let from = 0; from < count; from += BATCH) {
    const batch = histories.slice(from, from + BATCH);
    const outcomes = await server.store.commands.importHistories(batch, { dryRun: false });
    const other = outcomes.find(({ outcome }) => outcome !== 'made');
    if (other !== undefined) throw new Error(`a seeded record was ${other.outcome}: ${other.reason ?? ''}`);
  }
  return describeRecords(server);
}

/** In the order they were seeded, which is the order of their ids. */
async function describeRecords(server: TestServer): Promise<readonly SeededRecord[]> {
  const rows = await server.store.reader
    .selectFrom('record')
    .select(['id', 'process', 'number', 'title', 'priority'])
    .orderBy('id')
    .execute();
  return rows as unknown as readonly SeededRecord[];
}
