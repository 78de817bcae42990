import { join } from 'node:path';
import { openSqliteStore } from './sqlite/open.ts';
import type { SqliteStoreOptions } from './sqlite/open.ts';
import type { Store } from './store.ts';

export const DATABASE_FILE = 'muster.db';

/** Opens the store of a data folder, made when missing. Throws BoundaryError (see openSqliteStore). */
export function openStoreIn(
  dataFolder: string,
  options: Omit<SqliteStoreOptions, 'file'> = {},
): Promise<Store> {
  return openSqliteStore({ file: join(dataFolder, DATABASE_FILE), ...options });
}
