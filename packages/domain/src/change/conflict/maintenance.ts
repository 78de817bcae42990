import { occurrencesBetween, occurrencesFrom } from '../../shared/index.ts';
import type { Instant } from '../../shared/index.ts';
import type { ChangeWindow } from '../window/window.ts';

/** Whether maintenance windows cover a stretch wholly, one after another or one alone. */
export function isCovered(
  windows: readonly ChangeWindow[],
  { begins, ends }: { readonly begins: Instant; readonly ends: Instant },
  zone: string,
): boolean {
  const openings = windows
    .flatMap(({ when }) => occurrencesBetween(when, begins, ends, zone))
    .toSorted((one, other) => one.from - other.from);
  let covered = begins;
  for (const { from, to } of openings) {
    if (from > covered) return false;
    covered = Math.max(covered, to);
    if (covered >= ends) return true;
  }
  return false;
}

/** When the next of these windows begins after an instant; null when none does within `days`. */
export function nextOpening(
  windows: readonly ChangeWindow[],
  after: Instant,
  days: number,
  zone: string,
): Instant | null {
  let next: Instant | null = null;
  for (const { when } of windows) {
    for (const { from } of occurrencesFrom(when, after, days, zone)) {
      if (from <= after) continue;
      if (next === null || from < next) next = from;
      break;
    }
  }
  return next;
}
