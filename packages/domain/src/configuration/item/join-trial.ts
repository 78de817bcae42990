/** A map on which one item lost its relations and others came; nothing of the map itself is copied, however large it is. */
import type { ItemId } from '../../shared/index.ts';
import type { DependencyMap, MappedItem, Relation } from '../map/dependency-map.ts';
import type { RelatedMap } from '../relation/govern.ts';

export class JoinTrial implements RelatedMap {
  readonly #map: DependencyMap;
  readonly #goes: ItemId;
  /** What came, by its first end and type, then by its second end. */
  readonly #came = new Map<string, Map<ItemId, Relation>>();

  constructor(map: DependencyMap, goes: ItemId) {
    this.#map = map;
    this.#goes = goes;
  }

  relate(relation: Relation): void {
    const key = keyOf(relation.from, relation.type);
    const ends = this.#came.get(key) ?? new Map<ItemId, Relation>();
    this.#came.set(key, ends.set(relation.to, relation));
  }

  itemOf(id: ItemId): MappedItem | undefined {
    return this.#map.itemOf(id);
  }

  relationBetween(from: ItemId, type: string, to: ItemId): Relation | undefined {
    const came = this.#came.get(keyOf(from, type))?.get(to);
    if (came !== undefined || from === this.#goes || to === this.#goes) return came;
    return this.#map.relationBetween(from, type, to);
  }

  *endsFrom(id: ItemId, type: string): Iterable<ItemId> {
    if (id !== this.#goes) for (const end of this.#map.endsFrom(id, type)) if (end !== this.#goes) yield end;
    yield* this.#came.get(keyOf(id, type))?.keys() ?? [];
  }
}

function keyOf(from: ItemId, type: string): string {
  return `${type} ${from}`;
}
