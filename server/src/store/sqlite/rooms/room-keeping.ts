/** Keeps what the keeper made of rooms, in the writer's transaction. */
import type { Statements } from '../statements.ts';
import type { CheckpointRow, SegmentRow } from './room-log.ts';

export class RoomKeeping {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Keeps a checkpoint; a second one of the same sequence is the same. */
  keepCheckpoint(row: CheckpointRow): void {
    this.#statements
      .prepare(
        'insert or ignore into room_checkpoint (name, seq, at, state, authors, sha256) values (?, ?, ?, ?, ?, ?)',
      )
      .run(row.name, row.seq, row.at, row.state, row.authors, row.sha256);
  }

  /** Keeps a segment that begins where the last one ended. False when another was kept meanwhile. */
  keepSegment(row: SegmentRow): boolean {
    const kept = this.#statements
      .prepare(
        `insert into room_segment (name, from_seq, to_seq, first_at, last_at, bin, sha256)
         select ?, ?, ?, ?, ?, ?, ? where not exists (select 1 from room_segment where name = ? and to_seq >= ?)`,
      )
      .run(
        row.name,
        row.from_seq,
        row.to_seq,
        row.first_at,
        row.last_at,
        row.bin,
        row.sha256,
        row.name,
        row.from_seq,
      );
    return kept.changes === 1;
  }

  /** Takes away raw updates that a segment holds: by sequence, never in the transaction that made the segment. */
  pruneRaw(name: string): void {
    this.#statements
      .prepare(
        `delete from document_update where name = ?
           and seq <= (select max(to_seq) from room_segment where name = ?)
           and seq <= (select seq from document_snapshot where name = ? order by seq desc limit 1 offset 1)`,
      )
      .run(name, name, name);
  }
}
