/** Makes checkpoints of rooms, in the keeper's thread, so that replay applies few updates. */
import * as Y from 'yjs';
import { decodeAuthors, encodeAuthors } from '../../replay/checkpoint.ts';
import { Unreadable } from '../../replay/packed.ts';
import { encodeVerified } from '../documents/fold.ts';
import { checkpointHash } from '../row-sums.ts';
import type { Statements } from '../statements.ts';
import { KINDS } from '@muster/documents';
import { replay } from './replay.ts';
import { DamagedHistory, RoomLog } from './room-log.ts';
import type { CheckpointRow } from './room-log.ts';

/** Updates between two checkpoints at least, and more the larger they get: their sum stays a few times the log. */
const UPDATES_AT_LEAST = 100;
const BYTES_FOR_EACH_UPDATE = 20;

/**
 * A checkpoint at the head of a room's log; null when the last one is near enough. Throws when the log does not
 * verify or what was made does not read back as it was.
 */
export function makeCheckpoint(statements: Statements, name: string): CheckpointRow | null {
  const log = new RoomLog(statements, name);
  const seq = log.headSeq();
  const last = log.checkpoint(seq);
  const spacing = Math.max(
    UPDATES_AT_LEAST,
    last === null ? 0 : (last.state.byteLength + last.authors.byteLength) / BYTES_FOR_EACH_UPDATE,
  );
  if (seq - (last?.seq ?? 0) < spacing) return null;
  const { doc, attribution } = replay(log, seq, { from: seq, collect: true });
  const state = encodeVerified(doc, KINDS.room.roots);
  doc.destroy();
  const authors = encodeAuthors(attribution);
  const again = encodeAuthors(decodeAuthors(authors, never, never));
  if (Buffer.compare(authors, again) !== 0)
    throw new DamagedHistory(`the authors of ${name} do not read back`);
  const row = { name, seq, at: log.committedAt(seq) ?? 0, state, authors };
  return { ...row, sha256: checkpointHash(row) };
}

function never(): never {
  throw new Unreadable('nobody asked who wrote before the log');
}

/** Whether a checkpoint is what its room's log makes of it. */
export function isTrueCheckpoint(statements: Statements, row: CheckpointRow): boolean {
  const log = new RoomLog(statements, row.name);
  if (row.authors.byteLength === 0) return true;
  const { doc } = replay(log, row.seq, { from: row.seq - 1, collect: true });
  const kept = new Y.Doc();
  Y.applyUpdate(kept, row.state);
  const same = Buffer.compare(Y.encodeStateAsUpdate(kept), Y.encodeStateAsUpdate(doc)) === 0;
  doc.destroy();
  kept.destroy();
  return same;
}
