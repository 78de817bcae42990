/** Times on the clock of a zone as instants. */
import { CalendarDate, Time, fromAbsolute, toCalendarDateTime } from '@internationalized/date';
import type { Instant } from '../instant.ts';

export const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;
const MINUTES_A_DAY = 24 * 60;
const EPOCH = new CalendarDate(1970, 1, 1);
/** Days whose offsets are remembered in each zone: some ten years. */
const MOST_DAYS = 4_000;
const MOST_ZONES = 100;

/** Offsets at midnights of UTC. Each costs a lookup in the zone's history, and the same days are asked for again. */
const known = new Map<string, Map<number, number>>();

/**
 * A wall-clock minute as an instant, of a day counted from 1970-01-01. An hour that comes twice belongs wholly to the
 * opening that touches it: it begins with the first and ends with the later one.
 */
export function wallClock(
  zone: string,
  day: number,
  minute: number,
  disambiguation: 'compatible' | 'later' = 'compatible',
): Instant {
  const date = day + Math.floor(minute / MINUTES_A_DAY);
  const rest = minute % MINUTES_A_DAY;
  const offset = offsetAround(zone, date);
  if (offset !== null) return date * DAY_MS + rest * MINUTE_MS - offset;
  const time = new Time(Math.floor(rest / 60), rest % 60);
  return toCalendarDateTime(EPOCH.add({ days: date }), time)
    .toDate(zone, disambiguation)
    .getTime();
}

/** What the clock of a zone shows at an instant, `YYYY-MM-DDTHH:mm`. */
export function onTheClock(zone: string, at: Instant): string {
  return fromAbsolute(at, zone).toString().slice(0, 16);
}

/** The one offset, in ms, that a zone has wherever in it the local day can lie; null when it changes there. */
function offsetAround(zone: string, day: number): number | null {
  const days = daysOf(zone);
  const offset = offsetAt(zone, days, day - 1);
  // no zone is a full day away from UTC
  for (let each = day; each <= day + 2; each += 1) if (offsetAt(zone, days, each) !== offset) return null;
  return offset;
}

function offsetAt(zone: string, days: Map<number, number>, day: number): number {
  let offset = days.get(day);
  if (offset === undefined) {
    if (days.size >= MOST_DAYS) days.clear();
    offset = fromAbsolute(day * DAY_MS, zone).offset;
    days.set(day, offset);
  }
  return offset;
}

function daysOf(zone: string): Map<number, number> {
  let days = known.get(zone);
  if (days === undefined) {
    if (known.size >= MOST_ZONES) known.clear();
    days = new Map();
    known.set(zone, days);
  }
  return days;
}
