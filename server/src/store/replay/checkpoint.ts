/** A room as it stood at a sequence with who wrote what, so that replay starts near the instant asked for. */
import type { LogEntry } from './attribution.ts';
import { Attribution } from './attribution.ts';
import type { OwnerOf, Unlogged } from './attribution.ts';
import { Unreadable, pack, unpack } from './packed.ts';

interface Header {
  readonly people: readonly string[];
  /** Sequence and time as differences to the entry before, index of the person; 1 for recovered. Of each row that wrote something. */
  readonly entries: readonly (readonly [seq: number, at: number, person: number, recovered: 0 | 1])[];
  /** By client: length of each run and index of its entry. */
  readonly clients: readonly (readonly [
    client: number,
    runs: readonly (readonly [length: number, entry: number])[],
  ])[];
}

/** Packs who wrote what. */
export function encodeAuthors(attribution: Attribution): Uint8Array {
  const byKey = new Map<string, LogEntry>();
  for (const runs of attribution.runs.values()) for (const { by } of runs) byKey.set(keyOf(by), by);
  const entries = [...byKey.values()].toSorted((a, b) => a.seq - b.seq);
  const indexes = new Map(entries.map((entry, index) => [keyOf(entry), index]));
  const people = [...new Set(entries.map(({ person }) => person))];
  const header: Header = {
    people,
    entries: entries.map(({ seq, at, person, recovered }, index) => {
      const before = entries[index - 1] ?? { seq: 0, at: 0 };
      return [seq - before.seq, at - before.at, people.indexOf(person), recovered ? 1 : 0];
    }),
    clients: [...attribution.runs].map(([client, runs]) => [
      client,
      runs.map(({ end, by }, index) => [end - (runs[index - 1]?.end ?? 0), indexes.get(keyOf(by)) ?? 0]),
    ]),
  };
  return pack(header, []);
}

/** Throws Unreadable for bytes that hold no authors. No bytes at all mean that nothing is known. */
export function decodeAuthors(bytes: Uint8Array, unlogged: Unlogged, ownerOf: OwnerOf): Attribution {
  if (bytes.byteLength === 0) return new Attribution(unlogged, ownerOf);
  const { header } = unpack(bytes);
  if (!isHeader(header)) throw new Unreadable('the bytes hold no authors');
  let [seq, at] = [0, 0];
  const entries = header.entries.map(([seqStep, atStep, person, recovered]): LogEntry => {
    seq += seqStep;
    at += atStep;
    return { seq, at, person: header.people[person] ?? '', recovered: recovered === 1 };
  });
  const runs = header.clients.map(([client, list]) => {
    let end = 0;
    const decoded = list.map(([length, index]) => {
      const by = entries[index];
      if (by === undefined) throw new Unreadable('a run names no entry');
      end += length;
      return { end, by };
    });
    return [client, decoded] as const;
  });
  return new Attribution(unlogged, ownerOf, new Map(runs));
}

/** What stood before the log has sequence 0 whoever wrote it. */
const keyOf = ({ seq, person }: LogEntry): string => `${seq} ${person}`;

function isHeader(header: unknown): header is Header {
  return (
    typeof header === 'object' && header !== null && 'clients' in header && Array.isArray(header.clients)
  );
}
