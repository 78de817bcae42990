/** Times as people read them. Instants are epoch ms. */
import { dateFormat } from './date-format.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Words = (at: number, zone?: string) => string;

/** A format is dear to make, so there is one for each zone. The zone is the browser's where none is given. */
function wordsOf(options: Intl.DateTimeFormatOptions): Words {
  const formats = new Map<string | undefined, Intl.DateTimeFormat>();
  return (at, zone) => {
    const format = formats.get(zone) ?? dateFormat({ ...options, timeZone: zone });
    formats.set(zone, format);
    return format.format(at);
  };
}

/** `14:05` */
export const clockTime = wordsOf({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const clockToSecond = wordsOf({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** `Mon` */
export const weekdayOf = wordsOf({ weekday: 'short' });

/** `23 Nov` */
export const dayOfMonth = wordsOf({ day: 'numeric', month: 'short' });

/** `23 Nov 2026` */
export const dateOf = wordsOf({ day: 'numeric', month: 'short', year: 'numeric' });

/** `Nov 2026` */
export const monthAndYear = wordsOf({ month: 'short', year: 'numeric' });

/** `23 Nov 2026` of `2026-11-23`, a day in no zone. */
export function dateOfDay(day: string): string {
  const at = Date.parse(day);
  return Number.isNaN(at) ? day : dateOf(at, 'UTC');
}

// put together here, because engines differ in where they set a comma

/** `Mon 23 Nov` */
export function weekdayAndDay(at: number, zone?: string): string {
  return `${weekdayOf(at, zone)} ${dayOfMonth(at, zone)}`;
}

/** `Mon 23 Nov, 14:05` */
export function dayAndTime(at: number, zone?: string): string {
  return `${weekdayAndDay(at, zone)}, ${clockTime(at, zone)}`;
}

/** `Mon 23 Nov 2026, 14:05:09`, for tooltips. */
export function fullTime(at: number): string {
  return `${weekdayOf(at)} ${dateOf(at)}, ${clockToSecond(at)}`;
}

/** `14:05` today, `23 Nov, 14:05` this year, `23 Nov 2025` before. */
export function shortTime(at: number, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  if (then.toDateString() === today.toDateString()) return clockTime(at);
  if (then.getFullYear() === today.getFullYear()) return `${dayOfMonth(at)}, ${clockTime(at)}`;
  return dateOf(at);
}

/** `now`, `5 min`, `3 h`, `2 d`, then the date. Past and future alike; the sentence around says which. */
export function relativeTime(at: number, now: number): string {
  const apart = Math.abs(now - at);
  if (apart < MINUTE) return 'now';
  if (apart < 7 * DAY) return span(apart);
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayOfMonth(at) : dateOf(at);
}

/** How long something takes, to the minute: `45 min`, `2 h 30 min`, `3 d 1 h`. */
export function lengthWords(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / MINUTE);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const parts = [
    [days, 'd'],
    [hours, 'h'],
    [rest, 'min'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : [])).join(' ') || '0 min';
}

/** The biggest whole unit: `45 s`, `5 min`, `3 h`, `2 d`. */
export function span(ms: number): string {
  const apart = Math.abs(ms);
  if (apart < MINUTE) return `${Math.floor(apart / 1000)} s`;
  if (apart < HOUR) return `${Math.floor(apart / MINUTE)} min`;
  if (apart < DAY) return `${Math.floor(apart / HOUR)} h`;
  return `${Math.floor(apart / DAY)} d`;
}
