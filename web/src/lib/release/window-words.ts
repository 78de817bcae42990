import { shortTime } from '#lib/ui/time.ts';

/** `28 Nov, 22:00 – 29 Nov, 02:00`; what is not planned is said so. */
export function windowWords(beginsAt: number | null, endsAt: number | null, now: number): string {
  if (beginsAt === null && endsAt === null) return 'Not planned yet';
  const from = beginsAt === null ? '?' : shortTime(beginsAt, now);
  return `${from} – ${endsAt === null ? '?' : shortTime(endsAt, now)}`;
}
