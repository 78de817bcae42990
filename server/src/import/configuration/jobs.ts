/** Imports of the configuration: one at a time, each followed and stopped by its id, trials as well. */
import type { Actor, PersonId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { isBoundaryError } from '../../store/boundary-error.ts';
import type { ImportPlanner, Store } from '../../store/store.ts';
import { applyImport } from './apply.ts';
import type { ReadAs } from './read-file.ts';

/** Kept with their reports after they ended, for whoever asks how it went. */
const JOBS_KEPT = 6;

const RIGHTS_LOST =
  'It was stopped: whoever began it may not import any more. What was applied until then stays.';

export type JobState = 'reading' | 'applying' | 'done' | 'cancelled' | 'failed' | 'refused' | 'too-large';

export interface ImportJob {
  readonly id: string;
  readonly by: PersonId;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly dryRun: boolean;
  readonly format: ReadAs['format'];
  readonly name: string;
  readonly state: JobState;
  /** Commands that were run, of how many; 0 of 0 while the file is read. */
  readonly done: number;
  readonly of: number;
  /** Why it was refused, broke, or was stopped by nobody. */
  readonly error: string | null;
  /** An `ImportReport` as JSON in UTF-8, once it has ended; null where nothing was begun. */
  readonly report: Uint8Array | null;
}

export interface ImportAsked {
  readonly bytes: Uint8Array;
  readonly as: ReadAs;
  readonly dryRun: boolean;
  readonly actor: Actor;
  /** Whether whoever asked has the rights for it still. */
  readonly mayGoOn: () => Promise<boolean>;
}

interface Kept {
  job: ImportJob;
  /** Resolves when the import ended, however it did. Never rejects. */
  ended: Promise<void>;
  readonly ending: AbortController;
  isStopped: boolean;
}

export class ConfigurationImports {
  readonly #store: Store;
  readonly #onFault: (error: unknown) => void;
  readonly #jobs = new Map<string, Kept>();
  #isBusy = false;

  constructor(store: Store, onFault: (error: unknown) => void) {
    this.#store = store;
    this.#onFault = onFault;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /**
   * Takes the one place there is: a second import would go by what the first is about to change, and a trial reads as
   * much as an import does. Not before the file is here, for who sends it slowly would keep everybody else out.
   * @returns Its id; null when the place is taken
   */
  start(asked: ImportAsked): string | null {
    if (this.#isBusy) return null;
    this.#isBusy = true;
    const { as, dryRun, actor } = asked;
    const job: ImportJob = {
      ...{ id: ulid(), by: actor.id, startedAt: Date.now(), dryRun, format: as.format, name: as.name },
      ...{ state: 'reading', done: 0, of: 0, error: null, report: null },
    };
    const kept: Kept = { job, ended: Promise.resolve(), ending: new AbortController(), isStopped: false };
    kept.ended = this.#run(kept, asked);
    this.#keep(kept);
    return job.id;
  }

  find(id: string): ImportJob | undefined {
    return this.#jobs.get(id)?.job;
  }

  /** The newest first. */
  all(): readonly ImportJob[] {
    return [...this.#jobs.values()].map(({ job }) => job).toReversed();
  }

  /** As it ended. */
  async ended(id: string): Promise<ImportJob | undefined> {
    await this.#jobs.get(id)?.ended;
    return this.find(id);
  }

  /** Ends the reading at once, and the applying after the item that it is at: what was applied stays. */
  cancel(id: string): void {
    const kept = this.#jobs.get(id);
    if (kept === undefined) return;
    kept.isStopped = true;
    if (kept.job.state === 'reading') kept.ending.abort();
  }

  async #run(kept: Kept, asked: ImportAsked): Promise<void> {
    const say = (part: Partial<ImportJob>): void => void (kept.job = { ...kept.job, ...part });
    let planner: ImportPlanner | null = null;
    let end: Partial<ImportJob>;
    try {
      planner = await this.#store.imports.open(kept.ending.signal);
      end = await this.#work(planner, kept, asked, say);
    } catch (error) {
      end = await this.#broken(error, kept, planner);
    }
    await planner?.close().catch(() => undefined);
    // who reads that it ended may begin the next one
    this.#isBusy = false;
    say(end);
  }

  async #broken(error: unknown, { job, isStopped }: Kept, planner: ImportPlanner | null) {
    if (isStopped && job.state === 'reading') return { state: 'cancelled' } as const;
    if (!isBoundaryError(error)) this.#onFault(error);
    const report = job.state === 'applying' ? await planner?.report('done').catch(() => null) : null;
    return {
      state: 'failed',
      error: isBoundaryError(error) ? error.message : 'The import broke; the log of the server says why.',
      report: report ?? null,
    } as const;
  }

  /** How it ended. */
  async #work(
    planner: ImportPlanner,
    kept: Kept,
    { bytes, as, dryRun, actor, mayGoOn }: ImportAsked,
    say: (part: Partial<ImportJob>) => void,
  ): Promise<Partial<ImportJob>> {
    const planned = await planner.plan(bytes, as, actor);
    if (!planned.ok) {
      return planned.why === 'too-large'
        ? { state: 'too-large' }
        : { state: 'refused', error: planned.words };
    }
    if (dryRun) return { state: 'done', report: await planner.report('plan'), of: planned.of };
    say({ state: 'applying', of: planned.of });
    const appliedTo = await applyImport(this.#store, planner, {
      ...{ source: planned.source, actor, mayGoOn },
      isStopped: () => kept.isStopped,
      onProgress: (done) => say({ done }),
    });
    const report = await planner.report('done');
    const error = appliedTo === 'loss-of-rights' ? RIGHTS_LOST : null;
    return { state: appliedTo === 'end' ? 'done' : 'cancelled', error, report };
  }

  #keep(kept: Kept): void {
    this.#jobs.set(kept.job.id, kept);
    for (const oldest of this.#jobs.keys()) {
      if (this.#jobs.size <= JOBS_KEPT) return;
      this.#jobs.delete(oldest);
    }
  }
}
