/**
 * The whole log of a room on one connection, segments and raw updates as one: what replay reads. The first content
 * of a room is written by the server when the room is first opened; here it has the author and the time of the
 * record, because that is when its words were said.
 */
import { parseName } from '@muster/documents';
import { SYSTEM } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import type { RoomCheckpointTable, RoomSegmentTable } from '../../schema-documents.ts';
import type { LogEntry } from '../../replay/attribution.ts';
import { decodeSegment } from '../../replay/segment.ts';
import type { LoggedUpdate } from '../../replay/segment.ts';
import type { UpdateRow } from '../documents/document-row.ts';
import { ownBytes } from '../documents/log.ts';
import { isWholeCheckpoint, isWholeSegment, isWholeUpdate } from '../row-sums.ts';
import type { Statements } from '../statements.ts';

export type SegmentRow = Selectable<RoomSegmentTable>;
export type CheckpointRow = Selectable<RoomCheckpointTable>;

/** A part of a room's log that does not verify, or is missing. */
export class DamagedHistory extends Error {
  override readonly name = 'DamagedHistory';
}

/** The first row of a room may be the server's: what the record was made with. */
const FIRST = 1;

export class RoomLog {
  readonly #statements: Statements;
  readonly #name: string;

  constructor(statements: Statements, name: string) {
    this.#statements = statements;
    this.#name = name;
  }

  get exists(): boolean {
    return this.#statements.prepare('select 1 from document where name = ?').get(this.#name) !== undefined;
  }

  /** All updates after a sequence up to another, each verified. Throws DamagedHistory where one is missing. */
  *updates(after: number, upTo: number): Generator<LoggedUpdate> {
    let seq = after;
    for (const update of this.#all(after, upTo)) {
      if (update.seq <= seq) continue;
      if (update.seq > upTo) break;
      seq += 1;
      if (update.seq !== seq) throw new DamagedHistory(`update ${seq} of ${this.#name} is missing`);
      yield this.#asSaid(update);
    }
    if (seq < upTo) throw new DamagedHistory(`update ${seq + 1} of ${this.#name} is missing`);
  }

  /** All rows that are kept, oldest first, each verified. */
  entries(): Generator<LogEntry> {
    return this.updates(this.beginsAfter(), this.headSeq());
  }

  /**
   * The last sequence that was committed at an instant or before it, 0 when nothing was. Among updates of one
   * millisecond it is the last. Throws DamagedHistory where the log does not tell.
   */
  seqAt(at: number): number {
    const seq = this.#lastAt(at);
    const begins = this.beginsAfter();
    if (seq < begins) return seq;
    // what led there was no row that verifies: those on both sides of the instant must say the same
    for (const update of this.updates(Math.max(seq - 1, begins), Math.min(seq + 1, this.headSeq()))) {
      if (update.seq > FIRST && update.seq <= seq !== update.at <= at)
        throw new DamagedHistory(`update ${update.seq} of ${this.#name} has another time than its log says`);
    }
    return seq;
  }

  #lastAt(at: number): number {
    const raw = this.#number('select max(seq) from document_update where name = ? and at <= ?', at);
    if (raw !== null) return raw;
    const row = this.#statements
      .prepare('select * from room_segment where name = ? and first_at <= ? order by from_seq desc limit 1')
      .get(this.#name, at) as SegmentRow | undefined;
    const inSegment = row && decodeVerified(row).findLast((update) => update.at <= at);
    if (inSegment !== undefined) return inSegment.seq;
    const opening = this.#opening();
    return opening !== null && opening.at <= at && this.#authorOfFirst() === SYSTEM ? FIRST : 0;
  }

  /** When an update was committed; null for one that is not there. */
  committedAt(seq: number): number | null {
    if (seq < FIRST) return null;
    for (const update of this.#all(seq - 1, seq)) if (update.seq === seq) return this.#asSaid(update).at;
    return this.checkpoint(seq)?.at ?? null;
  }

  headSeq(): number {
    return this.#number('select head_seq from document where name = ?') ?? 0;
  }

  /** The newest checkpoint at a sequence or before it whose hash verifies. */
  checkpoint(upTo: number): CheckpointRow | null {
    const rows = this.#statements
      .prepare('select * from room_checkpoint where name = ? and seq <= ? order by seq desc')
      .iterate(this.#name, upTo) as IterableIterator<CheckpointRow>;
    for (const row of rows) if (isWholeCheckpoint(row)) return row;
    return null;
  }

  /** The sequence before which nothing is kept: 0 unless the log was pruned before rooms were kept. */
  beginsAfter(): number {
    const row = this.#statements
      .prepare('select * from room_checkpoint where name = ? and length(authors) = 0')
      .get(this.#name) as CheckpointRow | undefined;
    if (row === undefined) return 0;
    if (!isWholeCheckpoint(row))
      throw new DamagedHistory(`checkpoint ${row.seq} of ${this.#name} does not have its hash`);
    return row.seq;
  }

  /** Who writes under a client id; what nobody is bound to is the record's own first words. */
  personOf(client: number): string {
    const owner = this.ownerOf(client);
    return owner === null || owner === SYSTEM ? (this.#opening()?.person ?? SYSTEM) : owner;
  }

  /** Whom a client id is bound to, if to anybody. */
  ownerOf(client: number): string | null {
    const row = this.#statements
      .prepare('select person from client_binding where name = ? and client_id = ?')
      .get(this.#name, client) as { person: string } | undefined;
    return row?.person ?? null;
  }

  *#all(after: number, upTo: number): Generator<LoggedUpdate> {
    let reached = after;
    for (const row of this.#segments(after, upTo)) {
      yield* decodeVerified(row);
      reached = row.to_seq;
    }
    const raw = this.#statements
      .prepare('select * from document_update where name = ? and seq > ? and seq <= ? order by seq')
      .iterate(this.#name, reached, upTo) as IterableIterator<UpdateRow>;
    for (const row of raw) {
      if (!isWholeUpdate(row))
        throw new DamagedHistory(`update ${row.seq} of ${this.#name} has a wrong checksum`);
      yield loggedOf(row);
    }
  }

  #segments(after: number, upTo: number): readonly SegmentRow[] {
    return this.#statements
      .prepare('select * from room_segment where name = ? and to_seq > ? and from_seq <= ? order by from_seq')
      .all(this.#name, after, upTo) as SegmentRow[];
  }

  #asSaid<Entry extends LogEntry>(entry: Entry): Entry {
    if (entry.seq !== FIRST || entry.person !== SYSTEM) return entry;
    const opening = this.#opening();
    return opening === null ? entry : { ...entry, ...opening };
  }

  #opening(): { readonly person: string; readonly at: number } | null {
    const name = parseName(this.#name);
    if (name?.kind !== 'room') return null;
    const row = this.#statements
      .prepare('select actor as person, at from event where record = ? and version = 1')
      .get(name.id) as { person: string; at: number } | undefined;
    return row ?? null;
  }

  #authorOfFirst(): string | undefined {
    for (const { seq, person } of this.#all(0, FIRST)) if (seq === FIRST) return person;
    return undefined;
  }

  #number(sql: string, ...values: readonly unknown[]): number | null {
    return (
      (this.#statements
        .prepare(sql)
        .pluck()
        .get(this.#name, ...values) as number | null | undefined) ?? null
    );
  }
}

/** A row of the log with bytes of its own. */
export function loggedOf({ seq, person, session, at, recovered, bin }: UpdateRow): LoggedUpdate {
  return { seq, person, session, at, recovered: recovered === 1, update: ownBytes(bin) };
}

/** The updates of a segment. Throws DamagedHistory when its hash or its span is another. */
export function decodeVerified(row: SegmentRow): readonly LoggedUpdate[] {
  const where = `segment ${row.from_seq} to ${row.to_seq} of ${row.name}`;
  if (!isWholeSegment(row)) throw new DamagedHistory(`${where} does not have its hash`);
  const updates = decodeSegment(ownBytes(row.bin));
  const spans = updates.every(({ seq }, index) => seq === row.from_seq + index);
  if (!spans || updates.at(-1)?.seq !== row.to_seq) throw new DamagedHistory(`${where} holds another span`);
  return updates;
}
