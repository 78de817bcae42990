/** The writer's thread: owns the database, runs everything that changes it, one group commit after another. */
import { workerData } from 'node:worker_threads';
import { BoundaryError } from '../boundary-error.ts';
import { diskFailure, openConnection } from './connection.ts';
import type { Connection } from './connection.ts';
import { describeError } from './errors.ts';
import { GROUP_LIMITS, GroupCommit } from './group-commit.ts';
import type { CommittedGroup, Job } from './group-commit.ts';
import { openInstance } from './instance.ts';
import { markerOf, readMarker, writeMarker } from './marker.ts';
import { migrate } from './migrate.ts';
import type { Answer, Request } from './protocol.ts';
import { serveThread } from './serve-thread.ts';
import type { ThreadPort } from './serve-thread.ts';
import { Statements } from './statements.ts';
import { WriterContext } from './writer-context.ts';
import { isWriterOperation, planNoter, writerOperations } from './writer-operations.ts';
import { restrictedNamed } from './documents/hidden-incidents.ts';
import { WriteUnit } from './write-unit.ts';

export interface WriterOptions {
  readonly file: string;
  /** The folder was put back from a copy that shows no sign of it (see instance.ts). */
  readonly restored: boolean;
  /** Upper bound of the database in pages; for tests of a full disk. */
  readonly maxPages: number | null;
  /** How long after a restore devices may bring back what others wrote. */
  readonly recoveryMs: number;
  /** Whether news goes out by mail: then its deliveries are written with it. */
  readonly mail: boolean;
}

const MARKER_EVERY_MS = 5_000;
const INDEX_ROOMS_EVERY_MS = 50;
const REQUEST_BYTES = 1024;

await serveThread((port) => openWriter(workerData as WriterOptions, port));

async function openWriter(options: WriterOptions, port: ThreadPort): Promise<(request: Request) => void> {
  const connection = openConnection(options.file, { readonly: false });
  try {
    return await serveWriter(connection, options, port);
  } catch (error) {
    const told = damageBehind(connection, error);
    connection.close();
    throw told;
  }
}

async function serveWriter(
  connection: Connection,
  options: WriterOptions,
  port: ThreadPort,
): Promise<(request: Request) => void> {
  const statements = new Statements(connection);
  await migrate(statements);
  const context = new WriterContext(statements, options);
  await settle(context, options);
  if (options.maxPages !== null) connection.pragma(`max_page_count = ${options.maxPages}`);
  const saveMarker = (final: boolean): void => writeMarker(options.file, markerOf(statements, final));
  saveMarker(false);
  context.rooms.noteBehind();
  const timer = setInterval(() => saveMarker(false), MARKER_EVERY_MS);

  let answers: Answer[] = [];
  let committed: { readonly unit: WriteUnit; readonly group: CommittedGroup } | null = null;
  const commits = new GroupCommit(statements, {
    ...GROUP_LIMITS,
    onCommit: (unit, group) => {
      committed = { unit, group };
      for (const name of unit.grown.keys()) context.rooms.note(name);
    },
    onAnswered: () => {
      const unit = committed?.unit;
      port.post({
        kind: 'answers',
        answers,
        updates: unit?.updates ?? [],
        epochs: unit?.epochs ?? [],
        audiences: unit?.audiences ?? [],
        grown: unit?.grown ?? new Map(),
        group: committed?.group,
      });
      answers = [];
      committed = null;
    },
    onDisk: (failure) => port.post({ kind: 'health', health: healthOf(failure) }),
  });

  const notePlans = planNoter(context);
  const indexing = setInterval(() => {
    if (context.rooms.waiting) commits.enqueue(inBackground((unit) => context.rooms.index(unit, notePlans)));
  }, INDEX_ROOMS_EVERY_MS);

  const close = async (id: number): Promise<void> => {
    await commits.idle();
    clearInterval(timer);
    clearInterval(indexing);
    saveMarker(true);
    connection.close();
    const done: Answer = { id, ok: true, value: undefined };
    port.post({ kind: 'answers', answers: [done], updates: [], epochs: [], grown: new Map() });
  };

  const operations = writerOperations(context);
  return ({ id, operation, args }) => {
    if (operation === 'close') return void close(id);
    commits.enqueue({
      ...weigh(args),
      run: (unit) => {
        if (!isWriterOperation(operations, operation)) throw new Error(`the writer has no ${operation}`);
        // The other end of the port is typed by the same table (see protocol.ts).
        return (operations[operation] as (...all: unknown[]) => unknown)(unit, ...args);
      },
      answer: (value) => void answers.push({ id, ok: true, value }),
      fail: (error) => void answers.push({ id, ok: false, error: describeError(error) }),
    });
  };
}

/** A damaged file makes anything fail: then it is told that the file is damaged, and not what that made of it. */
function damageBehind(connection: Connection, error: unknown): unknown {
  if (diskFailure(error) !== null) return error;
  try {
    if (connection.pragma('quick_check(1)', { simple: true }) === 'ok') return error;
  } catch (unreadable) {
    const failure = diskFailure(unreadable);
    if (failure !== null) return failure;
  }
  return new BoundaryError('store/damaged', { cause: error });
}

/** The first transaction: the instance, a new generation after a restore, and every document there should be. */
async function settle(context: WriterContext, options: WriterOptions): Promise<void> {
  const { statements, epochs } = context;
  const unit = new WriteUnit(statements);
  const now = Date.now();
  statements.prepare('begin immediate').run();
  try {
    const { restored } = openInstance(statements, readMarker(options.file), options, now);
    const stale = restored ? epochs.currentEpochs() : epochs.outdated();
    await context.refreshDirectory(unit, now);
    epochs.forgetFrozen(now);
    // what was made by an earlier version may name some
    for (const incident of restrictedNamed(statements)) await context.showNamed(unit, incident, now);
    const directory = await context.directory();
    for (const name of stale)
      await epochs.rotate(unit, name, restored ? 'restored' : 'layout', directory, now);
    statements.prepare('commit').run();
  } catch (error) {
    if (statements.connection.inTransaction) statements.prepare('rollback').run();
    throw error;
  }
}

/** A job of the writer's own: nobody waits for it, and one that failed is tried again when there is cause. */
function inBackground(run: (unit: WriteUnit) => Promise<void>): Job {
  return { bytes: 0, run, answer: () => undefined, fail: () => undefined };
}

/** What a request counts towards the limits of a group: only appends are many, and large. */
function weigh(args: readonly unknown[]): { readonly bytes: number; readonly count: number } {
  const [first] = args;
  const isPacked = typeof first === 'object' && first !== null && 'bytes' in first && 'count' in first;
  const count = isPacked && typeof first.count === 'number' ? first.count : 1;
  const bytes = isPacked && first.bytes instanceof Uint8Array ? first.bytes.byteLength : REQUEST_BYTES;
  return { bytes, count };
}

function healthOf(
  failure: BoundaryError | null,
): { ok: true } | { ok: false; code: 'disk-full' | 'io-error'; text: string } {
  if (failure === null) return { ok: true };
  const code = failure.code === 'store/disk-full' ? 'disk-full' : 'io-error';
  return { ok: false, code, text: failure.message };
}
