/** Who is on call now, until when, and who follows. */
import { shiftsBetween } from '@muster/domain/shared';
import type { PersonId, Schedule, Shift, Span } from '@muster/domain/shared';

export interface Handover {
  readonly now: Shift | null;
  /** When somebody else, or nobody, is on call; null when that is not within the time looked at. */
  readonly at: number | null;
  /** Who is on call then; null for nobody. */
  readonly next: PersonId | null;
}

const LOOKED_AHEAD_MS = 8 * 7 * 24 * 3_600_000;

export function handoverOf(schedule: Schedule, now: number): Handover {
  const end = now + LOOKED_AHEAD_MS;
  const shifts = oneByOne(shiftsBetween(schedule, now, end));
  const [first, second] = shifts;
  if (first === undefined) return { now: null, at: null, next: null };
  if (first.from > now) return { now: null, at: first.from, next: first.person };
  if (first.to >= end) return { now: first, at: null, next: null };
  return { now: first, at: first.to, next: second?.from === first.to ? second.person : null };
}

/** Shifts of one person that follow each other as one, with the reason of the first. */
export function oneByOne(shifts: readonly Shift[]): readonly Shift[] {
  const runs: Shift[] = [];
  for (const shift of shifts) {
    const before = runs.at(-1);
    if (before?.to === shift.from && before.person === shift.person)
      runs[runs.length - 1] = { ...before, to: shift.to };
    else runs.push(shift);
  }
  return runs;
}

/**
 * Spans that touch a time, each with its true begin and end: `look` finds them in a time that is eight weeks longer on
 * either side, and one that goes on for longer is cut there.
 */
export function wholeWithin<S extends Span>(
  look: (from: number, to: number) => readonly S[],
  from: number,
  to: number,
): readonly S[] {
  return look(from - LOOKED_AHEAD_MS, to + LOOKED_AHEAD_MS).filter(
    (span) => span.to > from && span.from < to,
  );
}

/** Whether a span found so was cut, and begins or ends elsewhere. */
export function isCut(
  span: Span,
  from: number,
  to: number,
): { readonly begin: boolean; readonly end: boolean } {
  return { begin: span.from <= from - LOOKED_AHEAD_MS, end: span.to >= to + LOOKED_AHEAD_MS };
}
