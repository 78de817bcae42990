/** Makes segments of updates that had their time raw, in the keeper's thread. */
import { decodeSegment, encodeSegment } from '../../replay/segment.ts';
import type { LoggedUpdate } from '../../replay/segment.ts';
import type { UpdateRow } from '../documents/document-row.ts';
import { isWholeUpdate, segmentHash } from '../row-sums.ts';
import type { Statements } from '../statements.ts';
import { DamagedHistory, decodeVerified, loggedOf } from './room-log.ts';
import type { SegmentRow } from './room-log.ts';

const UPDATES_AT_MOST = 2_000;
const BYTES_AT_MOST = 1024 * 1024;
/** A few updates compress badly: they wait for more of their room, but not for ever. */
const UPDATES_AT_LEAST = 200;
const WAIT_AT_MOST_MS = 30 * 24 * 60 * 60 * 1000;

/** The two newest snapshots and all updates after the older one always stay: this is the older one's sequence. */
const OLDER_SNAPSHOT = `(select seq from document_snapshot where name = document.name order by seq desc limit 1 offset 1)`;

/** Rooms with raw updates from before an instant that their snapshots no longer need. */
export function roomsDue(statements: Statements, before: number): readonly string[] {
  return statements
    .prepare(
      `select name from document where kind = 'room' and exists (
         select 1 from document_update as raw
         where raw.name = document.name and raw.seq <= ${OLDER_SNAPSHOT} and raw.at < ?
       ) order by name`,
    )
    .pluck()
    .all(before) as string[];
}

/**
 * The next segment of a room, read back and compared with what it stands for; null when there is nothing to put away.
 * Throws DamagedHistory when an update does not verify: its row then stays.
 */
export function makeSegment(statements: Statements, name: string, before: number): SegmentRow | null {
  const updates = dueUpdates(statements, name, before);
  const first = updates[0];
  const last = updates.at(-1);
  if (first === undefined || last === undefined) return null;
  if (updates.length < UPDATES_AT_LEAST && first.at >= before - WAIT_AT_MOST_MS) return null;
  const bin = encodeSegment(updates);
  if (!sameUpdates(decodeSegment(bin), updates))
    throw new DamagedHistory(`a segment of ${name} is not its updates`);
  const times = updates.map(({ at }) => at);
  const row = {
    name,
    from_seq: first.seq,
    to_seq: last.seq,
    first_at: Math.min(...times),
    last_at: Math.max(...times),
    bin,
  };
  return { ...row, sha256: segmentHash(row) };
}

function dueUpdates(statements: Statements, name: string, before: number): readonly LoggedUpdate[] {
  const reached = reachedBy(statements, name);
  const rows = statements
    .prepare(
      `select raw.* from document_update as raw join document on document.name = raw.name
       where raw.name = ? and raw.seq > ? and raw.seq <= ${OLDER_SNAPSHOT} order by raw.seq`,
    )
    .iterate(name, reached ?? 0) as IterableIterator<UpdateRow>;
  const updates: LoggedUpdate[] = [];
  let bytes = 0;
  for (const row of rows) {
    const { seq, at, bin } = row;
    const expected = (updates.at(-1)?.seq ?? reached ?? seq - 1) + 1;
    if (at >= before || updates.length >= UPDATES_AT_MOST || bytes >= BYTES_AT_MOST) break;
    if (seq !== expected) throw new DamagedHistory(`update ${expected} of ${name} is missing`);
    if (!isWholeUpdate(row)) throw new DamagedHistory(`update ${seq} of ${name} has a wrong checksum`);
    updates.push(loggedOf(row));
    bytes += bin.byteLength;
  }
  return updates;
}

/** Where the last segment ends; null without one. Raw updates go by it, so it is read before anything follows it. */
function reachedBy(statements: Statements, name: string): number | null {
  const last = statements
    .prepare(
      `select * from room_segment where name = ? and to_seq = (select max(to_seq) from room_segment where name = ?)`,
    )
    .get(name, name) as SegmentRow | undefined;
  return last === undefined ? null : (decodeVerified(last).at(-1)?.seq ?? null);
}

function sameUpdates(a: readonly LoggedUpdate[], b: readonly LoggedUpdate[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return (
        other !== undefined &&
        one.seq === other.seq &&
        one.at === other.at &&
        one.person === other.person &&
        one.session === other.session &&
        one.recovered === other.recovered &&
        Buffer.compare(one.update, other.update) === 0
      );
    })
  );
}
