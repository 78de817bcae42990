/**
 * Puts a backup in the place of a store that nobody has open. What it replaces stays beside it under another name,
 * and leaves its last word in the marker: how far it had come and which numbers it had given (see instance.ts).
 */
import { failpoint } from '@muster/sync/failpoint';
import { constants, copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { BoundaryError } from '../boundary-error.ts';
import { createForOwnerOnly, openConnection } from './connection.ts';
import { syncToDisk } from './disk.ts';
import { markerOf, writeMarker } from './marker.ts';
import { Statements } from './statements.ts';

interface PutBack {
  /** Where the replaced database lies now; null when there was none. */
  readonly replaced: string | null;
  /** Whether it could be read: then numbers go on exactly where it had come to. */
  readonly numbersKnown: boolean;
}

/**
 * Replaces the database `file` by `backup`. `stamp` goes into the name of what is replaced.
 * Throws BoundaryError `store/io-error` when the backup is none, or not sound; then nothing has changed.
 */
export function putBack(file: string, backup: string, stamp: string): PutBack {
  const incoming = `${file}.incoming`;
  createForOwnerOnly(incoming);
  copyFileSync(backup, incoming);
  try {
    check(incoming, backup);
  } catch (error) {
    rmSync(incoming, { force: true });
    throw error;
  }
  syncToDisk(incoming);
  failpoint('put-back.checked');
  const replaced = existsSync(file) ? `${file}.replaced-${stamp}` : null;
  const numbersKnown = replaced !== null && leaveLastWord(file, replaced);
  if (replaced === null) setLogAside(file, `${file}.replaced-${stamp}`);
  else keepUnderSecondName(file, replaced);
  renameSync(incoming, file);
  syncToDisk(dirname(file));
  return { replaced, numbersKnown };
}

/**
 * Gives the old database a second name; under its own it stands until the new one takes that in one step, so that a
 * restore that is broken off leaves one of the two there. A log that could not be folded into the old one goes before:
 * SQLite would read it into the new.
 */
function keepUnderSecondName(file: string, replaced: string): void {
  try {
    linkSync(file, replaced);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
    // A disk that knows no second names.
    copyFileSync(file, replaced, constants.COPYFILE_EXCL);
    syncToDisk(replaced);
  }
  syncToDisk(dirname(file));
  failpoint('put-back.kept');
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  syncToDisk(dirname(file));
  failpoint('put-back.moved');
}

/** A log without its database would be read into the one that takes its place. */
function setLogAside(file: string, replaced: string): void {
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${replaced}${suffix}`);
  }
  syncToDisk(dirname(file));
}

function check(copy: string, backup: string): void {
  const text = `${backup} is no sound backup of a Muster store`;
  try {
    const connection = openConnection(copy, { readonly: true });
    try {
      const sound = connection.pragma('quick_check(1)', { simple: true }) === 'ok';
      connection.prepare('select name, generation, commits from instance').get();
      if (!sound) throw new BoundaryError('store/io-error', { text });
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof BoundaryError) throw error;
    throw new BoundaryError('store/io-error', { text, cause: error });
  }
}

/**
 * False when the database cannot be read: then the marker that it wrote last stands, and its log is kept beside what is
 * replaced. SQLite removes a log whose database it cannot read.
 */
function leaveLastWord(file: string, replaced: string): boolean {
  const log = `${replaced}-wal`;
  if (existsSync(`${file}-wal`)) {
    copyFileSync(`${file}-wal`, log);
    syncToDisk(log);
  }
  try {
    const connection = openConnection(file, { readonly: false });
    try {
      writeMarker(file, markerOf(new Statements(connection), true));
    } finally {
      connection.close();
    }
  } catch {
    return false;
  }
  // Folded into the file when the last connection closed.
  rmSync(log, { force: true });
  return true;
}
