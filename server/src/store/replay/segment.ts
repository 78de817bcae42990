/** A span of a room's log as one compressed value: what raw updates become after their time. */
import { Unreadable, pack, unpack } from './packed.ts';
import type { LogEntry } from './attribution.ts';

/** One row of a room's log. */
export interface LoggedUpdate extends LogEntry {
  readonly session: string;
  /** Brought back after a restore by somebody who may not be its author. */
  readonly recovered: boolean;
  readonly update: Uint8Array;
}

/** Sequence and time as differences to the row before; person and session as indexes; flags: 1 for recovered. */
type Entry = readonly [
  seq: number,
  at: number,
  person: number,
  session: number,
  bytes: number,
  flags: number,
];

interface Header {
  readonly people: readonly string[];
  readonly sessions: readonly string[];
  readonly entries: readonly Entry[];
}

export function encodeSegment(updates: readonly LoggedUpdate[]): Uint8Array {
  const people = new Map<string, number>();
  const sessions = new Map<string, number>();
  let before = { seq: 0, at: 0 };
  const entries = updates.map(({ seq, at, person, session, update, recovered }): Entry => {
    const entry: Entry = [
      seq - before.seq,
      at - before.at,
      indexIn(people, person),
      indexIn(sessions, session),
      update.byteLength,
      recovered ? 1 : 0,
    ];
    before = { seq, at };
    return entry;
  });
  const header: Header = { people: [...people.keys()], sessions: [...sessions.keys()], entries };
  return pack(
    header,
    updates.map(({ update }) => update),
  );
}

/** Throws Unreadable for bytes that are no segment. */
export function decodeSegment(bytes: Uint8Array): readonly LoggedUpdate[] {
  const { header, body } = unpack(bytes);
  if (!isHeader(header)) throw new Unreadable('the bytes are no segment');
  let [seq, at, from] = [0, 0, 0];
  const updates = header.entries.map(([seqStep, atStep, person, session, length, flags]) => {
    seq += seqStep;
    at += atStep;
    const update = body.slice(from, from + length);
    from += length;
    return {
      seq,
      at,
      person: header.people[person] ?? '',
      session: header.sessions[session] ?? '',
      recovered: flags === 1,
      update,
    };
  });
  if (from !== body.byteLength) throw new Unreadable('the segment has other bytes than it says');
  return updates;
}

function isHeader(header: unknown): header is Header {
  return (
    typeof header === 'object' && header !== null && 'entries' in header && Array.isArray(header.entries)
  );
}

function indexIn(known: Map<string, number>, word: string): number {
  const index = known.get(word) ?? known.size;
  known.set(word, index);
  return index;
}
