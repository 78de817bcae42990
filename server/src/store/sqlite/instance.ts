/**
 * Which store this is, and whether it was put back from a copy.
 *
 * After a restore the server would write structures under client ids and clocks that browsers have already seen
 * with other content, and both sides would differ for ever with equal state vectors. So a restore must be noticed
 * without anybody saying so. Two signs are read when a store opens:
 *
 * 1. A file made by `backup` carries a mark inside (`backup_taken_at`); opening it is a restore.
 * 2. A marker file beside the database remembers how many commits it has seen (see marker.ts). A database that is
 *    behind its marker is an older copy, however it came there. The marker is written after commits, never before,
 *    so it can lag after a crash but never leads, and a store that merely crashed is never taken for a restored one.
 *
 * A folder that was put back whole, marker included, shows neither sign: `muster restore --in-place` says it.
 *
 * A restore begins a new generation under the name of a new era: boards and the directory go to a new epoch, far
 * above any that the lost time can have reached; record, journal, inbox, notice and rules documents are dropped and
 * made again from SQL under fresh client ids; rooms and drafts stay as they are (people alone write them); numbers go on
 * beyond those that people may have been told (see number-gaps.ts).
 */
import { failpoint } from '@muster/sync/failpoint';
import { randomBytes, randomUUID } from 'node:crypto';
import { readInstance } from './instance-row.ts';
import type { Marker } from './marker.ts';
import { leaveNumbersOut } from './number-gaps.ts';
import type { Statements } from './statements.ts';

/** Epochs of a generation begin at a multiple of this. */
const EPOCHS_OF_A_GENERATION = 1000;
const SECRET_BYTES = 32;

export function firstEpochOf(generation: number): number {
  return (generation - 1) * EPOCHS_OF_A_GENERATION + 1;
}

/** Opens the instance row inside the writer's first transaction; says whether a new generation began. */
export function openInstance(
  statements: Statements,
  marker: Marker | null,
  options: { readonly restored: boolean },
  now: number,
): { readonly generation: number; readonly restored: boolean } {
  statements
    .prepare('insert or ignore into instance (id, name, generation, commits) values (1, ?, 1, 0)')
    .run(randomUUID());
  statements.prepare(`update instance set era = ? where era = ''`).run(randomUUID());
  statements
    .prepare(`update instance set secret = ? where secret = ''`)
    .run(randomBytes(SECRET_BYTES).toString('base64url'));
  const row = readInstance(statements);
  const known = marker !== null && marker.name === row.name ? marker : null;
  const behind = known !== null && known.commits > row.commits;
  if (!options.restored && row.backup_taken_at === null && !behind) {
    return { generation: row.generation, restored: false };
  }
  const generation = Math.max(row.generation, known?.generation ?? 0) + 1;
  const era = randomUUID();
  statements
    .prepare('update instance set generation = ?, era = ?, commits = max(commits, ?), backup_taken_at = null')
    .run(generation, era, known?.commits ?? 0);
  statements
    .prepare(
      `insert into restore (generation, era, at, backup_taken_at, event_seq)
       values (?, ?, ?, ?, (select coalesce(max(seq), 0) from event))`,
    )
    .run(generation, era, now, row.backup_taken_at);
  leaveNumbersOut(statements, known, generation, now);
  statements
    .prepare(
      `delete from document where kind in ('record', 'journal', 'inbox', 'notice', 'oncall', 'rules', 'release', 'meeting')`,
    )
    .run();
  statements
    .prepare(`update document set epoch = ? where kind in ('room', 'draft', 'article')`)
    .run(generation);
  failpoint('restore.dropped');
  return { generation, restored: true };
}
