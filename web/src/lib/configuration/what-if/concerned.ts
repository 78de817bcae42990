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
  /** All other items that fall with what is down, the nearest first; what is down itself is none of them. */
  readonly items: readonly ItemId[];
  /** What is down, or supposed to be, and no service. */
  readonly first: readonly ItemId[];
  /** Teams of what is down or falls, each with how much. */
  readonly teams: ReadonlyMap<TeamId, number>;
  /** Teams of what is weakened and stands, each with how much. */
  readonly teamsOfWeakened: ReadonlyMap<TeamId, number>;
  readonly weakened: readonly { readonly id: ItemId; readonly by: readonly Weakened[] }[];
  readonly held: readonly ItemId[];
}

export function concernedBy({ map, classes, impact, teamOf }: ConcernedQuestion): Concerned {
  const services: ItemId[] = [];
  const items: ItemId[] = [];
  const first: ItemId[] = [];
  for (const [id, { by }] of impact.down) {
    const item = map.itemOf(id);
    if (item === undefined) continue;
    if (isKindOf(classes, item.class, 'service')) services.push(id);
    else (by === 'computed' ? items : first).push(id);
  }
  const teamsOf = (ids: readonly ItemId[]): ReadonlyMap<TeamId, number> => {
    const teams = new Map<TeamId, number>();
    for (const team of ids.flatMap((id) => teamOf(id) ?? [])) teams.set(team, (teams.get(team) ?? 0) + 1);
    return teams;
  };
  const weakened = [...impact.weakened].map(([id, by]) => ({ id, by }));
  return {
    ...{ services, items, first, weakened, held: [...impact.held] },
    teams: teamsOf([...first, ...services, ...items]),
    teamsOfWeakened: teamsOf(weakened.map(({ id }) => id)),
  };
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
export function openWhere(source: MapSource, { first, services, items, weakened }: Concerned): OpenRecords {
  return source.openOn(new Set([...first, ...services, ...items, ...weakened.map(({ id }) => id)]));
}
