import { deleteDB, openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { databaseName, openLocalDatabase } from './database.ts';
import { claim, freshDisk, localDatabase } from './test-support/local.ts';
import { openOutboxStore } from './outbox-store.ts';

beforeEach(freshDisk);

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

  it('deletes everything of a person who signs out', async () => {
    const database = localDatabase();
    await openOutboxStore(database).add(claim());
    await database.destroy();
    expect(await openOutboxStore(localDatabase()).list()).toHaveLength(0);
  });
});
