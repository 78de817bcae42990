/** The next time at which a change collides with nothing (A4 row 12). */
import type { Instant } from '../../shared/index.ts';
import type { Conflict, ConflictKind, Planned } from './conflict.ts';
import type { ConflictIndex } from './conflicts.ts';

export const SLOT_DAYS = 90;

const DAY_MS = 24 * 3_600_000;

/** What kept a change from a place, how often, and what it was at last. */
export interface SlotObstacle {
  readonly kind: ConflictKind;
  readonly times: number;
  readonly last: Conflict;
}

export type SlotAnswer =
  | { readonly found: true; readonly begins: Instant; readonly ends: Instant }
  /** The most frequent obstacle first. */
  | { readonly found: false; readonly obstacles: readonly SlotObstacle[] };

/**
 * Where a change as long as this one may begin, from an instant on. Each try goes to where the last obstacle ends, so
 * that no earlier place is missed and none is tried twice.
 *
 * @param days How far ahead it is looked for
 */
export function nextFreeSlot(
  index: ConflictIndex,
  change: Planned,
  from: Instant,
  days: number = SLOT_DAYS,
): SlotAnswer {
  const length = change.ends - change.begins;
  const horizon = from + days * DAY_MS;
  const met = new Map<ConflictKind, SlotObstacle>();
  let begins: Instant | null = from;
  while (begins !== null && begins < horizon) {
    const tried: Planned = { ...change, begins, ends: begins + length };
    const conflicts = index.conflictsOf(tried);
    if (conflicts.length === 0) return { found: true, begins, ends: tried.ends };
    for (const conflict of conflicts) {
      const times = (met.get(conflict.kind)?.times ?? 0) + 1;
      met.set(conflict.kind, { kind: conflict.kind, times, last: conflict });
    }
    begins = latestChance(index, tried, conflicts, days);
  }
  return { found: false, obstacles: [...met.values()].toSorted((one, other) => other.times - one.times) };
}

function latestChance(
  index: ConflictIndex,
  tried: Planned,
  conflicts: readonly Conflict[],
  days: number,
): Instant | null {
  let latest: Instant | null = tried.begins;
  for (const conflict of conflicts) {
    const next = index.nextChance(tried, conflict, days);
    latest = next === null || latest === null ? null : Math.max(latest, next);
  }
  return latest;
}
