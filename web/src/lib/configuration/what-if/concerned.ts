/** Who and what is concerned when something is down: services, teams, and what is open on the items that fall. */
import { isKindOf } from '@muster/domain/configuration';
import type { DependencyMap, Impact, ItemClasses, Weakened } from '@muster/domain/configuration';
import type { ItemId, TeamId } from '@muster/domain/shared';
import type { Supposed } from '#lib/live/configuration/what-if.svelte.ts';
import type { MapSource, OpenRecords } from '../map/map-source.ts';

export interface ConcernedQuestion {
  readonly map: DependencyMap;
  readonly classes: ItemClasses;
  readonly impact: Impact;
  teamOf(id: ItemId): TeamId | null;
}

export interface Concerned {
  /** Services that fall, the nearest first. */
  readonly services: readonly ItemId[];
  /** All other items that fall, the nearest first. */
  readonly items: readonly ItemId[];
  /** Teams of what falls or is weakened, each with how much. */
  readonly teams: ReadonlyMap<TeamId, number>;
  readonly weakened: readonly { readonly id: ItemId; readonly by: readonly Weakened[] }[];
  readonly held: readonly ItemId[];
}

export function concernedBy({ map, classes, impact, teamOf }: ConcernedQuestion): Concerned {
  const services: ItemId[] = [];
  const items: ItemId[] = [];
  const teams = new Map<TeamId, number>();
  const count = (id: ItemId): void => {
    const team = teamOf(id);
    if (team !== null) teams.set(team, (teams.get(team) ?? 0) + 1);
  };
  for (const id of impact.down.keys()) {
    const item = map.itemOf(id);
    if (item === undefined) continue;
    (isKindOf(classes, item.class, 'service') ? services : items).push(id);
    count(id);
  }
  const weakened = [...impact.weakened].map(([id, by]) => ({ id, by }));
  for (const { id } of weakened) count(id);
  return { services, items, teams, weakened, held: [...impact.held] };
}

/** What was marked or said of items that are not there any more: kept, and shown as without an item. */
export function orphansOf(map: DependencyMap, ids: Iterable<ItemId>): readonly ItemId[] {
  return [...ids].filter((id) => map.itemOf(id) === undefined);
}

/**
 * What was said not to be impacted although nothing that falls reaches it: a relation was removed, or it is elsewhere.
 * It is kept, for what falls next may reach it again.
 */
export function withoutEffect(
  map: DependencyMap,
  overrides: Supposed['overrides'],
  { held, truncated }: Pick<Impact, 'held' | 'truncated'>,
): readonly ItemId[] {
  // there may be more than was looked at
  if (truncated) return [];
  return [...overrides].flatMap(([id, override]) => {
    if (override !== 'not_impacted' || map.itemOf(id) === undefined) return [];
    const stays = map.stayingOf(id);
    const isOverruled = stays !== id && overrides.has(stays);
    return held.has(stays) && !isOverruled ? [] : [id];
  });
}

/** What is supposed to fall by itself: marked as down, or said to be impacted. */
export function fallenFirst({ down, overrides }: Supposed): readonly ItemId[] {
  const impacted = [...overrides].filter(([, override]) => override === 'impacted').map(([id]) => id);
  return [...new Set([...down, ...impacted])];
}

/** What is open on whatever falls, or lost its spare. */
export function openWhere(source: MapSource, { services, items, weakened }: Concerned): OpenRecords {
  return source.openOn(new Set([...services, ...items, ...weakened.map(({ id }) => id)]));
}
