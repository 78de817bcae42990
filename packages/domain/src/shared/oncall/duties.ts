/** The turns of one layer, by the wall clock of the schedule's zone. */
import { parseDate } from '@internationalized/date';
import { localDay } from '../calendar/days.ts';
import { weekdayOf } from '../calendar/openings.ts';
import { DAY_MS, wallClock } from '../calendar/wall-clock.ts';
import type { PersonId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { ScheduleLayer, Span, WeeklyHours } from './schedule.ts';

/** Time in which a person is on duty in a layer, within one turn. */
export interface Duty extends Span {
  readonly person: PersonId;
}

/**
 * Who is on duty in a layer between two instants: in order, without overlap, cut to the two. A turn that the layer's
 * hours break up is several duties.
 */
export function dutiesBetween(
  layer: ScheduleLayer,
  zone: string,
  from: Instant,
  to: Instant,
): readonly Duty[] {
  const turns = turnsBetween(layer, zone, from, to);
  if (layer.hours === null) return turns;
  const hours = hoursBetween(layer.hours, zone, from, to);
  const duties: Duty[] = [];
  let next = 0;
  for (const turn of turns) {
    while (hours[next] !== undefined && (hours[next]?.to ?? 0) <= turn.from) next += 1;
    for (let each = next; each < hours.length; each += 1) {
      const open = hours[each];
      if (open === undefined || open.from >= turn.to) break;
      duties.push({
        from: Math.max(turn.from, open.from),
        to: Math.min(turn.to, open.to),
        person: turn.person,
      });
    }
  }
  return duties;
}

/** When weekly hours hold between two instants: in order, without overlap, cut to the two. */
export function hoursBetween(
  { weekdays, from: begin, to: end }: WeeklyHours,
  zone: string,
  from: Instant,
  to: Instant,
): readonly Span[] {
  const spans: Span[] = [];
  if (to <= from) return spans;
  const last = localDay(zone, to);
  // hours that began on the day before may go on
  for (let day = localDay(zone, from) - 1; day <= last; day += 1) {
    if (!weekdays.includes(weekdayOf(day))) continue;
    const opens = wallClock(zone, day, begin);
    const closes = wallClock(zone, day, end > begin ? end : end + MINUTES_A_DAY, 'later');
    const before = spans.at(-1);
    const span = { from: Math.max(from, opens, before?.to ?? from), to: Math.min(to, closes) };
    if (span.to <= span.from) continue;
    if (before?.to === span.from) spans[spans.length - 1] = { from: before.from, to: span.to };
    else spans.push(span);
  }
  return spans;
}

const MINUTES_A_DAY = 24 * 60;

function turnsBetween(layer: ScheduleLayer, zone: string, from: Instant, to: Instant): readonly Duty[] {
  const { people, handoverAt, unit, length } = layer;
  if (people.length === 0 || to <= from) return [];
  const start = dayOf(layer.startsOn);
  const days = unit === 'week' ? length * 7 : length;
  const beginOf = (turn: number): Instant => wallClock(zone, start + turn * days, handoverAt);
  // a turn early, because the hand-over of its day may still be ahead
  let turn = Math.max(0, Math.floor((localDay(zone, from) - start) / days) - 1);
  const duties: Duty[] = [];
  for (let begin = beginOf(turn); begin < to; turn += 1) {
    const end = beginOf(turn + 1);
    const person = people[turn % people.length];
    const duty = { from: Math.max(from, begin), to: Math.min(to, end) };
    if (person !== undefined && duty.to > duty.from) duties.push({ ...duty, person });
    begin = end;
  }
  return duties;
}

/** A local date `YYYY-MM-DD` in days since 1970-01-01. */
export function dayOf(date: string): number {
  return Math.floor(parseDate(date).toDate('UTC').getTime() / DAY_MS);
}
