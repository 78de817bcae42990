import { fromAbsolute } from '@internationalized/date';
import type { BusinessCalendar } from '../directory.ts';
import type { Instant } from '../instant.ts';
import { openingsOn } from './openings.ts';
import { DAY_MS } from './wall-clock.ts';

/** How far ahead a business day is looked for: a calendar with so long a pause has none. */
const HORIZON_DAYS = 3660;

/** The same time of day a number of days later by the wall clock of a zone. */
export function addCalendarDays(zone: string, at: Instant, days: number): Instant {
  return fromAbsolute(at, zone).add({ days }).toDate().getTime();
}

/**
 * When a calendar closes on the `days`-th day after that of `at` on which it opens at all; null when it does not open
 * so often within ten years. The day of `at` itself does not count.
 */
export function addBusinessDays(calendar: BusinessCalendar, at: Instant, days: number): Instant | null {
  const today = localDay(calendar.zone, at);
  let left = days;
  for (let day = today + 1; day <= today + HORIZON_DAYS; day += 1) {
    const closes = openingsOn(calendar, day).at(-1)?.to;
    if (closes === undefined) continue;
    left -= 1;
    if (left <= 0) return closes;
  }
  return null;
}

/** Where an organisation has said nothing: Monday to Friday. */
const WEEKDAYS: BusinessCalendar = {
  id: 'weekdays',
  name: 'Monday to Friday',
  zone: 'UTC',
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 0, to: 24 * 60 })),
  holidays: [],
};

/**
 * The calendar whose days are the organisation's business days: that which opens least in a week, because a desk that
 * is staffed round the clock has meetings in office hours all the same. Monday to Friday without calendars.
 */
export function officeCalendar(calendars: ReadonlyMap<string, BusinessCalendar>): BusinessCalendar {
  const sorted = [...calendars.values()].toSorted(
    (a, b) => minutesAWeek(a) - minutesAWeek(b) || (a.id < b.id ? -1 : 1),
  );
  return sorted[0] ?? WEEKDAYS;
}

function minutesAWeek({ hours }: BusinessCalendar): number {
  return hours.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The local date of an instant, in days since 1970-01-01. */
export function localDay(zone: string, at: Instant): number {
  const { year, month, day } = fromAbsolute(at, zone);
  return Math.floor(Date.UTC(year, month - 1, day) / DAY_MS);
}
