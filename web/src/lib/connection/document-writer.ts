import type * as Y from 'yjs';
import { BackOff } from './back-off.ts';
import type { BackOffOptions } from './back-off.ts';
import { BoundaryError } from './boundary-error.ts';
import type { DocumentStore, LoadedCopy } from './document-store.ts';
import { LOCAL_COPY } from './document-store.ts';
import { Listeners } from './listeners.ts';

/**
 * Writes what happens to a document to this device. One write runs at a time and the next takes all that
 * came meanwhile. What people type here goes at once; what the server sends may wait a little, it is safe there.
 */
export class DocumentWriter {
  readonly #options: DocumentWriterOptions;
  readonly #backOff: BackOff;
  readonly #attempted = new Listeners();
  #queue: { readonly update: Uint8Array; readonly own: boolean }[] = [];
  #writing: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #started = false;
  #tail = 0;
  #generation = 0;
  #unkeptSince: number | null = null;
  #problem: BoundaryError | null = null;
  #closed = false;

  constructor(options: DocumentWriterOptions) {
    this.#options = options;
    this.#backOff = new BackOff(options.backOff);
  }

  /** Takes note of changes from now on, and writes them from `start` on. */
  listen(): void {
    this.#options.doc.on('update', this.#onUpdate);
  }

  /** Begins to write, after the local copy was read; what came before is written now. */
  start(copy: Pick<LoadedCopy, 'tail' | 'generation'>): void {
    this.#started = true;
    this.#tail = copy.tail;
    this.#generation = copy.generation;
    this.#write();
  }

  /** When the oldest of this device's changes that is not on the disk was made; null when all are. */
  get unkeptSince(): number | null {
    return this.#unkeptSince;
  }

  /** Why the disk takes nothing; null while it does. */
  get problem(): BoundaryError | null {
    return this.#problem;
  }

  /** Resolves when everything so far is on the disk, or the disk has refused it. */
  async flush(): Promise<void> {
    this.#stopTimer();
    this.#write();
    if (!this.#writing) return;
    await new Promise<void>((resolve) => {
      const stop = this.#attempted.add(() => {
        if (this.#queue.length > 0 && !this.#problem) return;
        stop();
        resolve();
      });
    });
  }

  /** Writes what is left, trying once. */
  async close(): Promise<void> {
    this.#options.doc.off('update', this.#onUpdate);
    this.#stopTimer();
    this.#write();
    this.#closed = true;
    this.#backOff.wake();
    await this.#writing;
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === LOCAL_COPY) return;
    const own = !this.#options.isRemote(origin);
    this.#queue.push({ update, own });
    if (own) {
      this.#unkeptSince ??= this.#options.now();
      this.#options.changed();
      this.#write();
    } else {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#write();
      }, REMOTE_DELAY_MS);
    }
  };

  #write(): void {
    if (!this.#started || this.#writing || this.#closed || this.#queue.length === 0) return;
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = null;
      // what came while the tail was being folded
      this.#write();
      this.#attempted.tell();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      const unsent = batch.some((entry) => entry.own);
      try {
        await this.#options.store.append(
          this.#options.name,
          batch.map((entry) => entry.update),
          { unsent },
        );
        this.#tail += batch.length;
        this.#took();
      } catch (error) {
        this.#queue = [...batch, ...this.#queue];
        this.#problem = asBoundaryError(error);
        this.#options.changed();
        this.#attempted.tell();
        if (this.#closed) return;
        await this.#backOff.wait();
        if (this.#closed) return;
      }
    }
    if (this.#tail > MAX_TAIL && !this.#closed) await this.#compact();
  }

  #took(): void {
    this.#backOff.reset();
    this.#problem = null;
    if (!this.#queue.some((entry) => entry.own)) this.#unkeptSince = null;
    this.#options.changed();
    this.#attempted.tell();
  }

  async #compact(): Promise<void> {
    try {
      this.#generation = await this.#options.store.compact(
        this.#options.name,
        this.#options.doc,
        this.#generation,
      );
      this.#tail = 0;
    } catch {
      // nothing is lost: the tail stays, and the next write tries again
    }
  }
}

export interface DocumentWriterOptions {
  readonly name: string;
  readonly doc: Y.Doc;
  readonly store: DocumentStore;
  /** True for the origin of updates that came from the server or another tab. */
  readonly isRemote: (origin: unknown) => boolean;
  readonly changed: () => void;
  readonly now: () => number;
  readonly backOff?: BackOffOptions;
}

/** Updates after the snapshot before they are folded into it. */
export const MAX_TAIL = 200;

const REMOTE_DELAY_MS = 250;

function asBoundaryError(error: unknown): BoundaryError {
  if (error instanceof BoundaryError) return error;
  return new BoundaryError('storage-lost', 'The local copy on this device cannot be reached.', {
    cause: error,
  });
}
