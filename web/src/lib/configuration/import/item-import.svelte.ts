import type { ImportReport } from '@muster/domain/configuration';
import type { PersonId } from '@muster/domain/shared';
import { BoundaryError } from '#lib/connection/boundary-error.ts';
import { problemWords } from '#lib/wording/problems.ts';
import { interruptedWords } from './import-words.ts';
import type { ImportApi, ImportAsked, ImportJob } from './import-api.ts';

/** How often the server is asked how far it is. */
const ASK_MS = 400;

export function isRunning({ state }: ImportJob): boolean {
  return state === 'reading' || state === 'applying';
}

/**
 * One import of items, from this browser to its end. It runs on the server: whoever leaves the page and comes back
 * finds it where it is.
 */
export class ItemImport {
  readonly #api: ImportApi;
  #isSending = $state(false);
  #job = $state.raw<ImportJob | null>(null);
  #report = $state.raw<ImportReport | null>(null);
  #problem = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasLeft = false;

  constructor(api: ImportApi) {
    this.#api = api;
  }

  get isSending(): boolean {
    return this.#isSending;
  }

  get isBusy(): boolean {
    return this.#isSending || (this.#job !== null && isRunning(this.#job));
  }

  get job(): ImportJob | null {
    return this.#job;
  }

  /** Of the job, once it has ended. */
  get report(): ImportReport | null {
    return this.#report;
  }

  /** Why it did not begin or cannot be followed. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Finds what runs, or what this person had done last. */
  async resume(me: PersonId): Promise<void> {
    try {
      const jobs = await this.#api.all();
      const found = jobs.find(isRunning) ?? jobs.find(({ by }) => by === me);
      if (found !== undefined && !this.isBusy) await this.#follow(found.id);
    } catch (error) {
      this.#problem = problemWords(error);
    }
  }

  /** Sends what is to be brought in and follows it to its end. */
  async start(asked: ImportAsked): Promise<void> {
    if (this.isBusy) return;
    this.forget();
    this.#isSending = true;
    try {
      const { id } = await this.#api.begin(asked);
      await this.#follow(id);
    } catch (error) {
      this.#problem = problemWords(error);
    } finally {
      this.#isSending = false;
    }
  }

  async cancel(): Promise<void> {
    if (this.#job === null) return;
    try {
      await this.#api.cancel(this.#job.id);
    } catch (error) {
      this.#problem = problemWords(error);
    }
  }

  /** Of what was tried before: another file was chosen. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#job = null;
    this.#report = null;
    this.#problem = null;
  }

  /** Stops asking; the import itself goes on. */
  leave(): void {
    this.#hasLeft = true;
    clearTimeout(this.#timer);
  }

  async #follow(id: string): Promise<void> {
    try {
      const job = await this.#api.job(id);
      const report = !isRunning(job) && job.hasReport ? await this.#api.report(id) : null;
      this.#job = job;
      this.#report = report;
      this.#problem = null;
      if (!isRunning(job)) return;
    } catch (error) {
      const running = this.#job !== null && isRunning(this.#job) ? this.#job : null;
      if (running !== null && error instanceof BoundaryError && error.code === 'not-found') {
        this.#job = { ...running, state: 'interrupted', error: interruptedWords(running) };
        this.#problem = null;
        return;
      }
      this.#problem = problemWords(error);
      if (error instanceof BoundaryError && !error.retry) {
        this.#job = null;
        return;
      }
    }
    if (!this.#hasLeft) this.#timer = setTimeout(() => void this.#follow(id), ASK_MS);
  }
}
