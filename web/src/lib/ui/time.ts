/** Times as people read them. Instants are epoch ms; zones and words are the browser's and English. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `14:05` */
export function clockTime(at: number): string {
  return clock.format(at);
}

/** `23 Nov` */
export function dayOfMonth(at: number): string {
  return dayMonth.format(at);
}

/** `23 Nov 2026` */
export function dateOf(at: number): string {
  return dayMonthYear.format(at);
}

/** `Mon, 23 Nov 2026, 14:05:09`, for tooltips. */
export function fullTime(at: number): string {
  return full.format(at);
}

/** `14:05` today, `23 Nov 14:05` this year, `23 Nov 2025` before. */
export function shortTime(at: number, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  if (then.toDateString() === today.toDateString()) return clock.format(at);
  if (then.getFullYear() === today.getFullYear()) return `${dayMonth.format(at)} ${clock.format(at)}`;
  return dayMonthYear.format(at);
}

/** `now`, `5 min`, `3 h`, `2 d`, then the date. Past and future alike; the sentence around says which. */
export function relativeTime(at: number, now: number): string {
  const apart = Math.abs(now - at);
  if (apart < MINUTE) return 'now';
  if (apart < 7 * DAY) return span(apart);
  return new Date(at).getFullYear() === new Date(now).getFullYear()
    ? dayMonth.format(at)
    : dayMonthYear.format(at);
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
