/**
 * What rows of logs carry so that a damaged file is seen: a sum over the whole row, keys included. A sum over the
 * bytes alone holds for the row of another document too, to which one flipped bit of an index leads.
 *
 * What was released never changes: stores hold what it made, and migrations count with it.
 */
import type { Selectable } from 'kysely';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type {
  DocumentSnapshotTable,
  DocumentUpdateTable,
  RoomCheckpointTable,
  RoomSegmentTable,
} from '../schema-documents.ts';

type Update = Selectable<DocumentUpdateTable>;
type Snapshot = Selectable<DocumentSnapshotTable>;
type Segment = Selectable<RoomSegmentTable>;
type Checkpoint = Selectable<RoomCheckpointTable>;

const numbers = new DataView(new ArrayBuffer(40));
const bytesOfNumbers = new Uint8Array(numbers.buffer);

/** Rows one after another mostly have the same names: their part of the sum is counted once. */
const names = { name: '', person: '', session: '', sum: 0 };

/** CRC-32 of an update's row. Every append waits for it, so nothing is put together and nothing allocated. */
export function updateSum(
  name: string,
  seq: number,
  person: string,
  session: string,
  at: number,
  recovered: number,
  bin: Uint8Array,
): number {
  if (names.name !== name || names.person !== person || names.session !== session) {
    names.sum = crc32(session, crc32(person, crc32(name)));
    names.name = name;
    names.person = person;
    names.session = session;
  }
  numbers.setFloat64(0, seq, true);
  numbers.setFloat64(8, at, true);
  numbers.setFloat64(16, recovered, true);
  // where one value ends and the next begins
  numbers.setUint32(24, name.length, true);
  numbers.setUint32(28, person.length, true);
  numbers.setUint32(32, session.length, true);
  numbers.setUint32(36, bin.byteLength, true);
  return crc32(bin, crc32(bytesOfNumbers, names.sum));
}

/** Whether an update is what was written, where it was written. A damaged file gives values of any type. */
export function isWholeUpdate({ name, seq, person, session, at, recovered, bin, crc }: Update): boolean {
  if (typeof name !== 'string' || typeof person !== 'string' || typeof session !== 'string') return false;
  return bin instanceof Uint8Array && updateSum(name, seq, person, session, at, recovered, bin) === crc;
}

export function snapshotHash({ name, seq, at, bin }: Omit<Snapshot, 'sha256'>): string {
  return rowHash([name, seq, at], bin);
}

export function isWholeSnapshot(row: Snapshot): boolean {
  return row.bin instanceof Uint8Array && snapshotHash(row) === row.sha256;
}

export function segmentHash(row: Omit<Segment, 'sha256'>): string {
  return rowHash([row.name, row.from_seq, row.to_seq, row.first_at, row.last_at], row.bin);
}

export function isWholeSegment(row: Segment): boolean {
  return row.bin instanceof Uint8Array && segmentHash(row) === row.sha256;
}

export function checkpointHash({ name, seq, at, state, authors }: Omit<Checkpoint, 'sha256'>): string {
  return rowHash([name, seq, at], state, authors);
}

export function isWholeCheckpoint(row: Checkpoint): boolean {
  const typed = row.state instanceof Uint8Array && row.authors instanceof Uint8Array;
  return typed && checkpointHash(row) === row.sha256;
}

/** SHA-256, hex, of values and of bytes, none of which can be taken for a part of another. */
export function rowHash(values: readonly (string | number)[], ...bytes: readonly Uint8Array[]): string {
  const lengths = bytes.map((each) => each.byteLength);
  const hash = createHash('sha256').update(`${JSON.stringify([...values, ...lengths])}\n`);
  for (const each of bytes) hash.update(each);
  return hash.digest('hex');
}
