/** What an item hangs on, however well that is doubled: the other direction of the map. */
import type { ItemId } from '../../shared/index.ts';
import type { DependencyMap, Relation } from '../map/dependency-map.ts';

export interface Reached {
  readonly distance: number;
  readonly through: Relation;
}

/**
 * All that an item hangs on, nearest first, the item itself left out; of one that was joined into another, what that
 * hangs on.
 *
 * @param maxDistance In relations
 */
export function dependenciesOf(
  map: DependencyMap,
  of: ItemId,
  maxDistance = Infinity,
): ReadonlyMap<ItemId, Reached> {
  const id = map.stayingOf(of);
  const reached = new Map<ItemId, Reached>();
  let edge: readonly ItemId[] = [id];
  for (let distance = 1; edge.length > 0 && distance <= maxDistance; distance += 1) {
    const next: ItemId[] = [];
    for (const at of edge) {
      for (const { relation, other } of map.carriersOf(at)) {
        if (other === id || reached.has(other)) continue;
        reached.set(other, { distance, through: relation });
        next.push(other);
      }
    }
    edge = next;
  }
  return reached;
}
