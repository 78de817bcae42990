import { failpoint } from '@muster/sync/failpoint';
import type { BoundaryError } from '../boundary-error.ts';
import { diskFailure } from './connection.ts';
import type { Statements } from './statements.ts';
import { WriteUnit } from './write-unit.ts';

/** One request to the writer. `run` happens in a savepoint of its own; its answer goes out after the commit. */
export interface Job {
  /** Size that counts towards the limit of a group. */
  readonly bytes: number;
  /** How many writes it stands for, towards the other limit; 1 unless said. */
  readonly count?: number;
  readonly run: (unit: WriteUnit) => unknown;
  readonly answer: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
}

export interface GroupCommitOptions {
  readonly maxJobs: number;
  readonly maxBytes: number;
  /** Called after each commit that wrote something, before any answer. */
  readonly onCommit: (unit: WriteUnit, group: CommittedGroup) => void;
  /** Called after all answers of a group. */
  readonly onAnswered: () => void;
  /** Called when the disk begins or ceases to fail. */
  readonly onDisk: (failure: BoundaryError | null) => void;
}

/** How one group went, for those who watch. */
export interface CommittedGroup {
  readonly jobs: number;
  /** Jobs that queued meanwhile and go into the next groups. */
  readonly waiting: number;
  /** From its begin to the disk's answer, in ms. */
  readonly ms: number;
}

export const GROUP_LIMITS = { maxJobs: 256, maxBytes: 1024 * 1024 } as const;

/**
 * Natural group commit: everything that queued while the last commit ran goes into the next one. Under light load
 * a job commits alone and at once; under heavy load one fsync carries hundreds.
 */
export class GroupCommit {
  readonly #statements: Statements;
  readonly #options: GroupCommitOptions;
  readonly #queue: Job[] = [];
  #running: Promise<void> | null = null;
  #failing = false;

  constructor(statements: Statements, options: GroupCommitOptions) {
    this.#statements = statements;
    this.#options = options;
  }

  enqueue(job: Job): void {
    this.#queue.push(job);
    this.#running ??= this.#drain();
  }

  /** Resolves when nothing is queued or running. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #drain(): Promise<void> {
    // Let what arrived in the same turn of the event loop join the group.
    await nextTurn();
    while (this.#queue.length > 0) {
      await this.#commit(this.#take());
      await nextTurn();
    }
    this.#running = null;
  }

  #take(): readonly Job[] {
    const { maxJobs, maxBytes } = this.#options;
    let bytes = 0;
    let count = 0;
    let taken = 0;
    for (const job of this.#queue) {
      const { count: more = 1 } = job;
      if (taken > 0 && (count + more > maxJobs || bytes + job.bytes > maxBytes)) break;
      bytes += job.bytes;
      count += more;
      taken += 1;
    }
    return this.#queue.splice(0, taken);
  }

  async #commit(group: readonly Job[]): Promise<void> {
    const from = performance.now();
    const unit = new WriteUnit(this.#statements);
    const answers: (() => void)[] = [];
    let wrote: boolean;
    try {
      this.#statements.prepare('begin immediate').run();
      failpoint('store.group.begin');
      const before = this.#changes();
      for (const job of group) answers.push(await this.#runJob(job, unit));
      // what only read needs no disk, sessions are looked up here with many a request; a disk that failed is tried
      wrote = this.#failing || this.#changes() !== before;
      if (wrote) this.#statements.prepare('update instance set commits = commits + 1').run();
      failpoint('store.commit.before');
      this.#statements.prepare('commit').run();
    } catch (error) {
      this.#failGroup(group, unit, error);
      return;
    }
    const ms = performance.now() - from;
    failpoint('store.commit.after');
    if (wrote) this.#options.onCommit(unit, { jobs: group.length, waiting: this.#queue.length, ms });
    for (const answer of answers) answer();
    this.#options.onAnswered();
    failpoint('store.answers.sent');
    this.#reportDisk(null);
  }

  /** Rows changed on this connection so far. */
  #changes(): number {
    return this.#statements.prepare('select total_changes()').pluck().get() as number;
  }

  /** Runs one job. An error of its own fails this job alone; an error of the disk fails the group. */
  async #runJob(job: Job, unit: WriteUnit): Promise<() => void> {
    try {
      const value = await unit.savepoint(() => job.run(unit));
      return () => job.answer(value);
    } catch (error) {
      const failure = diskFailure(error);
      if (failure !== null && failure.code !== 'store/no-transactions') throw failure;
      if (!this.#statements.connection.inTransaction) throw error;
      return () => job.fail(error);
    }
  }

  #failGroup(group: readonly Job[], unit: WriteUnit, error: unknown): void {
    unit.undoAll();
    if (this.#statements.connection.inTransaction) this.#statements.prepare('rollback').run();
    const failure = diskFailure(error);
    for (const job of group) job.fail(failure ?? error);
    this.#options.onAnswered();
    if (failure !== null && failure.code !== 'store/in-use') this.#reportDisk(failure);
  }

  #reportDisk(failure: BoundaryError | null): void {
    if (failure === null && !this.#failing) return;
    this.#failing = failure !== null;
    this.#options.onDisk(failure);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
