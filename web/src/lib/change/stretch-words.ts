/** Times on the clock of a zone, as calendars and conflicts say them. */
import { clockTime, dateOf, dayAndTime } from '#lib/ui/time.ts';

/** `Thu 3 Dec, 02:00–04:00`, with the second day when it is another one. */
export function stretchWords(from: number, to: number, zone: string): string {
  const isOneDay = dateOf(from, zone) === dateOf(to, zone);
  return isOneDay
    ? `${dayAndTime(from, zone)}–${clockTime(to, zone)}`
    : `${dayAndTime(from, zone)} – ${dayAndTime(to, zone)}`;
}

/** The zone of this device, IANA name. */
export function deviceZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
