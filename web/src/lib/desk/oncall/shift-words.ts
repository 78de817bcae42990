/** Shifts as people read them, in the reader's own time zone. */
import type { ScheduleLayer, Span, WeeklyHours } from '@muster/domain/shared';
import { clockTime, dayAndTime } from '#lib/ui/time.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** `Mon 23 Nov, 09:00 to 17:00`, with the second day when it is another one. */
export function spanWords({ from, to }: Span): string {
  const isOneDay = new Date(from).toDateString() === new Date(to).toDateString();
  return `${dayAndTime(from)} to ${isOneDay ? clockTime(to) : dayAndTime(to)}`;
}

/** `3 d 4 h`, `9 h`, `30 min` */
export function lengthWords(ms: number): string {
  const days = Math.floor(ms / DAY);
  const hours = Math.floor((ms % DAY) / HOUR);
  const minutes = Math.round((ms % HOUR) / 60_000);
  const parts = [days > 0 && `${days} d`, hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`];
  return parts.filter(Boolean).slice(0, 2).join(' ') || '0 min';
}

export function percentWords(share: number): string {
  const percent = share * 100;
  return `${percent > 0 && percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** `Mon to Fri 08:00 to 18:00` */
export function hoursWords({ weekdays, from, to }: WeeklyHours): string {
  const sorted = [...weekdays].sort((a, b) => a - b);
  const [first = 1, last = 7] = [sorted[0], sorted.at(-1)];
  const isRow = sorted.length > 2 && last - first === sorted.length - 1;
  const name = (weekday: number) => WEEKDAYS[weekday - 1] ?? '';
  const days =
    sorted.length === 7
      ? 'every day'
      : isRow
        ? `${name(first)} to ${name(last)}`
        : sorted.map(name).join(', ');
  return from === 0 && to === 1440 ? days : `${days} ${minuteWords(from)} to ${minuteWords(to)}`;
}

/** `Hands over every week at 09:00`, with the hours on duty. */
export function layerWords({ unit, length, handoverAt, hours }: ScheduleLayer): string {
  const every = length === 1 ? `every ${unit}` : `every ${length} ${unit}s`;
  const on = hours === null ? '' : `, on duty ${hoursWords(hours)}`;
  return `Hands over ${every} at ${minuteWords(handoverAt)}${on}`;
}

/** Minutes from midnight as `09:30`; the end of the day is `24:00`. */
export function minuteWords(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The value of `<input type="time">` in minutes from midnight; null for an unfinished one. */
export function minutesOf(value: string): number | null {
  const found = /^(\d\d):(\d\d)/.exec(value);
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
}
