/** What stands near the items of a ticket on the map, and what changed or is broken there: where most causes are found. */
import type { Change } from '../change/index.ts';
import { dependenciesOf } from '../configuration/index.ts';
import type { DependencyMap } from '../configuration/index.ts';
import { TERMINAL_STATES, isMajor } from '../shared/index.ts';
import type { Instant, ItemId, RecordId, Ticket } from '../shared/index.ts';
import { changesMade } from './changes-made.ts';

const HOUR = 60 * 60 * 1000;

/** As many items as are looked at: what is farther away is seldom the cause, and the map shows it. */
export const MOST_AROUND = 30;
/** How far back a change is looked for: a week's work shows its faults with the week's load. */
export const CHANGED_WITHIN_MS = 7 * 24 * HOUR;
/** How far ahead: what is to change tomorrow should know of what is broken today. */
const CHANGES_WITHIN_MS = 24 * HOUR;

export interface ItemAround {
  readonly item: ItemId;
  /** In relations; 0 for what the ticket is about itself. */
  readonly distance: number;
}

export interface Around {
  /** The nearest first. */
  readonly items: readonly ItemAround[];
  /** How many more it hangs on, farther away. */
  readonly more: number;
  /** What was joined into these, each with the one that stays: records go on naming it. */
  readonly joined: ReadonlyMap<ItemId, ItemId>;
}

/** What a ticket is about and all that this hangs on, whether it runs or not: a change may just have taken it away. */
export function itemsAround(map: DependencyMap, about: Iterable<ItemId>): Around {
  const items = [...nearestOf(map, about)]
    .map(([item, distance]) => ({ item, distance }))
    .toSorted((a, b) => a.distance - b.distance || (a.item < b.item ? -1 : 1));
  const near = items.slice(0, MOST_AROUND);
  const joined = new Map(
    near.flatMap(({ item }) => map.joinedInto(item).map((each) => [each, item] as const)),
  );
  return { items: near, more: Math.max(0, items.length - MOST_AROUND), joined };
}

/** In how many relations each of all that these hang on is reached, 0 for themselves; also by ids that were joined. */
export function distancesAround(map: DependencyMap, about: Iterable<ItemId>): ReadonlyMap<string, number> {
  const distances = nearestOf(map, about);
  for (const [item, distance] of [...distances])
    for (const joined of map.joinedInto(item)) distances.set(joined, distance);
  return distances;
}

function nearestOf(map: DependencyMap, about: Iterable<ItemId>): Map<ItemId, number> {
  const nearest = new Map<ItemId, number>();
  for (const id of about) {
    nearest.set(map.stayingOf(id), 0);
    for (const [other, { distance }] of dependenciesOf(map, id))
      nearest.set(other, Math.min(distance, nearest.get(other) ?? Infinity));
  }
  return nearest;
}

/** How a change stands to now: it is over, it goes on, or it is to begin. */
type ChangeCourse = 'done' | 'at_work' | 'ahead';

export interface ChangeAround<Row> extends ItemAround {
  readonly change: Row;
  readonly course: ChangeCourse;
  /** When it was begun, or is to be. */
  readonly from: Instant;
  readonly to: Instant | null;
}

/**
 * Changes that touch one of these items: those that go on or ended within a week, the nearest first and then the newest,
 * and after them those that are scheduled to begin within a day. Of several items that one touches the nearest counts.
 */
export function changesAround<Row extends Change>(
  { items, joined }: Around,
  changes: Iterable<Row>,
  now: Instant,
): readonly ChangeAround<Row>[] {
  const places = new Map(items.map((place, order) => [place.item, { place, order }]));
  const found: (ChangeAround<Row> & { readonly order: number })[] = [];
  for (const change of changes) {
    const [nearest] = change.items
      .flatMap((id) => places.get(joined.get(id) ?? id) ?? [])
      .toSorted((a, b) => a.order - b.order);
    const times = nearest === undefined ? null : timesOf(change, now);
    if (nearest !== undefined && times !== null)
      found.push({ change, ...nearest.place, ...times, order: nearest.order });
  }
  const later = ({ course }: { readonly course: ChangeCourse }): number => (course === 'ahead' ? 1 : 0);
  return found
    .toSorted(
      (a, b) =>
        later(a) - later(b) ||
        a.distance - b.distance ||
        (later(a) === 1 ? a.from - b.from : b.from - a.from) ||
        (a.change.id < b.change.id ? -1 : 1),
    )
    .map(({ order: _, ...each }) => each);
}

type Times = Pick<ChangeAround<Change>, 'course' | 'from' | 'to'>;

/** When it was or is to be carried out; null when that is too long ago, too far ahead, or never. */
function timesOf(change: Change, now: Instant): Times | null {
  const [made] = changesMade([change]);
  if (made !== undefined) {
    const { from, to } = made;
    if (to === null) return { course: 'at_work', from, to };
    return to >= now - CHANGED_WITHIN_MS ? { course: 'done', from, to } : null;
  }
  const { state, begins, ends } = change;
  if (state !== 'scheduled' || begins === null || begins > now + CHANGES_WITHIN_MS) return null;
  return ends !== null && ends < now ? null : { course: 'ahead', from: begins, to: ends };
}

/** As much of a ticket as is looked at. */
export type TicketAround = Pick<
  Ticket,
  'id' | 'process' | 'state' | 'service' | 'items' | 'priority' | 'major'
>;

export interface IncidentsAround<Row> extends ItemAround {
  readonly incidents: readonly Row[];
}

/**
 * Items with open incidents other than `self`, the nearest first; one that names several stands with the nearest. Of each
 * the gravest come first, for only a few are read: major ones, then by priority, then the newest.
 */
export function incidentsAround<Row extends TicketAround>(
  { items, joined }: Around,
  tickets: Iterable<Row>,
  self: RecordId,
): readonly IncidentsAround<Row>[] {
  const order = new Map(items.map(({ item }, at) => [item, at]));
  const at = new Map<number, Row[]>();
  for (const ticket of tickets) {
    if (ticket.id === self || !isOpenIncident(ticket)) continue;
    const nearest = Math.min(...aboutOf(ticket).map((id) => order.get(joined.get(id) ?? id) ?? Infinity));
    if (nearest < Infinity) at.set(nearest, [...(at.get(nearest) ?? []), ticket]);
  }
  return items.flatMap((place, index) => {
    const incidents = at.get(index);
    return incidents === undefined ? [] : [{ ...place, incidents: incidents.toSorted(gravestFirst) }];
  });
}

function gravestFirst(a: TicketAround, b: TicketAround): number {
  return Number(isMajor(b)) - Number(isMajor(a)) || a.priority - b.priority || (a.id > b.id ? -1 : 1);
}

/** What a ticket is about: the items that it names, and its service. */
export function aboutOf({ service, items }: Pick<Ticket, 'service' | 'items'>): readonly ItemId[] {
  return [...new Set<ItemId>(service === null ? items : [...items, service])];
}

function isOpenIncident({ process, state }: Pick<Ticket, 'process' | 'state'>): boolean {
  return process === 'incident' && state !== 'resolved' && !TERMINAL_STATES.has(state);
}
