import { failpoint } from '@muster/sync/failpoint';
import type { Statements } from '../statements.ts';
import type { Fold } from './fold.ts';

/** Snapshots that always stay; updates after the older of them stay with them. */
const KEPT_SNAPSHOTS = 2;

/** Keeps snapshots that the keeper folded and verified, and prunes what they stand for. */
export class Snapshots {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Keeps a fold unless the document has another snapshot by now than the one it was made from. */
  keep(fold: Fold): boolean {
    const swapped = this.#statements
      .prepare(
        `update document set snapshot_seq = ?, failed_compactions = 0,
           bytes = ? + (select coalesce(sum(length(bin)), 0) from document_update u where u.name = document.name and u.seq > ?)
         where name = ? and snapshot_seq = ? and head_seq >= ? and snapshot_seq < ?`,
      )
      .run(fold.seq, fold.bin.byteLength, fold.seq, fold.name, fold.fromSnapshotSeq, fold.seq, fold.seq);
    if (swapped.changes === 0) return false;
    failpoint('snapshot.insert');
    this.#statements
      .prepare('insert into document_snapshot (name, seq, bin, sha256, at) values (?, ?, ?, ?, ?)')
      .run(fold.name, fold.seq, fold.bin, fold.sha256, fold.at);
    return true;
  }

  /** Counts a fold that did not verify; returns how many in a row there were. */
  failed(name: string): number {
    const row = this.#statements
      .prepare(
        'update document set failed_compactions = failed_compactions + 1 where name = ? returning failed_compactions',
      )
      .get(name) as { failed_compactions: number } | undefined;
    return row?.failed_compactions ?? 0;
  }

  /**
   * Takes away snapshots older than the two newest and the updates that the older of those holds: by sequence,
   * never by time, and never in the transaction that made a snapshot.
   */
  prune(name: string): void {
    const kept = this.#statements
      .prepare('select seq from document_snapshot where name = ? order by seq desc limit ?')
      .pluck()
      .all(name, KEPT_SNAPSHOTS) as number[];
    const oldest = kept[KEPT_SNAPSHOTS - 1];
    if (oldest === undefined) return;
    this.#statements.prepare('delete from document_snapshot where name = ? and seq < ?').run(name, oldest);
    failpoint('snapshot.prune');
    // Those of rooms stay for replay: they go when a segment holds them (rooms/room-keeping.ts).
    this.#statements
      .prepare(
        `delete from document_update where name = ? and seq <= ?
           and (select kind from document where name = document_update.name) <> 'room'`,
      )
      .run(name, oldest);
  }
}
