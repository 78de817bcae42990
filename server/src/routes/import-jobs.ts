/** Imports asked for over HTTP: one at a time, each followed and stopped by its id. */
import type { Readable } from 'node:stream';
import { ulid } from 'ulid';
import { importServiceNow } from '../import/runner.ts';
import type { ImportProgress } from '../import/runner.ts';
import { readMapping } from '../import/servicenow/settings.ts';
import type { Store } from '../store/store.ts';

/** Kept after they ended, for whoever asks how it went. */
const JOBS_KEPT = 20;

export interface ImportJob {
  readonly progress: ImportProgress;
  /** Resolves when the import ended, however it did. Never rejects. */
  readonly ended: Promise<void>;
  cancel(): void;
}

export class ImportJobs {
  readonly #store: Store;
  readonly #onFault: (error: unknown) => void;
  readonly #jobs = new Map<string, ImportJob>();
  #busy = false;

  constructor(store: Store, onFault: (error: unknown) => void) {
    this.#store = store;
    this.#onFault = onFault;
  }

  /**
   * Takes the one place there is, from before the file arrives: a second import would fight the first for the same
   * records, and files that wait would fill the disk. False when it is taken; `start` or `giveUp` frees it.
   */
  take(): boolean {
    if (this.#busy) return false;
    this.#busy = true;
    return true;
  }

  giveUp(): void {
    this.#busy = false;
  }

  /** After `take`: begins to read `source`. The job ends when the source does, fails, or is cancelled. */
  start(
    source: Readable,
    options: { readonly dryRun: boolean },
  ): { readonly id: string; readonly job: ImportJob } {
    const id = ulid();
    const cancelling = new AbortController();
    let progress: ImportProgress = { ...NOTHING_YET, dryRun: options.dryRun };
    const run = async (): Promise<void> => {
      try {
        progress = await importServiceNow(this.#store, source, {
          dryRun: options.dryRun,
          mapping: await readMapping(this.#store),
          signal: cancelling.signal,
          onProgress: (next) => {
            progress = next;
          },
          onFault: this.#onFault,
        });
      } catch (error) {
        progress = { ...progress, state: 'failed', error: 'the import broke' };
        this.#onFault(error);
      } finally {
        this.#busy = false;
      }
    };
    const job: ImportJob = {
      get progress() {
        return progress;
      },
      ended: run(),
      cancel: () => cancelling.abort(),
    };
    this.#keep(id, job);
    return { id, job };
  }

  find(id: string): ImportJob | undefined {
    return this.#jobs.get(id);
  }

  #keep(id: string, job: ImportJob): void {
    this.#jobs.set(id, job);
    for (const oldest of this.#jobs.keys()) {
      if (this.#jobs.size <= JOBS_KEPT) return;
      this.#jobs.delete(oldest);
    }
  }
}

const NOTHING_YET: ImportProgress = {
  state: 'running',
  dryRun: false,
  read: 0,
  made: 0,
  updated: 0,
  unchanged: 0,
  setAside: 0,
  rows: 0,
  rowsSetAside: 0,
  problems: [],
  error: null,
};
