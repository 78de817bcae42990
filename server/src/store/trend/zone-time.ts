/** What clocks on the wall said: SQLite knows no time zones, so the shifts of a zone are told to it. */
import { CalendarDate, fromAbsolute, toTimeZone, toZoned } from '@internationalized/date';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/** No zone changes twice in so short a time. */
const STEP_MS = 14 * DAY_MS;

/** From an instant on, until that of the next one, clocks are so far ahead of UTC. */
export interface Shift {
  readonly from: number;
  readonly offsetMs: number;
}

const offsetAt = (at: number, zone: string): number => fromAbsolute(at, zone).offset;

/** The shifts of a zone in a span, the first of them from its begin on. */
export function shiftsOf(zone: string, from: number, to: number): readonly Shift[] {
  const shifts: Shift[] = [{ from, offsetMs: offsetAt(from, zone) }];
  for (let at = from; at < to; at += STEP_MS) {
    const until = Math.min(at + STEP_MS, to);
    const offsetMs = offsetAt(until, zone);
    if (offsetMs !== shifts.at(-1)?.offsetMs) shifts.push({ from: changeBetween(at, until, zone), offsetMs });
  }
  return shifts;
}

/** The first ms at which the offset is the one of the end. */
function changeBetween(from: number, to: number, zone: string): number {
  const after = offsetAt(to, zone);
  let [before, since] = [from, to];
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2);
    if (offsetAt(middle, zone) === after) since = middle;
    else before = middle;
  }
  return since;
}

/** SQL of what the wall clock said when a record was opened, as ms since 1970 there. */
export function wallTime(shifts: readonly Shift[]): RawBuilder<number> {
  const [first, ...later] = shifts;
  if (first === undefined) return sql`created_at`;
  if (later.length === 0) return sql`(created_at + ${sql.lit(first.offsetMs)})`;
  const cases = later
    .toReversed()
    .map(({ from, offsetMs }) => sql`when created_at >= ${sql.lit(from)} then ${sql.lit(offsetMs)}`);
  return sql`(created_at + case ${sql.join(cases, sql` `)} else ${sql.lit(first.offsetMs)} end)`;
}

/** 1970 began on a Thursday. */
const MONDAY_TO_THURSDAY = 3;

/** Number of the week, from Monday on, of a day counted since 1970. */
export const weekOfDay = (day: number): number => Math.floor((day + MONDAY_TO_THURSDAY) / 7);

/** SQL of the same, of a wall time. */
export const weekOf = (wall: RawBuilder<number>): RawBuilder<number> =>
  sql`((${wall} / ${sql.lit(DAY_MS)} + ${sql.lit(MONDAY_TO_THURSDAY)}) / 7)`;
export const weekdayOf = (wall: RawBuilder<number>): RawBuilder<number> =>
  sql`((${wall} / ${sql.lit(DAY_MS)} + ${sql.lit(MONDAY_TO_THURSDAY)}) % 7)`;
export const hourOf = (wall: RawBuilder<number>): RawBuilder<number> =>
  sql`(${wall} / ${sql.lit(HOUR_MS)} % 24)`;

const dayOf = (at: number, zone: string): number => Math.floor((at + offsetAt(at, zone)) / DAY_MS);

/** Number of the week of an instant in a zone. */
export const weekAt = (at: number, zone: string): number => weekOfDay(dayOf(at, zone));

/** The Monday of a week as `2026-11-23`, and the instant at which it begins in a zone. */
export function beginOfWeek(week: number, zone: string): { readonly monday: string; readonly at: number } {
  const utc = new Date((week * 7 - MONDAY_TO_THURSDAY) * DAY_MS);
  const monday = new CalendarDate(utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate());
  return { monday: monday.toString(), at: toZoned(monday, zone).toDate().getTime() };
}

/** The same wall time so many days later, whatever the clocks did between. */
export function daysFrom(at: number, days: number, zone: string): number {
  return toTimeZone(fromAbsolute(at, zone).add({ days }), 'UTC').toDate().getTime();
}
