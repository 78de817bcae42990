/** Which stretch of time a view shows, and how one goes on from it. Days are `2026-11-28`, by the clock of the zone. */
import { endOfMonth, endOfWeek, parseDate, startOfMonth, startOfWeek } from '@internationalized/date';
import type { CalendarDate } from '@internationalized/date';
import type { Instant } from '@muster/domain/shared';
import { instantOf } from './wall-clock.ts';

export const VIEWS = ['month', 'week', 'timeline', 'list'] as const;
export type CalendarView = (typeof VIEWS)[number];

/** Of the timeline. */
export const ZOOMS = ['day', 'week', 'month', 'quarter'] as const;
export type Zoom = (typeof ZOOMS)[number];

export interface Place {
  readonly view: CalendarView;
  readonly zoom: Zoom;
  readonly day: string;
}

export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Weeks begin on Monday. */
const WEEK_OF = 'en-GB';

type Length = Zoom | 'weeks-of-month';

function lengthOf({ view, zoom }: Pick<Place, 'view' | 'zoom'>): Length {
  if (view === 'month') return 'weeks-of-month';
  return view === 'week' ? 'week' : view === 'list' ? 'month' : zoom;
}

export function spanOf(place: Place, zone: string): Span {
  const [first, after] = daysOf(place);
  return { from: instantOf(first.toString(), zone), to: instantOf(after.toString(), zone) };
}

function daysOf(place: Place): readonly [CalendarDate, CalendarDate] {
  const day = parseDate(place.day);
  switch (lengthOf(place)) {
    case 'weeks-of-month':
      return [startOfWeek(startOfMonth(day), WEEK_OF), endOfWeek(endOfMonth(day), WEEK_OF).add({ days: 1 })];
    case 'day':
      return [day, day.add({ days: 1 })];
    case 'week':
      return [startOfWeek(day, WEEK_OF), startOfWeek(day, WEEK_OF).add({ days: 7 })];
    case 'month':
      return [startOfMonth(day), startOfMonth(day).add({ months: 1 })];
    case 'quarter':
      return [startOfMonth(day), startOfMonth(day).add({ months: 3 })];
  }
}

/** The day to look at when somebody goes one span on, or back with -1. */
export function stepped(place: Place, by: 1 | -1): string {
  const day = parseDate(place.day);
  switch (lengthOf(place)) {
    case 'day':
      return day.add({ days: by }).toString();
    case 'week':
      return day.add({ days: 7 * by }).toString();
    case 'quarter':
      return startOfMonth(day)
        .add({ months: 3 * by })
        .toString();
    default:
      return startOfMonth(day).add({ months: by }).toString();
  }
}

/** `November 2026`, `23 – 29 November 2026`: what the view shows, in words. */
export function titleOf(place: Place): string {
  const length = lengthOf(place);
  const words = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  if (length === 'weeks-of-month' || length === 'month')
    return words({ month: 'long', year: 'numeric' }).format(utc(parseDate(place.day)));
  const [first, after] = daysOf(place);
  const last = after.subtract({ days: 1 });
  if (length === 'day')
    return words({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(utc(first));
  const options: Intl.DateTimeFormatOptions =
    length === 'quarter'
      ? { month: 'long', year: 'numeric' }
      : { day: 'numeric', month: 'long', year: 'numeric' };
  return words(options).formatRange(utc(first), utc(last));
}

function utc(day: CalendarDate): Date {
  return day.toDate('UTC');
}
