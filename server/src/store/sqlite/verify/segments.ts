import type { RoomCheckpointTable, RoomSegmentTable } from '../../schema-documents.ts';
import { isTrueCheckpoint } from '../rooms/checkpoints.ts';
import { RoomLog, decodeVerified } from '../rooms/room-log.ts';
import { isWholeCheckpoint } from '../row-sums.ts';
import type { Statements } from '../statements.ts';
import type { Findings } from './findings.ts';

/**
 * Reads every segment of every room against its hash and its span, the whole log of each such room for gaps, and
 * makes every checkpoint again from what lies before it.
 */
export function verifySegments(statements: Statements, findings: Findings): void {
  const segments = statements
    .prepare('select * from room_segment order by name, from_seq')
    .iterate() as IterableIterator<RoomSegmentTable>;
  const rooms = new Set<string>();
  for (const row of segments) {
    rooms.add(row.name);
    attempt(findings, () => void decodeVerified(row));
  }
  // a log with a hole is told once, not again with each checkpoint after it
  const broken = new Set([...rooms].filter((name) => !attempt(findings, () => readWhole(statements, name))));
  const checkpoints = statements
    .prepare('select * from room_checkpoint order by name, seq')
    .all() as RoomCheckpointTable[];
  for (const row of checkpoints) {
    if (!isWholeCheckpoint(row))
      findings.add('checkpoint', `checkpoint ${row.seq} of ${row.name} does not have its hash`);
    else if (!broken.has(row.name)) compare(statements, findings, row);
  }
}

function compare(statements: Statements, findings: Findings, row: RoomCheckpointTable): void {
  attempt(findings, () => {
    if (!isTrueCheckpoint(statements, row))
      findings.add('checkpoint', `checkpoint ${row.seq} of ${row.name} is not what its log makes`);
  });
}

function readWhole(statements: Statements, name: string): void {
  const log = new RoomLog(statements, name);
  const updates = log.updates(log.beginsAfter(), log.headSeq());
  while (updates.next().done !== true);
}

function attempt(findings: Findings, read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    findings.add('segment', error instanceof Error ? error.message : String(error));
    return false;
  }
}
