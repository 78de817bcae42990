import { ulid } from 'ulid';
import * as Y from 'yjs';
import { BackOff } from './back-off.ts';
import type { BackOffOptions } from './back-off.ts';
import type { BoundaryError } from './boundary-error.ts';
import type { DocumentStore, LoadedCopy } from './document-store.ts';
import { LOCAL_COPY } from './document-store.ts';
import { Listeners } from './listeners.ts';
import type { UnsentMarks } from './local-schema.ts';
import { asStorageError } from './storage-failure.ts';

/**
 * Writes what happens to a document to this device. One write runs at a time and the next takes all that
 * came meanwhile. What people type here goes at once; what the server sends may wait a little, it is safe there.
 * While the disk takes nothing, only so much is queued: beyond that the document itself, which is in memory
 * anyway, stands for it and is written whole when the disk is back.
 */
export class DocumentWriter {
  readonly #options: DocumentWriterOptions;
  readonly #backOff: BackOff;
  readonly #attempted = new Listeners();
  /** This tab's name in the marks of unsent work; another one at the next visit. */
  readonly #tab = ulid();
  #count = 0;
  #marks: UnsentMarks = {};
  #queue: Uint8Array[] = [];
  /** The disk lacks more than the queue holds. */
  #lacksWhole = false;
  #lacksOwn = false;
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
  start(copy: Pick<LoadedCopy, 'tail' | 'generation' | 'marks'>): void {
    this.#started = true;
    this.#tail = copy.tail;
    this.#generation = copy.generation;
    this.#marks = { ...copy.marks, ...this.#marks };
    this.#write();
  }

  /** When the oldest of this device's changes that is not on the disk was made, by `elapsed`; null when all are. */
  get unkeptSince(): number | null {
    return this.#unkeptSince;
  }

  /** Why the disk takes nothing; null while it does. */
  get problem(): BoundaryError | null {
    return this.#problem;
  }

  /** Unsent work on the disk that this tab holds too: sent when the server has acknowledged all of this tab's. */
  get marks(): UnsentMarks {
    return this.#marks;
  }

  /** Updates that wait for the disk. */
  get queued(): number {
    return this.#queue.length;
  }

  /** What was kept is gone: writes the whole document again. */
  rewrite(unsent: boolean): void {
    this.#lacksWhole = true;
    this.#marks = {};
    this.#generation = 0;
    if (unsent) this.#lackOwn();
    this.#options.changed();
    this.retry();
  }

  /** The disk may take it now. */
  retry(): void {
    this.#backOff.wake();
    this.#write();
  }

  /** Resolves when everything so far is on the disk, or the disk has refused it. */
  async flush(): Promise<void> {
    this.#stopTimer();
    this.#write();
    if (!this.#writing) return;
    await new Promise<void>((resolve) => {
      const stop = this.#attempted.add(() => {
        if (this.#hasWork && !this.#problem) return;
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

  get #hasWork(): boolean {
    return this.#lacksWhole || this.#queue.length > 0;
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #lackOwn(): void {
    this.#lacksOwn = true;
    this.#unkeptSince ??= this.#options.elapsed();
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === LOCAL_COPY) return;
    const own = !this.#options.isRemote(origin);
    if (own) this.#lackOwn();
    if (!this.#lacksWhole) this.#queue.push(update);
    if (this.#problem) this.#shorten();
    if (own) {
      this.#options.changed();
      this.#write();
    } else {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#write();
      }, REMOTE_DELAY_MS);
    }
  };

  /** What the disk does not take must not fill the memory: from here on the document stands for its updates. */
  #shorten(): void {
    if (this.#queue.length <= MAX_QUEUE) return;
    this.#queue = [];
    this.#lacksWhole = true;
  }

  #write(): void {
    if (!this.#started || this.#writing || this.#closed || !this.#hasWork) return;
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = null;
      // what came while the tail was being folded
      this.#write();
      this.#attempted.tell();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#hasWork) {
      const attempt = { whole: this.#lacksWhole, own: this.#lacksOwn, queue: this.#queue };
      this.#queue = [];
      this.#lacksWhole = false;
      this.#lacksOwn = false;
      try {
        await this.#put(attempt);
        this.#took();
      } catch (error) {
        this.#queue = attempt.whole ? [] : [...attempt.queue, ...this.#queue];
        this.#lacksWhole ||= attempt.whole;
        this.#lacksOwn ||= attempt.own;
        this.#shorten();
        this.#problem = asStorageError(error);
        this.#options.changed();
        this.#attempted.tell();
        if (this.#closed) return;
        await this.#backOff.wait();
        if (this.#closed) return;
      }
    }
    if (this.#tail > MAX_TAIL && !this.#closed) await this.#compact();
  }

  async #put({ whole, own, queue }: Attempt): Promise<void> {
    const { store, name, doc } = this.#options;
    const mark = own ? { tab: this.#tab, count: (this.#count += 1) } : null;
    if (whole) {
      this.#generation = await store.compact(name, doc, this.#generation, mark);
      this.#tail = 0;
    } else {
      // as one row: thirty people who type would have the tail folded every other second, which takes tenths of one
      const rows = queue.length > 1 ? [Y.mergeUpdates([...queue])] : queue;
      await store.append(name, rows, mark);
      this.#tail += rows.length;
    }
    if (mark) this.#marks = { ...this.#marks, [mark.tab]: mark.count };
  }

  #took(): void {
    this.#backOff.reset();
    this.#problem = null;
    if (!this.#lacksOwn) this.#unkeptSince = null;
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
  /** True for the origin of updates that the server sent. */
  readonly isRemote: (origin: unknown) => boolean;
  readonly changed: () => void;
  /** Milliseconds that pass evenly, whatever somebody does to the device's clock. */
  readonly elapsed: () => number;
  readonly backOff?: BackOffOptions;
}

interface Attempt {
  readonly whole: boolean;
  readonly own: boolean;
  readonly queue: readonly Uint8Array[];
}

/** Updates after the snapshot before they are folded into it. */
export const MAX_TAIL = 200;

/** Updates that wait for a disk that takes nothing, before the document stands for them. */
export const MAX_QUEUE = 200;

const REMOTE_DELAY_MS = 250;
