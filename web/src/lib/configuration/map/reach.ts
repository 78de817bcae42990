/**
 * Which items a map shows around one: so many levels of what hangs on it, and of what it hangs on; what is beside it;
 * and one level more around what was expanded.
 */
import type { DependencyMap, Link, MappedItem, Relation } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';

/** Where an item stands as seen from the centre. What is in a circle with it stands on `both`. */
export type Side = 'centre' | 'hanging' | 'carrying' | 'both' | 'beside';

export interface Reach {
  readonly id: ItemId;
  readonly side: Side;
  /** In relations from the centre. */
  readonly level: number;
  /** The item and the relation that it was reached by; null for the centre. */
  readonly from: { readonly id: ItemId; readonly relation: Relation } | null;
  /** It was asked for by expanding something. */
  readonly asked: boolean;
  /** It does not pass the filter, and stands on the way to something that does. */
  readonly onTheWay: boolean;
}

export interface ReachQuestion {
  readonly centre: ItemId;
  readonly levels: { readonly hanging: number; readonly carrying: number };
  /** In the order in which they were expanded. */
  readonly expanded: readonly ItemId[];
  readonly passes: (item: MappedItem) => boolean;
  /** Along which relations is walked. */
  readonly along: (relation: Relation) => boolean;
}

type Way = 'hanging' | 'carrying' | 'beside';

/** Nearest first; empty when the centre is not on the map. */
export function reachOf(map: DependencyMap, question: ReachQuestion): ReadonlyMap<ItemId, Reach> {
  const { centre, levels, expanded } = question;
  const reached = new Map<ItemId, Reach>();
  if (map.itemOf(centre) === undefined) return reached;
  const facts = { level: 0, from: null, asked: false, onTheWay: false } as const;
  reached.set(centre, { id: centre, side: 'centre', ...facts });
  const alike = { map, question, reached };
  walk(alike, 'hanging', levels.hanging);
  walk(alike, 'carrying', levels.carrying);
  if (levels.hanging + levels.carrying > 0) step(alike, centre, 'beside', false);
  const waiting = new Set(expanded);
  // what is expanded may only be there because of something that is expanded
  for (let before = -1; before !== waiting.size;) {
    before = waiting.size;
    for (const id of waiting) {
      if (!reached.has(id)) continue;
      waiting.delete(id);
      for (const way of ['hanging', 'carrying', 'beside'] as const) step(alike, id, way, true);
    }
  }
  return onlyPassing(map, question, reached);
}

interface Walk {
  readonly map: DependencyMap;
  readonly question: ReachQuestion;
  readonly reached: Map<ItemId, Reach>;
}

function walk(alike: Walk, way: 'hanging' | 'carrying', levels: number): void {
  let edge: readonly ItemId[] = [alike.question.centre];
  const seen = new Set(edge);
  for (let level = 0; level < levels && edge.length > 0; level += 1) {
    edge = edge.flatMap((id) => step(alike, id, way, false).filter((other) => !seen.has(other)));
    for (const id of edge) seen.add(id);
    edge = [...new Set(edge)];
  }
}

/** Reaches the neighbours of an item on one way; answers them all. */
function step({ map, question, reached }: Walk, id: ItemId, way: Way, asked: boolean): readonly ItemId[] {
  const from = reached.get(id);
  if (from === undefined) return [];
  const found: ItemId[] = [];
  for (const { relation, other } of linksOf(map, id, way)) {
    if (!question.along(relation)) continue;
    found.push(other);
    const standing = reached.get(other);
    if (standing === undefined) {
      const side = sideOf(from.side, way);
      const by = { id, relation };
      reached.set(other, { id: other, side, level: from.level + 1, from: by, asked, onTheWay: false });
      continue;
    }
    if (asked) reached.set(other, { ...standing, asked });
    else if (way !== 'beside' && isAcross(standing.side, way)) {
      const isNearer = from.level + 1 < standing.level;
      const nearer = isNearer ? { level: from.level + 1, from: { id, relation } } : {};
      reached.set(other, { ...standing, side: 'both', ...nearer });
    }
  }
  return found;
}

function isAcross(side: Side, way: 'hanging' | 'carrying'): boolean {
  return way === 'hanging' ? side === 'carrying' : side === 'hanging';
}

/** A neighbour of what hangs on the centre hangs on it as well, when it hangs on that; all else is beside. */
function sideOf(from: Side, way: Way): Side {
  if (way === 'beside') return 'beside';
  if (from === 'centre' || from === 'both') return way;
  return from === way ? way : 'beside';
}

/** The oldest relation first: in one order for everybody, whichever came to this device first. */
export function linksOf(map: DependencyMap, id: ItemId, way: Way): readonly Link[] {
  return [...linksTo(map, id, way)].sort((a, b) => (a.relation.id < b.relation.id ? -1 : 1));
}

function linksTo(map: DependencyMap, id: ItemId, way: Way): Iterable<Link> {
  if (way === 'hanging') return map.carriedBy(id);
  return way === 'carrying' ? map.carriersOf(id) : map.beside(id);
}

/** What passes, with all that it was reached by: nothing stands there that hangs on nothing. */
function onlyPassing(
  map: DependencyMap,
  { passes, centre }: ReachQuestion,
  reached: ReadonlyMap<ItemId, Reach>,
): ReadonlyMap<ItemId, Reach> {
  const kept = new Map<ItemId, boolean>([[centre, false]]);
  for (const { id } of reached.values()) {
    const item = map.itemOf(id);
    if (item === undefined || !passes(item)) continue;
    kept.set(id, false);
    for (let at = reached.get(id)?.from?.id; at !== undefined; at = reached.get(at)?.from?.id) {
      if (kept.has(at)) break;
      kept.set(at, true);
    }
  }
  const answer = new Map<ItemId, Reach>();
  for (const [id, each] of reached) {
    const onTheWay = kept.get(id);
    if (onTheWay === undefined) continue;
    const item = map.itemOf(id);
    const isStranger = onTheWay && item !== undefined && !passes(item);
    answer.set(id, isStranger ? { ...each, onTheWay: true } : each);
  }
  return answer;
}
