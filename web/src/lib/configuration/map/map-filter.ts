/** What of a map is looked at: kinds of items, states, ways of being related, and a place. */
import { isKindOf } from '@muster/domain/configuration';
import type {
  DependencyMap,
  ItemClasses,
  ItemState,
  MappedItem,
  RelationTypes,
} from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';

/** Each part lets everything through while it is empty. */
export interface MapFilter {
  /** With all their kinds. */
  readonly classes: readonly string[];
  readonly states: readonly ItemState[];
  /** Ids of relation types: only along these is walked. */
  readonly relations: readonly string[];
  readonly location: ItemId | null;
}

export const WHOLE_MAP: MapFilter = { classes: [], states: [], relations: [], location: null };

export function isWhole({ classes, states, relations, location }: MapFilter): boolean {
  return classes.length + states.length + relations.length === 0 && location === null;
}

export interface MapRules {
  readonly classes: ItemClasses;
  readonly types: RelationTypes;
}

const LOCATION = 'location';

/** The types of relation by which something stands in a place: those that name places as what they lead to. */
function placingTypes({ classes, types }: MapRules): ReadonlySet<string> {
  const placing = [...types.values()].filter(({ allowed }) =>
    allowed.some(({ to }) => isKindOf(classes, to, LOCATION)),
  );
  return new Set(placing.map(({ id }) => id));
}

/** Whether an item passes; made once for a filter, asked for each item. */
export function passesOf(
  map: DependencyMap,
  rules: MapRules,
  filter: MapFilter,
): (item: MappedItem) => boolean {
  const { classes, states, location } = filter;
  const known = new Map<string, boolean>();
  const isAsked = (id: string): boolean => {
    const told = known.get(id) ?? classes.some((each) => isKindOf(rules.classes, id, each));
    known.set(id, told);
    return told;
  };
  const placing = placingTypes(rules);
  return (item) =>
    (classes.length === 0 || isAsked(item.class)) &&
    (states.length === 0 || states.includes(item.state)) &&
    (location === null || locationsOf(map, item.id, placing).has(location));
}

/** The item itself, and all places that it stands in: a server in a rack, the rack in a room. */
function locationsOf(map: DependencyMap, id: ItemId, placing: ReadonlySet<string>): ReadonlySet<ItemId> {
  const reached = new Set([id]);
  for (const at of reached)
    for (const relation of map.relationsOf(at))
      if (placing.has(relation.type) && relation.from === at) reached.add(relation.to);
  return reached;
}

/** All places of a map, for a choice of them. */
export function placesOf(map: DependencyMap, classes: ItemClasses): readonly ItemId[] {
  return [...map.ids()].filter((id) => isKindOf(classes, map.itemOf(id)?.class ?? '', LOCATION));
}
