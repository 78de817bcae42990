/** A room's log as sittings: what one person wrote without a long pause. */
import type { LogEntry } from '../../replay/attribution.ts';
import type { Sitting } from '../../rooms.ts';

/** A pause of a person that ends a sitting. */
const PAUSE_MS = 5 * 60 * 1000;
/** A pause in which somebody else wrote ends it sooner; people who type at the same time keep one sitting each. */
const TURN_MS = 2000;

/**
 * Sittings, oldest end first. Those of people who write at the same time overlap. What somebody brought back after a
 * restore, maybe the words of others, is a sitting of its own.
 */
export function sittingsOf(entries: Iterable<LogEntry>): readonly Sitting[] {
  const done: Sitting[] = [];
  const open = new Map<string, Sitting>();
  let lastSeq = 0;
  for (const { seq, person, at, recovered } of entries) {
    const before = open.get(person);
    const pause = before?.lastSeq === lastSeq ? PAUSE_MS : TURN_MS;
    lastSeq = seq;
    if (before !== undefined && before.recovered === recovered && at - before.to <= pause) {
      open.set(person, { ...before, to: Math.max(before.to, at), updates: before.updates + 1, lastSeq: seq });
      continue;
    }
    if (before !== undefined) done.push(before);
    open.set(person, { person, recovered, from: at, to: at, updates: 1, firstSeq: seq, lastSeq: seq });
  }
  return [...done, ...open.values()].toSorted((a, b) => a.lastSeq - b.lastSeq);
}
