import { CalendarDateTime, toZoned } from '@internationalized/date';

const TIME = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})$/;

/**
 * Epoch ms of `d/m/yyyy HH:MM` read in an IANA zone; null for anything else, including days that do not exist.
 * A local time that a clock change skips or repeats is read as its earlier instant.
 */
export function toInstant(text: string | undefined, zone: string): number | null {
  const match = TIME.exec(text?.trim() ?? '');
  if (match === null) return null;
  const [day, month, year, hour, minute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || day < 1) return null;
  const local = new CalendarDateTime(year, month, day, hour, minute);
  if (local.day !== day || local.month !== month) return null;
  return toZoned(local, zone, 'earlier').toDate().getTime();
}
