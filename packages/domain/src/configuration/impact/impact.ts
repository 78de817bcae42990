/**
 * What falls when something falls (A5 rows 4 to 6): along the way that each relation spreads a failure, past what is
 * redundant only when too little of it is left, round by round, so that whatever falls is reached by its shortest way.
 */
import type { ItemId } from '../../shared/index.ts';
import { neededOf } from '../item/item.ts';
import type { DependencyMap, Relation } from '../map/dependency-map.ts';

/** What people say of an item themselves; it stands over what is computed, however often that is done again. */
export type ImpactOverride = 'impacted' | 'not_impacted';

export interface ImpactQuestion {
  /** What is down, or is marked as down; the item that stands for it falls. */
  readonly down: Iterable<ItemId>;
  readonly overrides?: ReadonlyMap<ItemId, ImpactOverride>;
  /** How far from what is down is looked at; everywhere when it is left out. */
  readonly maxDistance?: number;
  /** After how many items the answer stops, and says so. */
  readonly maxItems?: number;
}

export interface Fall {
  /** Relations from what was down first; 0 for that itself. */
  readonly distance: number;
  /** The relation through which it fell, the last straw of what is redundant; null for what was down first. */
  readonly through: Relation | null;
  /** By people, or by computation. */
  readonly by: 'marked' | 'override' | 'computed';
}

/** Something redundant that lost members, and has enough left to stand. */
export interface Weakened {
  readonly relation: string;
  readonly up: number;
  readonly needed: number;
  readonly members: number;
}

export interface Impact {
  /** What falls, nearest first. */
  readonly down: ReadonlyMap<ItemId, Fall>;
  readonly weakened: ReadonlyMap<ItemId, readonly Weakened[]>;
  /** What would fall, had nobody said that it does not. */
  readonly held: ReadonlySet<ItemId>;
  /** Whether there may be more than was looked at. */
  readonly truncated: boolean;
}

export function impactOf(map: DependencyMap, question: ImpactQuestion): Impact {
  const { maxDistance = Infinity, maxItems = Infinity } = question;
  const overrides = ofStaying(map, question.overrides ?? new Map());
  const walk = new Walk(map, overrides, maxItems);
  for (const id of question.down) walk.fall(map.stayingOf(id), { distance: 0, through: null, by: 'marked' });
  for (const [id, override] of overrides)
    if (override === 'impacted') walk.fall(id, { distance: 0, through: null, by: 'override' });
  while (walk.goesOn && walk.distance < maxDistance) walk.round();
  return walk.end();
}

/** What is said of an item itself stands over what is said of one that was joined into it. */
function ofStaying(
  map: DependencyMap,
  overrides: ReadonlyMap<ItemId, ImpactOverride>,
): ReadonlyMap<ItemId, ImpactOverride> {
  const staying = new Map<ItemId, ImpactOverride>();
  for (const [id, override] of overrides) {
    const of = map.stayingOf(id);
    if (of === id || !overrides.has(of)) staying.set(of, override);
  }
  return staying;
}

class Walk {
  distance = 0;
  readonly #map: DependencyMap;
  readonly #overrides: ReadonlyMap<ItemId, ImpactOverride>;
  readonly #maxItems: number;
  readonly #down = new Map<ItemId, Fall>();
  readonly #held = new Set<ItemId>();
  /** By item and type of relation: how many of what it hangs on have fallen. */
  readonly #lost = new Map<ItemId, Map<string, number>>();
  #edge: ItemId[] = [];
  #truncated = false;

  constructor(map: DependencyMap, overrides: ReadonlyMap<ItemId, ImpactOverride>, maxItems: number) {
    this.#map = map;
    this.#overrides = overrides;
    this.#maxItems = maxItems;
  }

  get goesOn(): boolean {
    return this.#edge.length > 0 && !this.#truncated;
  }

  fall(id: ItemId, fall: Fall): void {
    if (this.#down.has(id) || this.#map.itemOf(id) === undefined) return;
    if (this.#down.size >= this.#maxItems) {
      this.#truncated = true;
      return;
    }
    this.#down.set(id, fall);
    this.#edge.push(id);
  }

  round(): void {
    const edge = this.#edge;
    this.#edge = [];
    this.distance += 1;
    for (const id of edge) {
      if (!this.#map.runs(id)) continue;
      for (const { relation, other } of this.#map.carriedBy(id)) this.#lose(other, relation);
    }
  }

  end(): Impact {
    const weakened = new Map<ItemId, Weakened[]>();
    for (const [id, byType] of this.#lost) {
      if (this.#down.has(id) || this.#held.has(id)) continue;
      for (const [type, lost] of byType) {
        const redundancy = this.#map.redundancyOf(id, type);
        if (redundancy === null) continue;
        const { rule, members } = redundancy;
        const one = { relation: type, up: members - lost, needed: neededOf(rule, members), members };
        weakened.set(id, [...(weakened.get(id) ?? []), one]);
      }
    }
    // an edge that was not walked any more may carry something
    const truncated = this.#truncated || this.#edge.some((id) => this.#carriesMore(id));
    return { down: this.#down, weakened, held: this.#held, truncated };
  }

  #lose(id: ItemId, relation: Relation): void {
    if (this.#down.has(id) || !this.#map.runs(id)) return;
    const redundancy = this.#map.redundancyOf(id, relation.type);
    if (redundancy !== null) {
      const byType = this.#lost.get(id) ?? new Map<string, number>();
      const lost = (byType.get(relation.type) ?? 0) + 1;
      this.#lost.set(id, byType.set(relation.type, lost));
      const { rule, members } = redundancy;
      if (members - lost >= neededOf(rule, members)) return;
    }
    if (this.#overrides.get(id) === 'not_impacted') {
      this.#held.add(id);
      return;
    }
    this.fall(id, { distance: this.distance, through: relation, by: 'computed' });
  }

  #carriesMore(id: ItemId): boolean {
    if (!this.#map.runs(id)) return false;
    for (const { other } of this.#map.carriedBy(id))
      if (!this.#down.has(other) && this.#map.runs(other)) return true;
    return false;
  }
}
