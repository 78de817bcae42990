/**
 * Stretches of time that come again by the wall clock: maintenance windows, freezes. In a zone of their own, or
 * floating: the same hour on the clock wherever the thing stands that they are for.
 */
import { parseDate, parseDateTime } from '@internationalized/date';
import type { CalendarDateTime } from '@internationalized/date';
import type { Instant } from '../instant.ts';
import type { Opening } from './openings.ts';
import { DAY_MS } from './wall-clock.ts';

export interface Recurrence {
  /** IANA name; null floats. */
  readonly zone: string | null;
  /** Wall clock of the first occurrence, `YYYY-MM-DDTHH:mm`. */
  readonly begins: string;
  readonly ends: string;
  /** Null for what happens once. */
  readonly repeats: {
    readonly unit: 'day' | 'week';
    /** Every so many days or weeks, from 1. */
    readonly every: number;
    /** Of a week, 1 (Monday) to 7; empty stands for the weekday of `begins`. Without meaning for days. */
    readonly weekdays: readonly number[];
    /** The last local date on which one begins, `YYYY-MM-DD`; null goes on for ever. */
    readonly until: string | null;
  } | null;
}

export type RecurrenceFault = { readonly field: string; readonly value: unknown } | 'ends-before-begin';

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const MOST_EVERY = 366;
/** Occurrences of one recurrence that are remembered. */
const MOST_KNOWN = 1_000;

/** What is wrong with a recurrence that somebody wrote; null when nothing is. */
export function faultOfRecurrence({ zone, begins, ends, repeats }: Recurrence): RecurrenceFault | null {
  if (zone !== null && !isZone(zone)) return { field: 'zone', value: zone };
  if (!LOCAL.test(begins) || !parses(() => parseDateTime(begins))) return { field: 'begins', value: begins };
  if (!LOCAL.test(ends) || !parses(() => parseDateTime(ends))) return { field: 'ends', value: ends };
  if (ends <= begins) return 'ends-before-begin';
  if (repeats === null) return null;
  const { every, weekdays, until } = repeats;
  if (!Number.isSafeInteger(every) || every < 1 || every > MOST_EVERY)
    return { field: 'every', value: every };
  const odd = weekdays.find((weekday) => !Number.isSafeInteger(weekday) || weekday < 1 || weekday > 7);
  if (odd !== undefined) return { field: 'weekdays', value: odd };
  if (lengthOf(begins, ends) > intervalDays(begins, repeats) * DAY_MS) return { field: 'ends', value: ends };
  if (until === null) return null;
  if (!parses(() => parseDate(until))) return { field: 'until', value: until };
  return until < begins.slice(0, 10) ? 'ends-before-begin' : null;
}

/** By the wall clock, in ms. */
function lengthOf(begins: string, ends: string): number {
  return Date.parse(`${ends}Z`) - Date.parse(`${begins}Z`);
}

/** The fewest days from the begin of one occurrence to that of the next: none is longer, so that none meets another. */
function intervalDays(begins: string, { unit, every, weekdays }: NonNullable<Recurrence['repeats']>): number {
  if (unit === 'day') return every;
  const days = weekdays.length === 0 ? [weekdayOf(dayOf(begins))] : weekdays.toSorted((a, b) => a - b);
  const gaps = days.slice(1).map((day, index) => day - (days[index] ?? day));
  const toNextWeek = every * 7 - (days.at(-1) ?? 0) + (days[0] ?? 0);
  return Math.min(toNextWeek, ...gaps.filter((gap) => gap > 0));
}

/**
 * The occurrences that are not over at `at`, in the order of their begin, among those that begin within `days` of it.
 *
 * @param floating The zone whose clock a floating recurrence goes by
 */
export function* occurrencesFrom(
  recurrence: Recurrence,
  at: Instant,
  days: number,
  floating: string,
): Generator<Opening> {
  const plan = planOf(recurrence);
  // No zone is a full day away from UTC.
  const today = Math.floor(at / DAY_MS);
  const first = Math.max(plan.firstDay, today - plan.lengthDays - 1);
  const last = Math.min(plan.lastDay, today + days + 1);
  for (let day = first; day <= last; day += 1) {
    if (!plan.begins(day)) continue;
    const occurrence = occurrenceOn(recurrence, plan, day, recurrence.zone ?? floating);
    if (occurrence.to > at) yield occurrence;
  }
}

/** The occurrences that overlap a stretch, in the order of their begin. */
export function occurrencesBetween(
  recurrence: Recurrence,
  from: Instant,
  to: Instant,
  floating: string,
): readonly Opening[] {
  const found: Opening[] = [];
  for (const occurrence of occurrencesFrom(recurrence, from, Math.ceil((to - from) / DAY_MS), floating))
    if (occurrence.from < to) found.push(occurrence);
  return found;
}

interface Plan {
  /** Days count from 1970-01-01 by the wall clock. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** How many midnights an occurrence crosses. */
  readonly lengthDays: number;
  readonly begins: (day: number) => boolean;
  readonly from: CalendarDateTime;
  readonly to: CalendarDateTime;
  /** By the wall clock, in ms. */
  readonly length: number;
  /** Offsets cost a lookup in the zone's history, and the same days are asked for again. */
  readonly known: Map<string, Opening>;
}

const plans = new WeakMap<Recurrence, Plan>();

function planOf(recurrence: Recurrence): Plan {
  let plan = plans.get(recurrence);
  if (plan === undefined) {
    plan = makePlan(recurrence);
    plans.set(recurrence, plan);
  }
  return plan;
}

function makePlan({ begins, ends, repeats }: Recurrence): Plan {
  const firstDay = dayOf(begins);
  const base = {
    firstDay,
    lengthDays: dayOf(ends) - firstDay,
    from: parseDateTime(begins),
    to: parseDateTime(ends),
    length: lengthOf(begins, ends),
    known: new Map<string, Opening>(),
  };
  if (repeats === null) return { ...base, lastDay: firstDay, begins: () => true };
  const { unit, every, until } = repeats;
  const lastDay = until === null ? Infinity : dayOf(until);
  if (unit === 'day') return { ...base, lastDay, begins: (day) => (day - firstDay) % every === 0 };
  const weekdays = repeats.weekdays.length === 0 ? [weekdayOf(firstDay)] : repeats.weekdays;
  const firstWeek = weekOf(firstDay);
  const isDay = (day: number) => weekdays.includes(weekdayOf(day)) && (weekOf(day) - firstWeek) % every === 0;
  return { ...base, lastDay, begins: isDay };
}

function occurrenceOn(
  { zone: own }: Recurrence,
  { firstDay, from, to, length, known }: Plan,
  day: number,
  zone: string,
): Opening {
  const key = own === null ? `${day} ${zone}` : String(day);
  let occurrence = known.get(key);
  if (occurrence === undefined) {
    const days = day - firstDay;
    const begin = from.add({ days }).toDate(zone, 'compatible').getTime();
    const end = to.add({ days }).toDate(zone, 'later').getTime();
    // one that begins in an hour that the clock leaves out begins after it, and is as long as on any other day
    occurrence = { from: begin, to: end > begin ? end : begin + length };
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, occurrence);
  }
  return occurrence;
}

function dayOf(local: string): number {
  return Math.floor(Date.parse(`${local.slice(0, 10)}T00:00Z`) / DAY_MS);
}

/** 1 (Monday) to 7; day 0 was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Weeks begin on Monday. */
function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

function isZone(zone: string): boolean {
  return parses(() => new Intl.DateTimeFormat('en', { timeZone: zone }));
}

function parses(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
