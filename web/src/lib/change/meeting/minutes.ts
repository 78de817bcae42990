/** What the minutes of a meeting say of people and items, as their page shows it. */
import { NOT_COME_TO } from '@muster/domain/change';
import type { AgendaItem, Meeting } from '@muster/domain/change';
import type { PersonId } from '@muster/domain/shared';
import { clockTime } from '#lib/ui/time.ts';
import { VERDICT_WORDS } from '#lib/wording/meetings.ts';
import { dayOf } from '../calendar/wall-clock.ts';

/** `14:05` on the clock of the board, which all of its minutes go by. */
export function boardClock(at: number, zone: string | null): string {
  return clockTime(at, zone ?? 'UTC');
}

/** `2026-06-01` on the same clock. */
export function boardDay(at: number, zone: string | null): string {
  return dayOf(at, zone ?? 'UTC');
}

/** Each person once, with all the times in which they were there. */
export function attendanceOf(
  { attendance }: Pick<Meeting, 'attendance'>,
  zone: string | null,
): readonly {
  readonly person: PersonId;
  readonly words: string;
}[] {
  const people = Map.groupBy(attendance, ({ person }) => person);
  return [...people].map(([person, times]) => ({
    person,
    words: times
      .map(({ from, to }) => `${boardClock(from, zone)}–${to === null ? 'now' : boardClock(to, zone)}`)
      .join(', '),
  }));
}

/** What became of an item. */
export function outcomeWords({ decision }: Pick<AgendaItem, 'decision'>): string {
  return decision === null ? NOT_COME_TO : VERDICT_WORDS[decision.verdict];
}
