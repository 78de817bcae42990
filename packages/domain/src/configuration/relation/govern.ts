/** Whether two items may be related so. */
import type { ItemId } from '../../shared/index.ts';
import type { ItemClasses } from '../class/item-class.ts';
import type { DependencyMap, Relation } from '../map/dependency-map.ts';
import { allows } from './relation-type.ts';
import type { RelationTypes } from './relation-type.ts';

export type RelationFault =
  | { readonly fault: 'unknown-type'; readonly type: string }
  | { readonly fault: 'unknown-item'; readonly item: ItemId }
  | { readonly fault: 'to-itself'; readonly item: ItemId }
  /** `from` and `to` are the classes that may not be related so. */
  | { readonly fault: 'not-allowed'; readonly type: string; readonly from: string; readonly to: string }
  | { readonly fault: 'related-already'; readonly relation: string }
  /** From the second end on, back to it. */
  | { readonly fault: 'circle'; readonly items: readonly ItemId[] };

export interface Governance {
  readonly types: RelationTypes;
  readonly classes: ItemClasses;
}

/** As much of a map as decides whether something more may be related on it. */
export type RelatedMap = Pick<DependencyMap, 'itemOf' | 'relationBetween' | 'endsFrom'>;

/** What stands against a relation on a map that does not have it; null when nothing does. */
export function faultOfRelation(
  map: RelatedMap,
  { type: typeId, from, to }: Omit<Relation, 'id'>,
  { types, classes }: Governance,
): RelationFault | null {
  const type = types.get(typeId);
  if (type === undefined) return { fault: 'unknown-type', type: typeId };
  if (from === to) return { fault: 'to-itself', item: from };
  const [one, other] = [map.itemOf(from), map.itemOf(to)];
  if (one === undefined) return { fault: 'unknown-item', item: from };
  if (other === undefined) return { fault: 'unknown-item', item: to };
  if (!allows(type, classes, one.class, other.class))
    return { fault: 'not-allowed', type: typeId, from: one.class, to: other.class };
  const already = map.relationBetween(from, typeId, to);
  if (already !== undefined) return { fault: 'related-already', relation: already.id };
  const way = type.circles ? null : wayBetween(map, typeId, to, from);
  return way === null ? null : { fault: 'circle', items: way };
}

/** The shortest way along relations of one type, from their first end to their second; null when there is none. */
export function wayBetween(
  map: RelatedMap,
  type: string,
  start: ItemId,
  end: ItemId,
): readonly ItemId[] | null {
  const before = new Map<ItemId, ItemId | null>([[start, null]]);
  const open = [start];
  for (let place = 0; place < open.length; place += 1) {
    const at = open[place] ?? start;
    if (at === end) return stepsTo(before, end);
    for (const next of map.endsFrom(at, type)) {
      if (before.has(next)) continue;
      before.set(next, at);
      open.push(next);
    }
  }
  return null;
}

function stepsTo(before: ReadonlyMap<ItemId, ItemId | null>, end: ItemId): readonly ItemId[] {
  const steps: ItemId[] = [];
  for (let at: ItemId | null = end; at !== null; at = before.get(at) ?? null) steps.push(at);
  return steps.toReversed();
}
