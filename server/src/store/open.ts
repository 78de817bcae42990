import { join } from 'node:path';
import { openSqliteStore } from './sqlite/open.ts';
import type { Store } from './store.ts';

/** Opens the store of a data folder, which server and command line find by this one rule. */
export function openStoreIn(dataFolder: string): Promise<Store> {
  return openSqliteStore({ file: join(dataFolder, 'muster.db') });
}
