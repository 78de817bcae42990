/**
 * Which store this is, and whether it was put back from a copy.
 *
 * After a restore the server would write structures under client ids and clocks that browsers have already seen
 * with other content, and both sides would differ for ever with equal state vectors. So a restore must be noticed
 * without anybody saying so. Two signs are read when a store opens:
 *
 * 1. A file made by `backup` carries a mark inside (`backup_taken_at`); opening it is a restore.
 * 2. A marker file beside the database remembers how many commits it has seen. A database that is behind its marker
 *    is an older copy, however it came there. The marker is written after commits, never before, so it can lag
 *    after a crash but never leads, and a store that merely crashed is never taken for a restored one.
 *
 * A folder that was put back whole, marker included, shows neither sign: open it with `restored`.
 *
 * A restore begins a new generation: boards and the directory go to a new epoch, far above any that the lost time
 * can have reached; record, journal, inbox and notice documents are dropped and made again from SQL under fresh
 * client ids; rooms and drafts stay as they are (people alone write them) and only say the new generation, so that
 * browsers look again at what the server has.
 */
import { failpoint } from '@muster/sync/failpoint';
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Statements } from './statements.ts';

export interface Instance {
  readonly name: string;
  readonly generation: number;
  readonly commits: number;
}

/** Epochs of a generation begin at a multiple of this. */
const EPOCHS_OF_A_GENERATION = 1000;

export function firstEpochOf(generation: number): number {
  return (generation - 1) * EPOCHS_OF_A_GENERATION + 1;
}

export function readInstance(statements: Statements): Instance & { readonly backup_taken_at: number | null } {
  const row = statements.prepare('select name, generation, commits, backup_taken_at from instance').get();
  return row as Instance & { readonly backup_taken_at: number | null };
}

/** Opens the instance row inside the writer's first transaction; says whether a new generation began. */
export function openInstance(
  statements: Statements,
  marker: Instance | null,
  options: { readonly restored: boolean },
): { readonly generation: number; readonly restored: boolean } {
  statements
    .prepare('insert or ignore into instance (id, name, generation, commits) values (1, ?, 1, 0)')
    .run(randomUUID());
  const row = readInstance(statements);
  const sameStore = marker !== null && marker.name === row.name;
  const behind = sameStore && marker.commits > row.commits;
  if (!options.restored && row.backup_taken_at === null && !behind) {
    return { generation: row.generation, restored: false };
  }
  const generation = Math.max(row.generation, sameStore ? marker.generation : 0) + 1;
  statements
    .prepare('update instance set generation = ?, commits = max(commits, ?), backup_taken_at = null')
    .run(generation, sameStore ? marker.commits : 0);
  statements.prepare(`delete from document where kind in ('record', 'journal', 'inbox', 'notice')`).run();
  statements
    .prepare(`update document set epoch = ? where kind in ('room', 'draft', 'article')`)
    .run(generation);
  failpoint('restore.dropped');
  return { generation, restored: true };
}

export function markerFileOf(file: string): string {
  return `${file}.marker`;
}

/** The marker, or null when there is none that can be read. */
export function readMarker(file: string): Instance | null {
  try {
    const marker: unknown = JSON.parse(readFileSync(markerFileOf(file), 'utf8'));
    return isInstance(marker) ? marker : null;
  } catch {
    return null;
  }
}

/** Remembers how far the store has come. Failing to is no reason to stop: the mark in backups still stands. */
export function writeMarker(file: string, { name, generation, commits }: Instance): void {
  const marker = markerFileOf(file);
  try {
    writeFileSync(`${marker}.new`, `${JSON.stringify({ name, generation, commits })}\n`);
    failpoint('marker.written');
    renameSync(`${marker}.new`, marker);
  } catch {
    return;
  }
}

function isInstance(value: unknown): value is Instance {
  if (typeof value !== 'object' || value === null) return false;
  const { name, generation, commits } = value as Partial<Record<keyof Instance, unknown>>;
  return typeof name === 'string' && typeof generation === 'number' && typeof commits === 'number';
}
