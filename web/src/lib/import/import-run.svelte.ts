import { BoundaryError } from '#lib/connection/boundary-error.ts';
import { problemWords } from '#lib/wording/problems.ts';
import type { ImportApi, ImportProgress } from './import-api.ts';

/** How often the server is asked how far it is. */
const ASK_MS = 400;

export type ImportPhase = 'none' | 'sending' | 'running' | 'ended';

/** One file on its way in, from the browser to its end. */
export class ImportRun {
  readonly #api: ImportApi;
  #phase = $state<ImportPhase>('none');
  #progress = $state.raw<ImportProgress | null>(null);
  #problem = $state<string | null>(null);
  #fileName = $state('');
  #id: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: ImportApi) {
    this.#api = api;
  }

  get phase(): ImportPhase {
    return this.#phase;
  }

  get progress(): ImportProgress | null {
    return this.#progress;
  }

  /** Why it did not start or cannot be followed. */
  get problem(): string | null {
    return this.#problem;
  }

  get fileName(): string {
    return this.#fileName;
  }

  /** Sends the file and follows it until it ends. */
  async start(file: File, dryRun: boolean): Promise<void> {
    if (this.#phase === 'sending' || this.#phase === 'running') return;
    this.#phase = 'sending';
    this.#progress = null;
    this.#problem = null;
    this.#fileName = file.name;
    try {
      const { id } = await this.#api.start(file, dryRun);
      this.#id = id;
      this.#phase = 'running';
      await this.#follow();
    } catch (error) {
      this.#phase = 'none';
      this.#problem = problemWords(error);
    }
  }

  async cancel(): Promise<void> {
    if (this.#id === null) return;
    try {
      await this.#api.cancel(this.#id);
    } catch (error) {
      this.#problem = problemWords(error);
    }
  }

  /** Stops asking; the import itself goes on at the server. */
  leave(): void {
    clearTimeout(this.#timer);
  }

  async #follow(): Promise<void> {
    const id = this.#id;
    if (id === null) return;
    try {
      this.#progress = await this.#api.progress(id);
      this.#problem = null;
    } catch (error) {
      this.#problem = problemWords(error);
      if (error instanceof BoundaryError && !error.retry) {
        this.#phase = 'none';
        return;
      }
    }
    if (this.#progress !== null && this.#progress.state !== 'running') {
      this.#phase = 'ended';
      return;
    }
    this.#timer = setTimeout(() => void this.#follow(), ASK_MS);
  }
}
