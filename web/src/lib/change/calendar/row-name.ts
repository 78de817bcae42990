import { personId } from '@muster/domain/shared';
import type { ItemId } from '@muster/domain/shared';
import type { LiveChanges } from '#lib/live/change/live-changes.ts';
import type { Muster } from '#lib/live/muster.ts';

/** The name of a row of the timeline: of a service, a person, or a model. */
export function rowName(changes: LiveChanges, muster: Muster, row: string): string {
  const { people } = muster.directory.current;
  if (people.has(personId(row))) return muster.directory.personName(personId(row));
  return changes.itemName(row as ItemId) ?? changes.rules.models.get(row)?.name ?? 'Nothing named';
}
