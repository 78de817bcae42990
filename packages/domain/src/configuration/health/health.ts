/**
 * How well an item is known: whether it says what is expected of it, and whether anybody said so lately. A score is the
 * share of what is expected that holds, of a hundred.
 */
import type { Instant, ItemId, PersonId } from '../../shared/index.ts';
import { isKindOf } from '../class/item-class.ts';
import type { ItemClasses } from '../class/item-class.ts';
import type { ConfigurationItem } from '../item/item.ts';
import { isRetired, isRunning } from '../item/lifecycle.ts';
import type { DependencyMap } from '../map/dependency-map.ts';
import { expectedOf } from './health-rules.ts';
import type { HealthRules } from './health-rules.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A device stands in a rack that stands in a room of a building. */
const WAY_TO_A_LOCATION = 4;

export type HealthFault =
  | { readonly fault: 'no-owner' }
  /** Somebody who is not here any more. */
  | { readonly fault: 'owner-gone'; readonly owner: PersonId }
  | { readonly fault: 'no-team' }
  | { readonly fault: 'no-location' }
  /** Nothing hangs on it, and it hangs on nothing: an orphan. */
  | { readonly fault: 'no-relation' }
  | { readonly fault: 'no-attribute'; readonly attribute: string }
  | { readonly fault: 'stale'; readonly since: Instant; readonly days: number };

export interface ItemHealth {
  /** 0 to 100. */
  readonly score: number;
  readonly faults: readonly HealthFault[];
}

export interface HealthFacts {
  readonly classes: ItemClasses;
  readonly map: DependencyMap;
  readonly health: HealthRules;
  readonly now: Instant;
  readonly isHere: (person: PersonId) => boolean;
}

export type JudgedItem = Pick<
  ConfigurationItem,
  'id' | 'class' | 'state' | 'owner' | 'team' | 'attributes' | 'updatedAt'
>;

const WELL: ItemHealth = { score: 100, faults: [] };

/** What is gone is judged no more. What is not in service yet need not stand anywhere, nor hang on anything. */
export function healthOf(item: JudgedItem, facts: HealthFacts): ItemHealth {
  if (isRetired(item.state)) return WELL;
  const { staleDays, attributes, expects } = expectedOf(facts.health, facts.classes, item.class);
  const isThere = isRunning(item.state);
  const faults: HealthFault[] = [];
  let asked = attributes.length;
  for (const attribute of attributes)
    if (item.attributes[attribute] === undefined) faults.push({ fault: 'no-attribute', attribute });
  for (const each of expects) {
    if (!isThere && (each === 'location' || each === 'relation')) continue;
    asked += 1;
    const fault = faultOf(each, item, facts);
    if (fault !== null) faults.push(fault);
  }
  if (staleDays !== null) {
    asked += 1;
    if (item.updatedAt + staleDays * DAY_MS <= facts.now)
      faults.push({ fault: 'stale', since: item.updatedAt, days: staleDays });
  }
  return asked === 0 ? WELL : { score: Math.round((100 * (asked - faults.length)) / asked), faults };
}

function faultOf(
  expected: 'owner' | 'team' | 'location' | 'relation',
  { id, owner, team }: JudgedItem,
  { classes, map, isHere }: HealthFacts,
): HealthFault | null {
  switch (expected) {
    case 'owner':
      if (owner === null) return { fault: 'no-owner' };
      return isHere(owner) ? null : { fault: 'owner-gone', owner };
    case 'team':
      return team === null ? { fault: 'no-team' } : null;
    case 'location':
      return hasLocation(id, map, classes) ? null : { fault: 'no-location' };
    case 'relation':
      for (const each of map.relationsOf(id)) if (each.from === id || each.to === id) return null;
      return { fault: 'no-relation' };
  }
}

/** Whether it is at a location, or in something that is: by what holds it, never by what merely carries it. */
function hasLocation(start: ItemId, map: DependencyMap, classes: ItemClasses): boolean {
  const seen = new Set([start]);
  let edge: readonly ItemId[] = [start];
  for (let step = 0; step < WAY_TO_A_LOCATION && edge.length > 0; step += 1) {
    const next: ItemId[] = [];
    for (const id of edge)
      for (const relation of map.relationsOf(id)) {
        const holder = holderIn(relation, id);
        if (holder === null || seen.has(holder)) continue;
        seen.add(holder);
        if (isKindOf(classes, map.itemOf(holder)?.class ?? '', 'location')) return true;
        next.push(holder);
      }
    edge = next;
  }
  return false;
}

function holderIn(
  { type, from, to }: { readonly type: string; readonly from: ItemId; readonly to: ItemId },
  id: ItemId,
): ItemId | null {
  if (type === 'contains') return to === id ? from : null;
  return (type === 'hosted_on' || type === 'runs_on') && from === id ? to : null;
}

export interface ClassSum {
  readonly class: string;
  readonly count: number;
  /** The mean of its items. */
  readonly score: number;
  /** How many lack something that is expected. */
  readonly incomplete: number;
  readonly stale: number;
}

export interface HealthSum extends Omit<ClassSum, 'class'> {
  /** The worst first. */
  readonly classes: readonly ClassSum[];
}

/** Of many items, all of which are judged. */
export function sumOfHealth(
  judged: Iterable<{ readonly item: Pick<ConfigurationItem, 'class'>; readonly health: ItemHealth }>,
): HealthSum {
  const sums = new Map<string, { count: number; score: number; incomplete: number; stale: number }>();
  const all = { count: 0, score: 0, incomplete: 0, stale: 0 };
  for (const { item, health } of judged) {
    const own = sums.get(item.class) ?? { count: 0, score: 0, incomplete: 0, stale: 0 };
    sums.set(item.class, own);
    for (const sum of [own, all]) {
      sum.count += 1;
      sum.score += health.score;
      if (health.faults.some(({ fault }) => fault !== 'stale')) sum.incomplete += 1;
      if (health.faults.some(({ fault }) => fault === 'stale')) sum.stale += 1;
    }
  }
  const mean = <Sum extends { readonly count: number; readonly score: number }>(sum: Sum): Sum => ({
    ...sum,
    score: sum.count === 0 ? 100 : Math.round(sum.score / sum.count),
  });
  const classes = [...sums].map(([id, sum]) => ({ class: id, ...mean(sum) }));
  return { ...mean(all), classes: classes.toSorted((a, b) => a.score - b.score || b.count - a.count) };
}
