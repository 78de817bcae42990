import { deleteDB, openDB } from 'idb';
import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { BoundaryError } from './boundary-error.ts';
import { LOCAL_SCHEMA_VERSION } from './local-schema.ts';
import type { LocalSchema } from './local-schema.ts';

/**
 * The one IndexedDB database of a person on this device: every document, the outbox and what needs attention.
 * Browsers close it behind our back (another tab upgrades or deletes it, a phone puts the page to sleep),
 * so no caller holds a handle: each operation names its stores and runs in a transaction of its own, and is
 * repeated once on a fresh handle when the old one turns out to be dead. What fails then is said.
 */
export interface LocalDatabase {
  readonly name: string;
  /** Resolves with what `work` returned once the transaction has committed. */
  read<Stores extends StoreName[], Value>(
    stores: [...Stores],
    work: (transaction: IDBPTransaction<LocalSchema, Stores, 'readonly'>) => Promise<Value>,
  ): Promise<Value>;
  /**
   * Resolves once the transaction has committed; with `strict`, once the browser says it is on the disk.
   * `work` may run twice, so it must not change anything but the database.
   * @throws BoundaryError `storage-full`, `storage-lost`, `storage-blocked` or `storage-missing`
   */
  write<Stores extends StoreName[], Value>(
    stores: [...Stores],
    work: (transaction: IDBPTransaction<LocalSchema, Stores, 'readwrite'>) => Promise<Value>,
    options?: { readonly strict?: boolean },
  ): Promise<Value>;
  close(): void;
  /** Deletes everything of this person on this device. */
  destroy(): Promise<void>;
}

type StoreName = StoreNames<LocalSchema>;

/** How long another tab may hold up an upgrade before that is said. */
const BLOCKED_AFTER_MS = 4000;

export function databaseName(person: string): string {
  return `muster:${person}`;
}

/** Opens lazily: nothing is touched before the first read or write. */
export function openLocalDatabase(person: string): LocalDatabase {
  const name = databaseName(person);
  let handle: Promise<IDBPDatabase<LocalSchema>> | null = null;
  let closed = false;

  function forget(): void {
    const dead = handle;
    handle = null;
    void dead?.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  function current(): Promise<IDBPDatabase<LocalSchema>> {
    if (closed) return Promise.reject(new BoundaryError('storage-lost', 'The local copy has been closed.'));
    handle ??= openHandle(name, forget).catch((error: unknown) => {
      handle = null;
      throw error;
    });
    return handle;
  }

  async function attempt<Value>(
    operation: (database: IDBPDatabase<LocalSchema>) => Promise<Value>,
  ): Promise<Value> {
    try {
      return await operation(await current());
    } catch (error) {
      if (closed || !isLostHandle(error)) throw asBoundaryError(error);
    }
    forget();
    try {
      return await operation(await current());
    } catch (error) {
      throw asBoundaryError(error);
    }
  }

  return {
    name,
    read: (stores, work) =>
      attempt(async (database) => {
        const transaction = database.transaction(stores, 'readonly');
        return finish(transaction, work(transaction));
      }),
    write: (stores, work, options) =>
      attempt(async (database) => {
        const transaction = database.transaction(stores, 'readwrite', {
          durability: options?.strict ? 'strict' : 'relaxed',
        });
        return finish(transaction, work(transaction));
      }),
    close() {
      closed = true;
      forget();
    },
    async destroy() {
      closed = true;
      const open = handle;
      handle = null;
      (await open?.catch(() => null))?.close();
      await deleteDB(name);
    },
  };
}

async function openHandle(name: string, lost: () => void): Promise<IDBPDatabase<LocalSchema>> {
  if (typeof indexedDB === 'undefined') {
    throw new BoundaryError('storage-missing', 'This browser keeps nothing for this page.');
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new BoundaryError(
          'storage-blocked',
          'Another tab of an older Muster holds the local copy. Close it.',
        ),
      );
    }, BLOCKED_AFTER_MS);
  });
  const opening = openDB<LocalSchema>(name, LOCAL_SCHEMA_VERSION, {
    upgrade: createStores,
    // another tab wants to upgrade or delete: give way, and open again at the next use
    blocking: lost,
    terminated: lost,
  });
  try {
    return await Promise.race([opening, tooLong]);
  } catch (error) {
    void opening.then(
      (database) => database.close(),
      () => undefined,
    );
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function createStores(database: IDBPDatabase<LocalSchema>, oldVersion: number): void {
  if (oldVersion >= 1) return;
  database.createObjectStore('updates', { autoIncrement: true }).createIndex('name', 'name');
  database.createObjectStore('snapshots', { keyPath: 'name' });
  database.createObjectStore('documents', { keyPath: 'name' });
  database
    .createObjectStore('outbox', { keyPath: 'order', autoIncrement: true })
    .createIndex('id', 'id', { unique: true });
  database.createObjectStore('attention', { keyPath: 'id' });
  database.createObjectStore('rescued', { keyPath: 'id' });
  database.createObjectStore('meta', { keyPath: 'key' });
}

/** Waits for the work and the commit; a failure of either is the failure of both. */
async function finish<Value>(
  transaction: { readonly done: Promise<void>; abort(): void },
  work: Promise<Value>,
): Promise<Value> {
  const done = transaction.done;
  // when the work fails first, the abort below rejects `done` too; the first failure is the one to tell
  done.catch(() => undefined);
  let value: Value;
  try {
    value = await work;
  } catch (error) {
    abortQuietly(transaction);
    throw await causeOf(error, done);
  }
  await done;
  return value;
}

function abortQuietly(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // already finished or aborted by the browser
  }
}

/** An aborted transaction fails its requests with AbortError; the reason is on the transaction. */
async function causeOf(error: unknown, done: Promise<void>): Promise<unknown> {
  if (!isNamed(error, 'AbortError')) return error;
  return done.then(
    () => error,
    (reason: unknown) => reason ?? error,
  );
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error ? error.name === name : (error as { name?: unknown } | null)?.name === name;
}

/** Names that browsers give to a handle or transaction that died by no fault of ours. */
const LOST = ['InvalidStateError', 'AbortError', 'UnknownError', 'TransactionInactiveError', 'NotFoundError'];

function isLostHandle(error: unknown): boolean {
  return LOST.some((name) => isNamed(error, name));
}

function asBoundaryError(error: unknown): BoundaryError {
  if (error instanceof BoundaryError) return error;
  if (isNamed(error, 'QuotaExceededError')) {
    return new BoundaryError('storage-full', 'This device has no room left for the local copy.', {
      cause: error,
    });
  }
  if (isNamed(error, 'SecurityError')) {
    return new BoundaryError('storage-missing', 'This browser keeps nothing for this page.', {
      cause: error,
    });
  }
  return new BoundaryError('storage-lost', 'The local copy on this device cannot be reached.', {
    cause: error,
  });
}
