/** What the minutes of a meeting say of people and items, as their page shows it. */
import type { AgendaItem, Meeting } from '@muster/domain/change';
import type { PersonId } from '@muster/domain/shared';
import { clockTime } from '#lib/ui/time.ts';
import { VERDICT_WORDS } from '#lib/wording/meetings.ts';

/** Each person once, with all the times in which they were there. */
export function attendanceOf({ attendance }: Pick<Meeting, 'attendance'>): readonly {
  readonly person: PersonId;
  readonly words: string;
}[] {
  const people = Map.groupBy(attendance, ({ person }) => person);
  return [...people].map(([person, times]) => ({
    person,
    words: times
      .map(({ from, to }) => `${clockTime(from)}–${to === null ? 'now' : clockTime(to)}`)
      .join(', '),
  }));
}

/** What became of an item. */
export function outcomeWords({ decision }: Pick<AgendaItem, 'decision'>): string {
  return decision === null ? 'Not come to: taken over to the next meeting' : VERDICT_WORDS[decision.verdict];
}
