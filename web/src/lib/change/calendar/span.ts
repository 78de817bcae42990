/** Which stretch of time a view shows, and how one goes on from it. Days are `2026-11-28`, by the clock of the zone. */
import type { Instant } from '@muster/domain/shared';
import { dateFormat } from '#lib/ui/date-format.ts';
import { instantOf } from './wall-clock.ts';

export type CalendarView = 'month' | 'week' | 'timeline' | 'list';

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

const DAY_MS = 86_400_000;

type Length = Zoom | 'weeks-of-month';

function lengthOf({ view, zoom }: Pick<Place, 'view' | 'zoom'>): Length {
  if (view === 'month') return 'weeks-of-month';
  return view === 'week' ? 'week' : view === 'list' ? 'month' : zoom;
}

export function spanOf(place: Place, zone: string): Span {
  const [first, after] = daysOf(place);
  return { from: instantOf(textOf(first), zone), to: instantOf(textOf(after), zone) };
}

/** The first day that is shown and the first that is not any more; days are midnights of UTC here. */
function daysOf(place: Place): readonly [Date, Date] {
  const day = new Date(`${place.day}T00:00Z`);
  switch (lengthOf(place)) {
    case 'weeks-of-month':
      return [mondayOf(monthOf(day, 0)), plusDays(mondayOf(plusDays(monthOf(day, 1), -1)), 7)];
    case 'day':
      return [day, plusDays(day, 1)];
    case 'week':
      return [mondayOf(day), plusDays(mondayOf(day), 7)];
    case 'month':
      return [monthOf(day, 0), monthOf(day, 1)];
    case 'quarter':
      return [monthOf(day, 0), monthOf(day, 3)];
  }
}

/** The day to look at when somebody goes one span on, or back with -1. */
export function stepped(place: Place, by: 1 | -1): string {
  const day = new Date(`${place.day}T00:00Z`);
  switch (lengthOf(place)) {
    case 'day':
      return textOf(plusDays(day, by));
    case 'week':
      return textOf(plusDays(day, 7 * by));
    case 'quarter':
      return textOf(monthOf(day, 3 * by));
    default:
      return textOf(monthOf(day, by));
  }
}

function textOf(day: Date): string {
  return day.toISOString().slice(0, 10);
}

function plusDays(day: Date, days: number): Date {
  return new Date(day.getTime() + days * DAY_MS);
}

/** Weeks begin on Monday. */
function mondayOf(day: Date): Date {
  return plusDays(day, -((day.getUTCDay() + 6) % 7));
}

/** The first of the month that is so many on. */
function monthOf(day: Date, months: number): Date {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1));
}

/** `November 2026`, `23 – 29 November 2026`: what the view shows, in words. */
export function titleOf(place: Place): string {
  const length = lengthOf(place);
  const words = (options: Intl.DateTimeFormatOptions) => dateFormat({ ...options, timeZone: 'UTC' });
  if (length === 'weeks-of-month' || length === 'month')
    return words({ month: 'long', year: 'numeric' }).format(new Date(`${place.day}T00:00Z`));
  const [first, after] = daysOf(place);
  const last = plusDays(after, -1);
  if (length === 'day')
    return words({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(first);
  const options: Intl.DateTimeFormatOptions =
    length === 'quarter'
      ? { month: 'long', year: 'numeric' }
      : { day: 'numeric', month: 'long', year: 'numeric' };
  return words(options).formatRange(first, last);
}
