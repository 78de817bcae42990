/** Whom an announcement is for, in words, and how many people that is. */
import { isInAudience } from '@muster/domain/desk';
import type { Announcement } from '@muster/domain/desk';
import type { Directory, TeamId } from '@muster/domain/shared';

/** `everybody`, or the names of the teams. */
export function audienceWords(audience: readonly TeamId[], { teams }: Pick<Directory, 'teams'>): string {
  if (audience.length === 0) return 'everybody';
  return audience.map((team) => teams.get(team)?.name ?? 'a team').join(', ');
}

/** People who are active and told of it. */
export function audienceSize(
  announcement: Pick<Announcement, 'audience'>,
  { people }: Pick<Directory, 'people'>,
): number {
  return [...people.values()].filter(({ active, teams }) => active && isInAudience(announcement, teams))
    .length;
}

/** When the audience became another one, the oldest first: who is told of it from then on. */
export function audienceChanges({ audience, told }: Pick<Announcement, 'audience' | 'told'>): readonly {
  readonly at: number;
  readonly to: readonly TeamId[];
}[] {
  const changes = told.filter(({ before }) => before !== null);
  return changes.flatMap(({ at, before }, index) => {
    const to = changes[index + 1]?.before ?? audience;
    // what became public is for the same people as before, and for who follows the status page
    return String(to) === String(before) ? [] : [{ at, to }];
  });
}
