import { clockTime, dayAndTime, shortTime } from '#lib/ui/time.ts';

/** From when to when, in the reader's zone; the day of the end only where it is another one. */
export function windowWords(begins: number | null, ends: number | null, now: number): string {
  if (begins === null || ends === null) return 'No window yet';
  // what ends within the night is told by the hour
  const isNear = ends - begins < 20 * 60 * 60 * 1000;
  const nextDay = new Date(begins).toDateString() === new Date(ends).toDateString() ? '' : ' (+1)';
  return `${momentWords(begins, now)} – ${isNear ? `${clockTime(ends)}${nextDay}` : momentWords(ends, now)}`;
}

function momentWords(at: number, now: number): string {
  const isNear = Math.abs(at - now) < 300 * 24 * 60 * 60 * 1000;
  return isNear ? dayAndTime(at) : shortTime(at, now);
}
