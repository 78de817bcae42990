/** Moments on the clock of a zone, which is how a calendar draws them. */
import { fromAbsolute, parseDateTime, toCalendarDateTime } from '@internationalized/date';
import type { Instant } from '@muster/domain/shared';

/** How far something is moved, by the wall clock. */
export interface WallDelta {
  readonly years?: number;
  readonly months?: number;
  readonly days?: number;
  readonly seconds?: number;
}

/** `2026-11-28T09:30:00` */
export function wallOf(at: Instant, zone: string): string {
  return toCalendarDateTime(fromAbsolute(at, zone)).toString().slice(0, 19);
}

/** `2026-11-28` */
export function dayOf(at: Instant, zone: string): string {
  return wallOf(at, zone).slice(0, 10);
}

/** Of `2026-11-28` or `2026-11-28T09:30`; an hour that does not exist is the one after it. */
export function instantOf(wall: string, zone: string): Instant {
  return parseDateTime(wall).toDate(zone, 'compatible').getTime();
}

/** The same hour of another day, or so many hours on, by the wall clock. */
export function movedBy(at: Instant, { years, months, days, seconds }: WallDelta, zone: string): Instant {
  const moved = toCalendarDateTime(fromAbsolute(at, zone)).add({
    years: years ?? 0,
    months: months ?? 0,
    days: days ?? 0,
    seconds: seconds ?? 0,
  });
  return moved.toDate(zone, 'compatible').getTime();
}

/** `+02:00`: what the zone is ahead of UTC at a moment. */
export function offsetOf(at: Instant, zone: string): string {
  const { offset } = fromAbsolute(at, zone);
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
