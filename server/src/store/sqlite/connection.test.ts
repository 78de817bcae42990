import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../test-store.ts';
import { openConnection } from './connection.ts';

/** What SQLite answers for `synchronous = FULL`. */
const FULL = 2;

it('waits for the disk with every commit: no killed process shows that, only a power cut would', () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const connection = openConnection(join(folder, 'muster.db'), { readonly: false });
  onTestFinished(() => void connection.close());
  expect(connection).toBeInstanceOf(Sqlite);
  expect(connection.pragma('synchronous', { simple: true })).toBe(FULL);
  expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
});
