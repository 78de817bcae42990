import { forceCloseDatabase } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { databaseName, openLocalDatabase } from './database.ts';
import type { LocalDatabase } from './database.ts';
import { LOCAL_SCHEMA_VERSION } from './local-schema.ts';
import { claim, freshDisk, localDatabase } from './test-support/local.ts';
import { openOutboxStore } from './outbox-store.ts';
import { until } from './test-support/until.ts';

beforeEach(freshDisk);

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The codes that `problem` goes through; null where it ends. */
function problemsOf(database: LocalDatabase): (string | null)[] {
  const codes: (string | null)[] = [];
  database.onProblem(() => codes.push(database.problem?.code ?? null));
  return codes;
}

/** Handles that are opened from now on. */
function handlesOpened(): IDBDatabase[] {
  const handles: IDBDatabase[] = [];
  const open = indexedDB.open.bind(indexedDB);
  vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
    const request = open(...args);
    request.addEventListener('success', () => handles.push(request.result));
    return request;
  });
  return handles;
}

describe('the local database', () => {
  it('keeps one database for each person', async () => {
    await openOutboxStore(openLocalDatabase('ANA')).add(claim());
    expect(await openOutboxStore(openLocalDatabase('BEN')).list()).toHaveLength(0);
    expect(await openOutboxStore(openLocalDatabase('ANA')).list()).toHaveLength(1);
  });

  it('gives way to another tab that deletes it, and opens again at the next use', async () => {
    const outbox = openOutboxStore(localDatabase());
    await outbox.add(claim());
    await deleteDB(databaseName('ANA'));
    await outbox.add(claim());
    expect(await outbox.list()).toHaveLength(1);
  });

  it('repeats a write once when the handle was lost in the background', async () => {
    const outbox = openOutboxStore(localDatabase());
    await outbox.add(claim());
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    });
    await outbox.add(claim());
    transaction.mockRestore();
    expect(await outbox.list()).toHaveLength(2);
  });

  it('says so when the handle is lost twice', async () => {
    const outbox = openOutboxStore(localDatabase());
    await outbox.list();
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
    });
    await expect(outbox.add(claim())).rejects.toMatchObject({ name: 'BoundaryError', code: 'storage-lost' });
    transaction.mockRestore();
  });

  it('says that the device is full and keeps nothing of the failed write', async () => {
    const outbox = openOutboxStore(localDatabase());
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
      throw new DOMException('Not enough room.', 'QuotaExceededError');
    });
    await expect(outbox.add(claim())).rejects.toMatchObject({ code: 'storage-full', retry: false });
    add.mockRestore();
    expect(await outbox.list()).toHaveLength(0);
  });

  it('says so when an older tab does not give way', async () => {
    // a tab of an older version that ignores the request to close, and a deletion that waits for it
    const stubborn = await openDB(databaseName('ANA'), 1);
    const deletion = deleteDB(databaseName('ANA'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const waiting = expect(openOutboxStore(localDatabase()).list()).rejects.toMatchObject({
      code: 'storage-blocked',
    });
    await vi.advanceTimersByTimeAsync(5000);
    await waiting;
    stubborn.close();
    await deletion;
    vi.useRealTimers();
  });

  it('opens by itself once the older tab has gone, and has asked for it only once', async () => {
    const stubborn = await openDB(databaseName('ANA'), 1);
    const deletion = deleteDB(databaseName('ANA'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = vi.spyOn(indexedDB, 'open');
    const database = localDatabase();
    const problems = problemsOf(database);
    for (let time = 1; time <= 3; time += 1) {
      const refused = expect(openOutboxStore(database).list()).rejects.toMatchObject({
        code: 'storage-blocked',
      });
      await vi.advanceTimersByTimeAsync(4500);
      await refused;
    }
    vi.useRealTimers();
    stubborn.close();
    await deletion;
    database.retry();
    await until(() => database.problem === null, 'the disk answers');
    expect(asked).toHaveBeenCalledTimes(1);
    expect(problems).toEqual(['storage-blocked', null]);
  });

  it('tells that it was deleted at once, though nobody uses it', async () => {
    const database = localDatabase();
    await openOutboxStore(database).add(claim());
    const replaced = vi.fn();
    database.onReplaced(replaced);
    await deleteDB(databaseName('ANA'));
    await until(() => replaced.mock.calls.length > 0, 'told');
    expect(await openOutboxStore(database).list()).toHaveLength(0);
    expect(replaced).toHaveBeenCalledTimes(1);
  });

  it('tells that another tab has deleted it and made an empty one before this tab looked', async () => {
    const database = localDatabase();
    await openOutboxStore(database).add(claim());
    const replaced = vi.fn();
    database.onReplaced(replaced);
    const deletion = deleteDB(databaseName('ANA'));
    await openOutboxStore(localDatabase()).add(claim());
    await deletion;
    await until(() => replaced.mock.calls.length > 0, 'told');
    expect(await openOutboxStore(database).list()).toHaveLength(1);
    expect(replaced).toHaveBeenCalledTimes(1);
  });

  it('does not take a handle that the browser closed in the background for a loss of what was kept', async () => {
    const database = localDatabase();
    const replaced = vi.fn();
    database.onReplaced(replaced);
    const handles = handlesOpened();
    await openOutboxStore(database).add(claim());
    for (const handle of handles) forceCloseDatabase(handle as never);
    expect(await openOutboxStore(database).list()).toHaveLength(1);
    expect(replaced).not.toHaveBeenCalled();
    expect(database.problem).toBeNull();
  });

  it('repeats all that was under way on a handle that was lost', async () => {
    const database = localDatabase();
    const problems = problemsOf(database);
    const handles = handlesOpened();
    const outbox = openOutboxStore(database);
    await outbox.add(claim());
    const [dead] = handles;
    const { transaction } = IDBDatabase.prototype;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function begun(
      this: IDBDatabase,
      ...args
    ) {
      if (this === dead) throw new DOMException('The database connection is closing.', 'InvalidStateError');
      return transaction.apply(this, args);
    });
    await Promise.all([outbox.add(claim()), outbox.list(), outbox.add(claim()), outbox.add(claim())]);
    expect(await outbox.list()).toHaveLength(4);
    expect(problems).toEqual([]);
  });

  it('says that a newer Muster has changed it, and does not ask again', async () => {
    const newer = await openDB(databaseName('ANA'), LOCAL_SCHEMA_VERSION + 1);
    const database = localDatabase();
    await expect(openOutboxStore(database).add(claim())).rejects.toMatchObject({ code: 'storage-newer' });
    expect(database.problem).toMatchObject({ code: 'storage-newer' });
    newer.close();
  });

  it('gives way to a newer Muster in another tab, and says so before anything is written', async () => {
    const database = localDatabase();
    await openOutboxStore(database).add(claim());
    const newer = await openDB(databaseName('ANA'), LOCAL_SCHEMA_VERSION + 1);
    await until(() => database.problem?.code === 'storage-newer', 'said');
    expect(database.problem?.message).toContain('Reload');
    newer.close();
  });

  it('says that a browser without IndexedDB, or one that refuses it, keeps nothing', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    await expect(openOutboxStore(localDatabase()).list()).rejects.toMatchObject({ code: 'storage-missing' });
    vi.stubGlobal('indexedDB', undefined);
    await expect(openOutboxStore(localDatabase()).list()).rejects.toMatchObject({ code: 'storage-missing' });
  });

  it('gives up a transaction that the browser forgets, and repeats it on a fresh handle', async () => {
    const outbox = openOutboxStore(localDatabase());
    await outbox.list();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(
      // a request that is never answered
      () => Object.assign(Object.create(IDBRequest.prototype) as IDBRequest, { addEventListener: vi.fn() }),
    );
    const added = outbox.add(claim());
    while (asked.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(15_000);
    vi.useRealTimers();
    await added;
    expect(await outbox.list()).toHaveLength(1);
  });

  it('stays full until something has been written, though it can be read', async () => {
    const database = localDatabase();
    const outbox = openOutboxStore(database);
    const problems = problemsOf(database);
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
      throw new DOMException('Not enough room.', 'QuotaExceededError');
    });
    await expect(outbox.add(claim())).rejects.toMatchObject({ code: 'storage-full' });
    add.mockRestore();
    await outbox.list();
    expect(database.problem?.code).toBe('storage-full');
    await outbox.add(claim());
    expect(problems).toEqual(['storage-full', null]);
  });

  it('stays out of reach while it can be read and takes nothing, and learns by itself when it does', async () => {
    const database = openLocalDatabase('ANA', { backOff: { firstMs: 1, maxMs: 1 } });
    const outbox = openOutboxStore(database);
    const problems = problemsOf(database);
    await outbox.list();
    const failing = () => {
      throw new DOMException('Internal error.', 'UnknownError');
    };
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(failing);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(failing);
    await expect(outbox.add(claim())).rejects.toMatchObject({ code: 'storage-lost' });
    await outbox.list();
    await until(() => put.mock.calls.length > 2, 'tried in vain');
    expect(problems).toEqual(['storage-lost']);
    add.mockRestore();
    put.mockRestore();
    await until(() => database.problem === null, 'the disk takes it');
    expect(problems).toEqual(['storage-lost', null]);
  });

  it('keeps acts and texts with strict durability', async () => {
    const outbox = openOutboxStore(localDatabase());
    await outbox.list();
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await outbox.add(claim());
    expect(transaction.mock.calls.map(([, mode, options]) => [mode, options?.durability])).toEqual([
      ['readwrite', 'strict'],
    ]);
  });

  it('deletes everything of a person who signs out', async () => {
    const database = localDatabase();
    await openOutboxStore(database).add(claim());
    await database.destroy();
    expect(await openOutboxStore(localDatabase()).list()).toHaveLength(0);
  });
});
