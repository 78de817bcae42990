/**
 * The server of one journey, in a process of its own: journeys measure and load the product, not the test tool.
 * Started by `server-process.ts`; takes its options as JSON, says what it made, stops when told or left alone.
 */
import { startTestServer } from '@muster/server/testing';
import type { TestPerson, TestServer } from '@muster/server/testing';
import type { Priority, RecordId, TicketProcess } from '@muster/domain/shared';
import { seededHistory } from './records.ts';

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

const BATCH = 500;

if (process.send !== undefined) await serve(JSON.parse(process.argv[2] ?? '') as ServeOptions);

async function serve({ records, ...options }: ServeOptions): Promise<void> {
  // a build of the client elsewhere, so that it may be rebuilt while journeys run
  const clientFolder = process.env['MUSTER_CLIENT_FOLDER'];
  const server = await startTestServer({ ...options, ...(clientFolder && { clientFolder }) });
  const stop = () => void server.stop().finally(() => process.exit(0));
  process.on('message', stop);
  process.on('disconnect', stop);
  const served: Served = {
    url: server.url,
    accounts: server.accounts,
    records: await seed(server, records),
    setUpToken: await server.setUp.token(),
  };
  process.send?.(served);
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
