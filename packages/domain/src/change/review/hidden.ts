/** A change as it is shown where not everybody may know of an incident: that there is one, and not which (CHG-107). */
import type { Recorded, RecordId } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import type { ChangeEvent } from '../events.ts';

/** Whether an incident is one that not everybody may know of to whom something is shown. */
export type IsHidden = (incident: RecordId) => boolean;

/** [CHG-107] The change itself where it names none of them. */
export function withoutHidden(change: Change, isHidden: IsHidden): Change {
  const shows = change.caused.every(({ incident }) => incident === null || !isHidden(incident));
  if (shows) return change;
  return { ...change, caused: change.caused.map((each) => unnamed(each, isHidden)) };
}

/** [CHG-107] Histories of anything: what changes alone say of incidents is looked at. */
export function eventsWithoutHidden<Event extends { readonly type: string }>(
  recorded: readonly Recorded<Event>[],
  isHidden: IsHidden,
): readonly Recorded<Event>[] {
  return recorded.flatMap((each) => {
    const event = each.event as unknown as ChangeEvent;
    switch (event.type) {
      case 'incident-hidden':
        // it says when
        return [];
      case 'incident-caused':
      case 'incident-not-caused':
        return [{ ...each, event: unnamed(event, isHidden) as unknown as Event }];
      default:
        return [each];
    }
  });
}

function unnamed<Naming extends { readonly incident: RecordId | null }>(
  naming: Naming,
  isHidden: IsHidden,
): Naming {
  const { incident } = naming;
  return incident !== null && isHidden(incident) ? { ...naming, incident: null } : naming;
}
