import { CalendarDate } from '@internationalized/date';
import type { BusinessCalendar } from '../directory.ts';
import type { Instant } from '../instant.ts';
import { DAY_MS, wallClock } from './wall-clock.ts';

/** A stretch of opening hours, from inclusive, to exclusive. */
export interface Opening {
  readonly from: Instant;
  readonly to: Instant;
}

const EPOCH = new CalendarDate(1970, 1, 1);

/** Local midnight and offsets cost a lookup in the zone's history; a calendar is asked for the same days again. */
const known = new WeakMap<BusinessCalendar, Map<number, readonly Opening[]>>();

/** The openings of one local day, in order, without overlap. Days count from 1970-01-01 in the calendar's zone. */
export function openingsOn(calendar: BusinessCalendar, day: number): readonly Opening[] {
  let days = known.get(calendar);
  if (days === undefined) {
    days = new Map();
    known.set(calendar, days);
  }
  let openings = days.get(day);
  if (openings === undefined) {
    openings = computeOpenings(calendar, day);
    days.set(day, openings);
  }
  return openings;
}

/** The openings from an instant on, in order, for a number of days; the first may have begun before. */
export function* openingsFrom(calendar: BusinessCalendar, at: Instant, days: number): Generator<Opening> {
  // No zone is a full day away from UTC, so the local day of `at` is its UTC day or a neighbour.
  const first = Math.floor(at / DAY_MS) - 1;
  for (let day = first; day <= first + days + 2; day += 1) {
    for (const opening of openingsOn(calendar, day)) if (opening.to > at) yield opening;
  }
}

function computeOpenings(calendar: BusinessCalendar, day: number): readonly Opening[] {
  if (calendar.holidays.includes(EPOCH.add({ days: day }).toString())) return [];
  const weekday = weekdayOf(day);
  const openings = calendar.hours
    .filter((hours) => hours.weekday === weekday)
    .map(({ from, to }) => ({
      from: wallClock(calendar.zone, day, from),
      to: wallClock(calendar.zone, day, to, 'later'),
    }));
  return withoutOverlap(openings);
}

/** 1 (Monday) to 7; day 0 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function withoutOverlap(openings: readonly Opening[]): readonly Opening[] {
  const apart: Opening[] = [];
  for (const opening of openings.toSorted((a, b) => a.from - b.from)) {
    const from = Math.max(opening.from, apart.at(-1)?.to ?? opening.from);
    if (opening.to > from) apart.push({ from, to: opening.to });
  }
  return apart;
}
