import type { BusinessCalendar } from '../directory.ts';
import type { Instant } from '../instant.ts';
import { openingsFrom } from './openings.ts';
import { DAY_MS } from './wall-clock.ts';

/** How far ahead an instant is looked for: a calendar with so long a pause has no hours at all. */
const HORIZON_DAYS = 3660;

/** Opening time between two instants, in ms; 0 when `to` is not after `from`. */
export function businessTimeBetween(calendar: BusinessCalendar, from: Instant, to: Instant): number {
  if (to <= from) return 0;
  let total = 0;
  let counted = from;
  for (const opening of openingsFrom(calendar, from, Math.ceil((to - from) / DAY_MS))) {
    if (opening.from >= to) break;
    const start = Math.max(opening.from, counted);
    const end = Math.min(opening.to, to);
    if (end > start) total += end - start;
    counted = Math.max(counted, end);
  }
  return total;
}

/**
 * The first instant at which `ms` of opening time have passed since `at`: `at` itself for 0 or less, null when the
 * calendar does not open enough within ten years.
 */
export function addBusinessTime(calendar: BusinessCalendar, at: Instant, ms: number): Instant | null {
  if (ms <= 0) return at;
  let left = ms;
  let counted = at;
  for (const opening of openingsFrom(calendar, at, HORIZON_DAYS)) {
    const start = Math.max(opening.from, counted);
    const available = Math.max(0, opening.to - start);
    if (left <= available) return start + left;
    left -= available;
    counted = Math.max(counted, opening.to);
  }
  return null;
}
