import type { Api } from './api.ts';
import { BoundaryError } from './boundary-error.ts';
import type { EraStore } from './era-store.ts';
import { Listeners } from './listeners.ts';
import type { StoredRestoration } from './local-schema.ts';

/**
 * In which era of the store this tab and this device live. The server is asked once for each connection; when its
 * store was restored since, the device moves into the new era before anything else is believed of it: until then
 * that a record is not there may mean that a restore took it.
 */
export class Eras {
  readonly #options: ErasOptions;
  readonly #changed = new Listeners();
  #era: string | null = null;
  #restoration: StoredRestoration | null = null;
  #confirmed = false;
  #started: Promise<void> | null = null;
  #asking: Promise<boolean> | null = null;

  constructor(options: ErasOptions) {
    this.#options = options;
  }

  /** The last restore that this device went through; null when it never did. */
  get restoration(): StoredRestoration | null {
    return this.#restoration;
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  /** Reads what the disk knows of before. */
  start(): Promise<void> {
    return (this.#started ??= this.#read());
  }

  /** Reads again what became of the restore: acts were answered. */
  async refresh(): Promise<void> {
    if ((await this.#options.store.current()) === null) return;
    this.#restoration = await this.#options.store.restoration();
    this.#changed.tell();
  }

  /** The connection was lost: another store may be at its other end. */
  doubt(): void {
    this.#confirmed = false;
  }

  /** What the disk knew of eras is gone with the rest: the next word of the server is taken down again. */
  diskReplaced(): void {
    this.#era = null;
    this.#confirmed = false;
    void this.confirm();
  }

  /** Makes sure that this device lives in the server's era; false when that cannot be told now. */
  confirm(): Promise<boolean> {
    if (this.#confirmed) return Promise.resolve(true);
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async putAway(): Promise<void> {
    const read = this.#restoration?.era;
    // first on the disk: what went from the screen stays away; a disk that does not take it tells at the next visit
    await this.#options.store.putAway().catch(() => undefined);
    if (this.#restoration?.era !== read) return;
    if (this.#restoration) this.#restoration = { ...this.#restoration, told: true };
    this.#changed.tell();
  }

  async #read(): Promise<void> {
    try {
      this.#era = await this.#options.store.current();
      await this.refresh();
    } catch {
      // the disk does not answer, which saving tells; the server is asked all the same
    }
  }

  async #ask(): Promise<boolean> {
    await this.start();
    try {
      const word = (await this.#options.api.store?.()) ?? null;
      if (word !== null && word.era !== this.#era) await this.#enter(word);
      this.#confirmed = true;
      return true;
    } catch (error) {
      if (!(error instanceof BoundaryError)) throw error;
      // a server that knows of no eras was never restored
      return error.code === 'not-found';
    }
  }

  async #enter(word: NonNullable<Awaited<ReturnType<Api['store']>>>): Promise<void> {
    const restoration = await this.#options.store.adopt(word, this.#options.now());
    const isRestored = restoration?.era === word.era;
    this.#era = word.era;
    this.#restoration = restoration;
    if (isRestored) await this.#options.restored();
    this.#changed.tell();
  }
}

interface ErasOptions {
  readonly api: Partial<Pick<Api, 'store'>>;
  readonly store: EraStore;
  readonly now: () => number;
  /** The device has moved over a restore: what it holds is brought again. */
  readonly restored: () => Promise<void>;
}
