/**
 * A backup while the store runs: one consistent copy, never a half of it under the name that was asked for.
 * The copy carries a mark, so that opening it later is known to be a restore (see instance.ts).
 */
import { failpoint } from '@muster/sync/failpoint';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { BoundaryError } from '../boundary-error.ts';
import { createForOwnerOnly, openConnection } from './connection.ts';
import type { Connection } from './connection.ts';
import { syncToDisk } from './disk.ts';

/** All pages in one step: between steps a writer on another connection would make the copy start over. */
const ALL_PAGES = 0x7fff_ffff;

/** Copies the database of a connection to a file, replacing what is there only when the copy is whole and on disk. */
export async function backupTo(connection: Connection, file: string, at: number): Promise<void> {
  const target = resolve(file);
  if (target === resolve(connection.name)) {
    throw new BoundaryError('store/io-error', { text: 'A backup cannot be written over the store itself.' });
  }
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.unfinished`;
  removeDatabase(unfinished);
  try {
    createForOwnerOnly(unfinished);
    await connection.backup(unfinished, { progress: () => ALL_PAGES });
    failpoint('backup.copied');
    mark(unfinished, at);
    syncToDisk(unfinished);
    failpoint('backup.marked');
    renameSync(unfinished, target);
    syncToDisk(dirname(target));
  } catch (error) {
    removeDatabase(unfinished);
    throw error;
  }
}

function mark(file: string, at: number): void {
  const copy = openConnection(file, { readonly: false });
  try {
    copy.prepare('update instance set backup_taken_at = ?, last_backup_at = ?').run(at, at);
    const problems = copy.pragma('quick_check(1)', { simple: true });
    if (problems !== 'ok')
      throw new BoundaryError('store/io-error', { text: `The copy is not sound: ${String(problems)}` });
    // One file, without a log beside it.
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(`${file}${suffix}`)) rmSync(`${file}${suffix}`);
  }
}
