/**
 * What a map draws: the items that are reached, leaves that are alike folded into one, no more than can be looked at,
 * and how much there is besides.
 */
import type { DependencyMap, ItemState, Relation } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import { lookKey } from './look.ts';
import type { Look, Looks } from './look.ts';
import { passesOf } from './map-filter.ts';
import type { MapFilter, MapRules } from './map-filter.ts';
import { linksOf, reachOf } from './reach.ts';
import type { Reach, Side } from './reach.ts';

export interface MapQuestion {
  readonly centre: ItemId;
  readonly levels: { readonly hanging: number; readonly carrying: number };
  readonly expanded: readonly ItemId[];
  /** The `alike` of folds that are open. */
  readonly unfolded: ReadonlySet<string>;
  readonly filter: MapFilter;
  /** Items that are seen by themselves, whatever else is like them: found, chosen. */
  readonly apart: ReadonlySet<ItemId>;
  /** How many are drawn at most. */
  readonly most: number;
}

export interface ShownItem {
  readonly kind: 'item';
  readonly key: string;
  readonly id: ItemId;
  readonly class: string;
  readonly state: ItemState;
  readonly reach: Reach;
  readonly look: Look;
  /** Neighbours that are not drawn. */
  readonly more: number;
}

export interface ShownFold {
  readonly kind: 'fold';
  readonly key: string;
  /** By which it is opened: the same however its items look. */
  readonly alike: string;
  readonly class: string;
  readonly state: ItemState;
  readonly side: Side;
  readonly level: number;
  /** What its first member was reached by. */
  readonly from: Reach['from'];
  readonly members: readonly ItemId[];
  /** That of each member. */
  readonly look: Look;
}

export type Shown = ShownItem | ShownFold;

/** Between what is drawn; `from` carries `to`, unless a failure spreads neither way. */
export interface ShownEdge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly spreads: boolean;
  readonly relations: readonly Relation[];
}

export interface ShownMap {
  /** The centre first, then by how near and by what is asked for. */
  readonly nodes: readonly Shown[];
  readonly edges: readonly ShownEdge[];
  /** How many items there are within the levels, drawn, folded or not. */
  readonly reached: number;
  /** How many of them are not drawn because there are too many. */
  readonly beyond: number;
}

/** So many alike are one fold. */
const FOLD_FROM = 4;

export function shownOf(map: DependencyMap, rules: MapRules, question: MapQuestion, looks: Looks): ShownMap {
  const { relations } = question.filter;
  const along = (relation: Relation): boolean => relations.length === 0 || relations.includes(relation.type);
  const reached = reachOf(map, {
    ...question,
    passes: passesOf(map, rules, question.filter),
    along,
  });
  const lookOf = new Map<ItemId, Look>();
  for (const id of reached.keys()) lookOf.set(id, looks.of(id));
  const folds = foldsOf(map, question, reached, lookOf);
  const kept = keptOf(question, reached, folds);
  const placeOf = new Map<ItemId, string>();
  for (const each of kept)
    if (each.kind === 'fold') for (const member of each.members) placeOf.set(member, each.key);
    else placeOf.set(each.id, each.key);
  const nodes = kept.map((each): Shown =>
    each.kind === 'fold' ? each : { ...each, more: moreOf(map, each.id, placeOf, along) },
  );
  return {
    nodes,
    edges: edgesOf(map, placeOf, along),
    reached: reached.size,
    beyond: reached.size - placeOf.size,
  };
}

type Candidate = Omit<ShownItem, 'more'> | ShownFold;

/** By the key of its fold where an item has one, everything else by itself. */
function foldsOf(
  map: DependencyMap,
  { apart, expanded, unfolded }: MapQuestion,
  reached: ReadonlyMap<ItemId, Reach>,
  lookOf: ReadonlyMap<ItemId, Look>,
): readonly Candidate[] {
  const single = new Set([...apart, ...expanded]);
  const byKey = new Map<string, { readonly alike: string; readonly look: Look; readonly reaches: Reach[] }>();
  for (const reach of reached.values()) {
    const look = lookOf.get(reach.id);
    if (look === undefined) continue;
    const alike = single.has(reach.id) ? reach.id : alikeOf(map, reach, reached);
    const key = alike === reach.id ? alike : `${alike}|${lookKey(look)}`;
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, { alike, look, reaches: [reach] });
    else group.reaches.push(reach);
  }
  return [...byKey].flatMap(([key, { alike, look, reaches }]): readonly Candidate[] => {
    const [first] = reaches;
    const item = first && map.itemOf(first.id);
    if (first === undefined || item === undefined) return [];
    const what = { class: item.class, state: item.state, look };
    if (reaches.length < FOLD_FROM || unfolded.has(alike))
      return reaches.map((reach) => ({ kind: 'item', key: reach.id, id: reach.id, reach, ...what }));
    const { side, level, from } = first;
    const members = reaches.map(({ id }) => id);
    return [{ kind: 'fold', key, alike, side, level, from, members, ...what }];
  });
}

/** The same for leaves of one class and state that are related to the same items; its id for all else. */
function alikeOf(map: DependencyMap, reach: Reach, reached: ReadonlyMap<ItemId, Reach>): string {
  const item = map.itemOf(reach.id);
  if (item === undefined || reach.from === null || reach.onTheWay) return reach.id;
  const ends: string[] = [];
  for (const { type, from, to } of map.relationsOf(reach.id)) {
    const other = from === reach.id ? to : from;
    const neighbour = reached.get(other);
    if (neighbour === undefined) continue;
    if (neighbour.level > reach.level || neighbour.from?.id === reach.id) return reach.id;
    ends.push(`${from === reach.id ? '>' : '<'}${type} ${other}`);
  }
  return ['fold', item.class, item.state, reach.side, reach.level, ...ends.toSorted()].join('|');
}

/** As many as are drawn at most: what was asked for first, then the nearest, each with what it was reached by. */
function keptOf(
  { most, apart, expanded }: MapQuestion,
  reached: ReadonlyMap<ItemId, Reach>,
  candidates: readonly Candidate[],
): readonly Candidate[] {
  const wanted = new Set([...apart, ...expanded]);
  const rankOf = (each: Candidate): number => {
    if (each.kind === 'fold') return each.level;
    if (each.reach.from === null) return -2;
    return each.reach.asked || wanted.has(each.id) || each.look.marked ? -1 : each.reach.level;
  };
  const ranked = candidates.toSorted((a, b) => rankOf(a) - rankOf(b));
  if (ranked.length <= most) return ranked;
  const candidateOf = new Map<ItemId, Candidate>();
  for (const each of candidates) if (each.kind === 'item') candidateOf.set(each.id, each);
  const kept = new Set<Candidate>();
  for (const each of ranked) {
    const first = each.kind === 'fold' ? each.members[0] : each.id;
    const way: Candidate[] = [];
    for (let at = first && reached.get(first)?.from?.id; at !== undefined; at = reached.get(at)?.from?.id) {
      const before = candidateOf.get(at);
      if (before !== undefined && !kept.has(before)) way.push(before);
    }
    if (kept.size + way.length + 1 > most) continue;
    for (const before of way.toReversed()) kept.add(before);
    kept.add(each);
  }
  return [...kept];
}

function moreOf(
  map: DependencyMap,
  id: ItemId,
  placeOf: ReadonlyMap<ItemId, string>,
  along: (relation: Relation) => boolean,
): number {
  const hidden = new Set<ItemId>();
  for (const relation of map.relationsOf(id)) {
    const other = relation.from === id ? relation.to : relation.from;
    if (!placeOf.has(other) && along(relation)) hidden.add(other);
  }
  return hidden.size;
}

function edgesOf(
  map: DependencyMap,
  placeOf: ReadonlyMap<ItemId, string>,
  along: (relation: Relation) => boolean,
): readonly ShownEdge[] {
  const edges = new Map<string, ShownEdge & { readonly relations: Relation[] }>();
  const add = (from: string, to: string, spreads: boolean, relation: Relation): void => {
    if (from === to) return;
    const key = `${spreads ? 'on' : 'by'} ${from} ${to}`;
    const edge = edges.get(key);
    if (edge === undefined) edges.set(key, { key, from, to, spreads, relations: [relation] });
    else edge.relations.push(relation);
  };
  for (const [id, place] of placeOf) {
    for (const { relation, other } of linksOf(map, id, 'hanging')) {
      const end = placeOf.get(other);
      if (end !== undefined && along(relation)) add(place, end, true, relation);
    }
    for (const { relation, other } of linksOf(map, id, 'beside')) {
      const end = placeOf.get(other);
      if (end !== undefined && relation.from === id && along(relation)) add(place, end, false, relation);
    }
  }
  return [...edges.values()];
}
