import { deleteDB } from 'idb';
import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { BackOff } from './back-off.ts';
import type { BackOffOptions } from './back-off.ts';
import { BoundaryError } from './boundary-error.ts';
import { openHandle } from './database-handle.ts';
import type { OpenHandle, OpeningHandle } from './database-handle.ts';
import { Listeners } from './listeners.ts';
import type { LocalSchema } from './local-schema.ts';
import { Silence, asStorageError, causeOf, isLostHandle, within } from './storage-failure.ts';

/**
 * The one IndexedDB database of a person on this device: every document, the outbox and what needs attention.
 * Browsers close it behind our back (another tab upgrades or deletes it, a phone puts the page to sleep),
 * so no caller holds a handle: each operation names its stores and runs in a transaction of its own, and is
 * repeated once on a fresh handle when the old one turns out to be dead. What fails then is said, in `problem`
 * too, until the disk answers again; a disk that is only out of reach is asked again by itself.
 */
export interface LocalDatabase {
  readonly name: string;
  /** Why this device keeps nothing now; null while it does, as far as is known. */
  readonly problem: BoundaryError | null;
  /** Told when `problem` changes. */
  onProblem(listener: () => void): () => void;
  /** Told when an empty database stands in the place of the one that was open: what was kept is gone from it. */
  onReplaced(listener: () => void): () => void;
  /** Resolves with what `work` returned once the transaction has committed. */
  read<Stores extends StoreName[], Value>(
    stores: [...Stores],
    work: (transaction: IDBPTransaction<LocalSchema, Stores, 'readonly'>) => Promise<Value>,
  ): Promise<Value>;
  /**
   * Resolves once the transaction has committed; with `strict`, once the browser says it is on the disk.
   * `work` may run twice, so it must not change anything but the database.
   * @throws BoundaryError `storage-full`, `storage-lost`, `storage-blocked`, `storage-newer` or `storage-missing`
   */
  write<Stores extends StoreName[], Value>(
    stores: [...Stores],
    work: (transaction: IDBPTransaction<LocalSchema, Stores, 'readwrite'>) => Promise<Value>,
    options?: { readonly strict?: boolean },
  ): Promise<Value>;
  /** Asks the disk again now, if there was a problem. */
  retry(): void;
  close(): void;
  /** Deletes everything of this person on this device. */
  destroy(): Promise<void>;
}

type StoreName = StoreNames<LocalSchema>;

type Attempt = 'read' | 'write';

export function databaseName(person: string): string {
  return `muster:${person}`;
}

/** Opens lazily: nothing is touched before the first read or write. */
export function openLocalDatabase(person: string, options: LocalDatabaseOptions = {}): LocalDatabase {
  return new PersonDatabase(databaseName(person), options);
}

export interface LocalDatabaseOptions {
  /** Between the questions to a disk that is out of reach. */
  readonly backOff?: BackOffOptions;
}

/** What is written only to learn whether the disk takes anything. */
const TRIED = 'tried';

/** A transaction that has not ended after this time never will: some browsers forget them. */
const TRANSACTION_PATIENCE_MS = 15_000;

class PersonDatabase implements LocalDatabase {
  readonly name: string;
  readonly #problemChanged = new Listeners();
  readonly #replaced = new Listeners();
  readonly #backOff: BackOff;
  #opening: OpeningHandle | null = null;
  #identity: { readonly value: unknown } | null = null;
  #problem: BoundaryError | null = null;
  /** It was a write that failed: that the disk can be read does not show that this is over. */
  #isOfWriting = false;
  #asking = false;
  #closed = false;

  constructor(name: string, options: LocalDatabaseOptions) {
    this.name = name;
    this.#backOff = new BackOff(options.backOff);
  }

  get problem(): BoundaryError | null {
    return this.#problem;
  }

  onProblem(listener: () => void): () => void {
    return this.#problemChanged.add(listener);
  }

  onReplaced(listener: () => void): () => void {
    return this.#replaced.add(listener);
  }

  async read<Stores extends StoreName[], Value>(
    stores: [...Stores],
    work: (transaction: IDBPTransaction<LocalSchema, Stores, 'readonly'>) => Promise<Value>,
  ): Promise<Value> {
    const value = await this.#attempt('read', (database) => {
      const transaction = database.transaction(stores, 'readonly');
      return finish(transaction, work(transaction));
    });
    // a full disk is read as well as any other: only the next write tells, and it may as well be tried now
    if (this.#isOfWriting) this.#backOff.wake();
    else this.#setProblem(null);
    return value;
  }

  async write<Stores extends StoreName[], Value>(
    stores: [...Stores],
    work: (transaction: IDBPTransaction<LocalSchema, Stores, 'readwrite'>) => Promise<Value>,
    options: { readonly strict?: boolean } = {},
  ): Promise<Value> {
    const durability = options.strict ? 'strict' : 'relaxed';
    const value = await this.#attempt('write', (database) => {
      const transaction = database.transaction(stores, 'readwrite', { durability });
      return finish(transaction, work(transaction));
    });
    this.#setProblem(null);
    return value;
  }

  retry(): void {
    this.#backOff.wake();
    void this.#ask();
  }

  close(): void {
    this.#closed = true;
    this.#backOff.wake();
    this.#forget(this.#opening);
  }

  async destroy(): Promise<void> {
    this.close();
    await deleteDB(this.name);
  }

  async #attempt<Value>(
    what: Attempt,
    operation: (database: IDBPDatabase<LocalSchema>) => Promise<Value>,
  ): Promise<Value> {
    let opening: OpeningHandle | null = null;
    try {
      opening = this.#current();
      return await operation(await this.#opened(opening));
    } catch (error) {
      if (this.#closed || !isLostHandle(error)) throw this.#failed(what, error);
      // only the one that failed: whoever noticed before may be at work on the next
      this.#forget(opening);
    }
    try {
      return await operation(await this.#opened(this.#current()));
    } catch (error) {
      throw this.#failed(what, error);
    }
  }

  #current(): OpeningHandle {
    if (this.#closed) throw new BoundaryError('storage-lost', 'The local copy has been closed.');
    return (this.#opening ??= this.#open());
  }

  async #opened(opening: OpeningHandle): Promise<IDBPDatabase<LocalSchema>> {
    try {
      const handle = await opening.soon();
      this.#identify(handle);
      return handle.database;
    } catch (error) {
      // one that is held up is waited for: more requests would only queue up behind it
      if (!isBlocked(error) && this.#opening === opening) this.#opening = null;
      throw error;
    }
  }

  #open(): OpeningHandle {
    const opening = openHandle(this.name, () => this.#lost(opening));
    opening.opened.then(
      ({ database }) => {
        if (this.#closed) database.close();
      },
      () => undefined,
    );
    return opening;
  }

  /** Taken away by another tab or by the browser: only a new handle tells whether what was kept is still there. */
  #lost(opening: OpeningHandle): void {
    this.#forget(opening);
    if (!this.#closed) void this.read(['meta'], () => Promise.resolve()).catch(() => undefined);
  }

  #forget(opening: OpeningHandle | null): void {
    if (this.#opening === opening) this.#opening = null;
    opening?.opened.then(
      ({ database }) => database.close(),
      () => undefined,
    );
  }

  #identify({ identity }: OpenHandle): void {
    const before = this.#identity;
    this.#identity = { value: identity };
    if (before !== null && before.value !== identity) this.#replaced.tell();
  }

  #failed(what: Attempt, error: unknown): BoundaryError {
    const problem = asStorageError(error);
    if (this.#closed) return problem;
    this.#isOfWriting ||= what === 'write' || problem.code === 'storage-full';
    this.#setProblem(problem);
    void this.#ask();
    return problem;
  }

  #setProblem(problem: BoundaryError | null): void {
    if (this.#problem === null && problem === null) return;
    const changed = this.#problem?.code !== problem?.code;
    this.#problem = problem;
    if (problem === null) {
      this.#isOfWriting = false;
      this.#backOff.reset();
    }
    if (changed) this.#problemChanged.tell();
  }

  /** Asks a disk that is out of reach again and again. A full one is tried by whoever has something to write. */
  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    while (!this.#closed && isPassing(this.#problem)) {
      await this.#backOff.wait();
      if (!this.#closed && isPassing(this.#problem)) await this.#tryAgain().catch(() => undefined);
    }
    this.#asking = false;
  }

  async #tryAgain(): Promise<void> {
    if (!this.#isOfWriting) return await this.read(['meta'], () => Promise.resolve());
    await this.write(['meta'], (transaction) =>
      transaction.objectStore('meta').put({ key: TRIED, value: true }),
    );
  }
}

function isBlocked(error: unknown): boolean {
  return error instanceof BoundaryError && error.code === 'storage-blocked';
}

function isPassing(problem: BoundaryError | null): boolean {
  return problem?.code === 'storage-lost' || problem?.code === 'storage-blocked';
}

/** Waits for the work and the commit; a failure of either is the failure of both. */
async function finish<Value>(
  transaction: { readonly done: Promise<void>; abort(): void },
  work: Promise<Value>,
): Promise<Value> {
  const done = transaction.done;
  // when the work fails first, the abort below rejects `done` too; the first failure is the one to tell
  done.catch(() => undefined);
  try {
    const both = work.then(async (value) => {
      await done;
      return value;
    });
    return await within(both, TRANSACTION_PATIENCE_MS, () => new Silence());
  } catch (error) {
    abortQuietly(transaction);
    throw error instanceof Silence ? error : await causeOf(error, done);
  }
}

function abortQuietly(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // already finished or aborted by the browser
  }
}
