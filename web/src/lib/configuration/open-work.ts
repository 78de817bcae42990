/** Which incidents and changes are at work on an item: asked by the map and by the page of the item alike. */
import { isOverChange } from '@muster/domain/change';
import type { ItemId } from '@muster/domain/shared';
import type { ChangeRow, LiveChanges } from '#lib/live/change/live-changes.ts';
import type { Muster, TicketRow } from '#lib/live/muster.ts';

/** In which an incident is worked on. */
const OPEN_STATES: ReadonlySet<string> = new Set(['new', 'in_progress', 'on_hold']);

/** Of those that this person may read. Subscribes to all tickets. */
export function openIncidents({ tickets }: Pick<Muster, 'tickets'>): readonly TicketRow[] {
  void tickets.revision;
  return tickets.all().filter(({ process, state }) => process === 'incident' && OPEN_STATES.has(state));
}

/** Subscribes to all changes. */
export function openChanges(changes: Pick<LiveChanges, 'all'> | null): readonly ChangeRow[] {
  return (changes?.all ?? []).filter((change) => !isOverChange(change));
}

/** What an incident is about: its service and the items that it names. */
export function itemsOfTicket({ service, items }: Pick<TicketRow, 'service' | 'items'>): readonly ItemId[] {
  return [...new Set<ItemId>(service === null ? items : [service, ...items])];
}

/** Open incidents that name one of these items, by their numbers. Subscribes to all tickets. */
export function openIncidentsOn(
  muster: Pick<Muster, 'tickets'>,
  about: readonly ItemId[],
): readonly TicketRow[] {
  return openIncidents(muster)
    .filter((ticket) => itemsOfTicket(ticket).some((each) => about.includes(each)))
    .toSorted((a, b) => (a.number ?? a.token).localeCompare(b.number ?? b.token));
}
