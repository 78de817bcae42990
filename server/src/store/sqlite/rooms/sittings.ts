/** A room's log as sittings: what one person wrote without a long pause. */
import type { LogEntry } from '../../replay/attribution.ts';
import type { Sitting } from '../../rooms.ts';

/** A pause of a person that ends a sitting. */
const PAUSE_MS = 5 * 60 * 1000;

/** Sittings, oldest end first. Those of people who write at the same time overlap. */
export function sittingsOf(entries: Iterable<LogEntry>): readonly Sitting[] {
  const done: Sitting[] = [];
  const open = new Map<string, Sitting>();
  for (const { seq, person, at } of entries) {
    const before = open.get(person);
    if (before !== undefined && at - before.to <= PAUSE_MS) {
      open.set(person, { ...before, to: Math.max(before.to, at), updates: before.updates + 1, lastSeq: seq });
      continue;
    }
    if (before !== undefined) done.push(before);
    open.set(person, { person, from: at, to: at, updates: 1, firstSeq: seq, lastSeq: seq });
  }
  return [...done, ...open.values()].toSorted((a, b) => a.lastSeq - b.lastSeq);
}
