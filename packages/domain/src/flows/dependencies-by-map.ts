/** What changes go by of the configuration: services, parents and children of an item, by the map that there is now. */
import type { Dependencies } from '../change/index.ts';
import { SERVICE_CLASS, impactOf, isRetired } from '../configuration/index.ts';
import type { DependencyMap, Link } from '../configuration/index.ts';
import type { ItemId, ServiceId } from '../shared/index.ts';

/**
 * How far a change looks for others that it may stand in the way of, in relations: an application, what it runs on, and
 * what that runs on. Farther away is half of the house.
 */
export const NEAR = 3;

/**
 * Answers by the map that `mapOf` gives each time. What was worked out for an item is kept until the map is another one.
 * Answers are in an order that comes of the map alone, so that a device and the server call the same conflict the same.
 */
export function dependenciesByMap(mapOf: () => DependencyMap): Dependencies {
  return new ByMap(mapOf).dependencies;
}

interface Worked {
  parents?: readonly ItemId[];
  children?: readonly ItemId[];
}

/** Sets of items whose services are kept: more than there are changes that anybody looks at between two relations. */
const MOST_KEPT = 20_000;

class ByMap {
  readonly #mapOf: () => DependencyMap;
  readonly #worked = new Map<ItemId, Worked>();
  /** By the items that fall together. */
  readonly #services = new Map<string, readonly ServiceId[]>();
  #map: DependencyMap | null = null;
  #revision = 0;
  #version = 0;

  constructor(mapOf: () => DependencyMap) {
    this.#mapOf = mapOf;
  }

  readonly dependencies: Dependencies = {
    isKnown: (item) => this.#present().itemOf(item) !== undefined,
    isRetired: (item) => {
      const state = this.#present().itemOf(item)?.state;
      return state !== undefined && isRetired(state);
    },
    parentsOf: (item) => {
      const map = this.#present();
      return (this.#of(item).parents ??= near(map, map.stayingOf(item), (at) => map.carriersOf(at)));
    },
    childrenOf: (item) => {
      const map = this.#present();
      return (this.#of(item).children ??= near(map, map.stayingOf(item), (at) => map.carriedBy(at)));
    },
    stayingOf: (item) => this.#present().stayingOf(item),
    joinedInto: (item) => this.#present().joinedInto(item),
    classOf: (item) => {
      const map = this.#present();
      return map.itemOf(map.stayingOf(item))?.class ?? null;
    },
    servicesOf: (items) => {
      const map = this.#present();
      const key = items.join(' ');
      const known = this.#services.get(key);
      if (known !== undefined) return known;
      const services = servicesFalling(map, items);
      if (this.#services.size >= MOST_KEPT) this.#services.clear();
      this.#services.set(key, services);
      return services;
    },
    zoneOf: () => null,
    version: () => {
      this.#present();
      return this.#version;
    },
  };

  #present(): DependencyMap {
    const map = this.#mapOf();
    if (map !== this.#map || map.revision !== this.#revision) {
      this.#worked.clear();
      this.#services.clear();
      this.#version += 1;
      this.#map = map;
      this.#revision = map.revision;
    }
    return map;
  }

  #of(item: ItemId): Worked {
    const worked = this.#worked.get(item) ?? {};
    this.#worked.set(item, worked);
    return worked;
  }
}

/** The services that fall with all of these at once, themselves among them, the nearest first. */
export function servicesFalling(map: DependencyMap, down: readonly ItemId[]): readonly ServiceId[] {
  const falling = [...impactOf(map, { down }).down].filter(([id]) => map.itemOf(id)?.class === SERVICE_CLASS);
  return falling
    .toSorted(([a, one], [b, other]) => one.distance - other.distance || (a < b ? -1 : 1))
    .map(([id]) => id as ServiceId);
}

/** What is reached within `NEAR` relations through what runs, in the order of ids. */
function near(map: DependencyMap, item: ItemId, linksOf: (at: ItemId) => Iterable<Link>): readonly ItemId[] {
  if (!map.runs(item)) return [];
  const reached = new Set<ItemId>([item]);
  let edge: readonly ItemId[] = [item];
  for (let distance = 1; edge.length > 0 && distance <= NEAR; distance += 1) {
    const next: ItemId[] = [];
    for (const at of edge) {
      for (const { other } of linksOf(at)) {
        if (reached.has(other) || !map.runs(other)) continue;
        reached.add(other);
        next.push(other);
      }
    }
    edge = next;
  }
  reached.delete(item);
  return [...reached].toSorted();
}
