import { CsvError } from 'csv-parse';
import type { Readable } from 'node:stream';
import { isBoundaryError } from '../store/boundary-error.ts';
import type { HistoryOutcome, Store } from '../store/store.ts';
import { historyOf } from './servicenow/history.ts';
import type { ServiceNowMapping } from './servicenow/mapping.ts';
import { Organisation } from './servicenow/organisation.ts';
import { NotAnEventLog, readGroups } from './servicenow/read.ts';
import type { Group } from './servicenow/read.ts';
import type { RowProblem } from './servicenow/row.ts';

/** Where an import stands. The first five counts are records and add up: read = made + updated + unchanged + setAside. */
export interface ImportProgress {
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly dryRun: boolean;
  readonly read: number;
  readonly made: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly setAside: number;
  readonly rows: number;
  readonly rowsSetAside: number;
  /** At most `MAX_PROBLEMS` are kept; `rowsSetAside` and `setAside` count all. */
  readonly problems: readonly RowProblem[];
  readonly error: string | null;
}

export interface ImportOptions {
  readonly mapping: ServiceNowMapping;
  readonly dryRun: boolean;
  /** Epoch ms: leaves out updates after it, so that the desk stands as it stood then. */
  readonly until?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Told of a fault that is ours and not the file's. */
  readonly onFault: (error: unknown) => void;
}

/** Records a transaction: large enough to amortise the commit, small enough not to hold up people's commands. */
const BATCH = 100;
/** Rows that are in memory together, of a few long records as of many short ones. */
const BATCH_ROWS = 5_000;
const MAX_PROBLEMS = 1000;

/**
 * Imports an incident event log. Idempotent on (source, number): the same file again changes nothing, a longer log
 * adds what is new. Every batch is one transaction, so a cancelled import keeps whole records only.
 */
export async function importServiceNow(
  store: Store,
  source: Readable,
  options: ImportOptions,
): Promise<ImportProgress> {
  const tally = new Tally(options.dryRun);
  const organisation = new Organisation(store, options.mapping);
  let batch: Group[] = [];
  let batchRows = 0;
  const write = async (): Promise<void> => {
    const groups = batch
      .map((group) => cutOff(group, options.until))
      .filter((group) => group.rows.length > 0);
    batch = [];
    batchRows = 0;
    if (groups.length === 0) return;
    if (!options.dryRun) await organisation.admit(groups.flatMap((group) => group.rows));
    const histories = groups.map((group) => {
      const [first, ...rest] = group.rows;
      if (first === undefined) throw new Error('a group without rows was filtered out above');
      return historyOf([first, ...rest], (name) => organisation.teamOf(name));
    });
    tally.settle(await store.commands.importHistories(histories, { dryRun: options.dryRun }), groups);
    options.onProgress?.(tally.progress('running'));
  };
  try {
    await organisation.open();
    for await (const group of readGroups(source, options.mapping, options.signal)) {
      tally.count(group);
      if (group.rows.length === 0) continue;
      batch.push(group);
      batchRows += group.rows.length;
      if (batch.length >= BATCH || batchRows >= BATCH_ROWS) await write();
    }
    await write();
    return tally.progress('done');
  } catch (error) {
    if (options.signal?.aborted === true) return tally.progress('cancelled');
    if (isForPeople(error)) return tally.progress('failed', error.message);
    options.onFault(error);
    return tally.progress('failed', 'the import broke; the log of the server says why');
  } finally {
    source.destroy();
    if (!options.dryRun) await organisation.publish();
  }
}

/** Whether an error says in words what whoever imports can put right. */
function isForPeople(error: unknown): error is Error {
  return error instanceof NotAnEventLog || error instanceof CsvError || isBoundaryError(error);
}

function cutOff(group: Group, until: number | undefined): Group {
  if (until === undefined) return group;
  return { ...group, rows: group.rows.filter((row) => row.openedAt <= until && row.updatedAt <= until) };
}

/** Counts records and rows so that the end line adds up whatever happened. */
class Tally {
  #rows = 0;
  #rowsSetAside = 0;
  #read = 0;
  #counts = { made: 0, updated: 0, unchanged: 0, 'set-aside': 0 };
  #problems: RowProblem[] = [];
  readonly #dryRun: boolean;

  constructor(dryRun: boolean) {
    this.#dryRun = dryRun;
  }

  count(group: Group): void {
    this.#rows += group.rows.length + group.problems.length;
    this.#rowsSetAside += group.problems.length;
    this.#keep(group.problems);
    if (group.rows.length > 0) return;
    this.#read += 1;
    this.#counts['set-aside'] += 1;
  }

  settle(outcomes: readonly HistoryOutcome[], groups: readonly Group[]): void {
    outcomes.forEach((outcome, index) => {
      this.#read += 1;
      this.#counts[outcome.outcome] += 1;
      if (outcome.outcome !== 'set-aside') return;
      const line = groups[index]?.rows[0]?.line ?? 0;
      this.#keep([{ line, record: outcome.externalId, reason: outcome.reason ?? 'set aside' }]);
    });
  }

  progress(state: ImportProgress['state'], error: string | null = null): ImportProgress {
    const { made, updated, unchanged } = this.#counts;
    return {
      state,
      dryRun: this.#dryRun,
      read: this.#read,
      made,
      updated,
      unchanged,
      setAside: this.#counts['set-aside'],
      rows: this.#rows,
      rowsSetAside: this.#rowsSetAside,
      problems: [...this.#problems],
      error,
    };
  }

  #keep(problems: readonly RowProblem[]): void {
    this.#problems.push(...problems.slice(0, Math.max(0, MAX_PROBLEMS - this.#problems.length)));
  }
}

/** The one closing line of an import: records, in counts that add up. */
export function endLine(progress: ImportProgress): string {
  const { read, made, updated, unchanged, setAside } = progress;
  return `read ${read}, made ${made}, updated ${updated}, unchanged ${unchanged}, set aside ${setAside}`;
}
