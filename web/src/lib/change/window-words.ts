import { clockTime, shortTime } from '#lib/ui/time.ts';

/** From when to when, in the reader's zone; the day of the end only where it is another one. */
export function windowWords(begins: number | null, ends: number | null, now: number): string {
  if (begins === null || ends === null) return 'No window yet';
  // what ends within the night is told by the hour
  const isNear = ends - begins < 20 * 60 * 60 * 1000;
  const nextDay = new Date(begins).toDateString() === new Date(ends).toDateString() ? '' : ' (+1)';
  return `${dayAndTime(begins, now)} – ${isNear ? `${clockTime(ends)}${nextDay}` : dayAndTime(ends, now)}`;
}

const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

function dayAndTime(at: number, now: number): string {
  const isNear = Math.abs(at - now) < 300 * 24 * 60 * 60 * 1000;
  return isNear ? `${DAY.format(at)}, ${clockTime(at)}` : shortTime(at, now);
}
