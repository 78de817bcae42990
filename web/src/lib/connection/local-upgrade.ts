import type { IDBPDatabase } from 'idb';
import type { LocalSchema } from './local-schema.ts';

/**
 * The steps from the first stores to those of now, each run once on a device, in order. What an older page kept is
 * read by the newer one: a step adds, and never takes away or writes over what may not have been sent.
 */
export function upgradeStores(database: IDBPDatabase<LocalSchema>, oldVersion: number): void {
  // 2: acts that were applied, for the day when the store is put back from a backup
  if (oldVersion < 2) database.createObjectStore('acknowledged', { keyPath: 'order' });
}
