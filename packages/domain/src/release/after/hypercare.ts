/** The watch after a deployment: incidents on what was released raise an alarm (A6 row 11). */
import type { Instant } from '../../shared/index.ts';
import type { ChangeFact, IncidentFact, ReleaseFacts } from '../facts.ts';
import type { Release } from '../release.ts';

const HOUR_MS = 3_600_000;

/** When the watch ends; null while it has not begun. */
export function hypercareEndsAt({
  hypercareAt,
  hypercareHours,
}: Pick<Release, 'hypercareAt' | 'hypercareHours'>): Instant | null {
  return hypercareAt === null ? null : hypercareAt + hypercareHours * HOUR_MS;
}

/** Items of member changes that an incident is about; what was called off touched nothing. */
export function touchedItems(
  { members }: Pick<Release, 'members'>,
  { items }: Pick<IncidentFact, 'items'>,
  { changes }: Pick<ReleaseFacts, 'changes'>,
): readonly string[] {
  const touched = itemsOf(members, changes);
  return [...new Set(items)].filter((item) => touched.has(item));
}

/** Incidents that an alarm is due for: opened within the watch on a member's item, and not noted yet. */
export function alarmsDue(
  release: Release,
  incidents: readonly IncidentFact[],
  { changes }: Pick<ReleaseFacts, 'changes'>,
): readonly IncidentFact[] {
  const from = release.hypercareAt;
  const to = hypercareEndsAt(release);
  if (from === null || to === null) return [];
  const touched = itemsOf(release.members, changes);
  const noted = new Set(release.alarms.map(({ incident }) => incident));
  return incidents.filter(
    ({ id, openedAt, items }) =>
      openedAt >= from && openedAt < to && !noted.has(id) && items.some((item) => touched.has(item)),
  );
}

function itemsOf(
  members: Release['members'],
  changes: ReadonlyMap<ChangeFact['id'], ChangeFact>,
): ReadonlySet<string> {
  return new Set(
    members.flatMap((member) => {
      const change = changes.get(member);
      return change === undefined || change.standing === 'inactive' ? [] : change.items;
    }),
  );
}
