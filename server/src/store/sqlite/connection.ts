import Sqlite from 'better-sqlite3';
import { closeSync, openSync } from 'node:fs';
import { BoundaryError } from '../boundary-error.ts';

export type Connection = Sqlite.Database;

/**
 * Pages in the write-ahead log before a commit also writes them to their places. Pages that change with every commit,
 * as those of a room do that people type in, are then written there once for many commits.
 */
const CHECKPOINT_AFTER_PAGES = 4_000;

/**
 * Opens a connection as every thread of the store does: WAL so that readers never wait, FULL so that a commit
 * that returned survives a power cut.
 */
export function openConnection(file: string, options: { readonly readonly: boolean }): Connection {
  if (!options.readonly) createForOwnerOnly(file);
  const connection = new Sqlite(file, { readonly: options.readonly, timeout: 10_000 });
  try {
    if (!options.readonly) connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_AFTER_PAGES}`);
    connection.pragma('foreign_keys = ON');
    connection.pragma('temp_store = MEMORY');
    connection.pragma('cache_size = -65536');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/**
 * Makes a file of a store, when it is not there, so that its owner alone reads it: it holds what people wrote and
 * the hashes of their passwords. SQLite gives the files that it makes beside it the same mode.
 */
export function createForOwnerOnly(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

const FULL = /^(SQLITE_FULL|ENOSPC)/;
const BROKEN = /^(SQLITE_IOERR|SQLITE_CANTOPEN|SQLITE_READONLY|EIO|EROFS)/;
const DAMAGED = /^(SQLITE_CORRUPT|SQLITE_NOTADB)/;
const BUSY = /^(SQLITE_BUSY|SQLITE_LOCKED)/;

/** Names the failure of a disk or a lock as a BoundaryError; null for an error that is the statement's own. */
export function diskFailure(error: unknown): BoundaryError | null {
  if (error instanceof BoundaryError) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (FULL.test(code)) return new BoundaryError('store/disk-full', { cause: error });
  if (BROKEN.test(code)) return new BoundaryError('store/io-error', { cause: error });
  if (DAMAGED.test(code)) return new BoundaryError('store/damaged', { cause: error });
  if (BUSY.test(code)) return new BoundaryError('store/in-use', { cause: error });
  return null;
}
