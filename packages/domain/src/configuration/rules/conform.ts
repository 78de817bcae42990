/** Whether what there is would still conform to other classes or other types of relations. */
import type { ItemId } from '../../shared/index.ts';
import { faultsOfValues } from '../class/attribute-value.ts';
import type { AttributeValues, ValueFault } from '../class/attribute-value.ts';
import type { ItemClasses } from '../class/item-class.ts';
import { identityOf } from '../class/item-class.ts';
import type { ConfigurationItem } from '../item/item.ts';
import { isRetired } from '../item/lifecycle.ts';
import type { DependencyMap, Relation } from '../map/dependency-map.ts';
import { faultOfRelation, wayBetween } from '../relation/govern.ts';
import type { Governance, RelationFault } from '../relation/govern.ts';
import type { RelationTypes } from '../relation/relation-type.ts';

export type TypeFault =
  | { readonly fault: 'unknown-class'; readonly type: string; readonly class: string }
  | { readonly fault: 'no-pairs'; readonly type: string };

export type Nonconformity =
  | { readonly item: ItemId; readonly name: string; readonly faults: readonly ValueFault[] }
  | { readonly relation: string; readonly from: ItemId; readonly to: ItemId; readonly fault: RelationFault }
  /** A redundancy by a type that there would not be. */
  | { readonly item: ItemId; readonly name: string; readonly type: string }
  /** Another item has the same value in what would identify both. */
  | { readonly item: ItemId; readonly name: string; readonly attribute: string; readonly same: SameItem };

export interface SameItem {
  readonly item: ItemId;
  readonly name: string;
}

export type HeldItem = Pick<ConfigurationItem, 'id' | 'name' | 'class' | 'state' | 'redundancy'> & {
  readonly attributes: AttributeValues;
};

/** What is wrong with types of relations beside the classes that there are; empty when they can be kept. */
export function faultsOfTypes(types: RelationTypes, classes: ItemClasses): readonly TypeFault[] {
  return [...types.values()].flatMap(({ id: type, allowed }): readonly TypeFault[] => {
    if (allowed.length === 0) return [{ fault: 'no-pairs', type }];
    const named = allowed.flatMap(({ from, to }) => [from, to]);
    return named
      .filter((each, place) => !classes.has(each) && named.indexOf(each) === place)
      .map((unknown) => ({ fault: 'unknown-class', type, class: unknown }));
  });
}

/**
 * Items that are not gone, and relations, which the rules would not let be.
 * @param before The classes that hold: what two items share by these already is no fault of the others
 */
export function nonconforming(
  items: Iterable<HeldItem>,
  map: DependencyMap,
  rules: Governance,
  before: ItemClasses,
): readonly Nonconformity[] {
  const found: Nonconformity[] = [];
  const identities = new Identities(rules.classes, before);
  for (const item of items) {
    const { id, name, class: itemClass, state, attributes, redundancy } = item;
    if (isRetired(state)) continue;
    const faults = faultsOfValues(rules.classes, itemClass, attributes);
    if (faults.length > 0) found.push({ item: id, name, faults });
    const lost = redundancy.find(({ relation }) => !rules.types.has(relation));
    if (lost !== undefined) found.push({ item: id, name, type: lost.relation });
    const shared = identities.take(item);
    if (shared !== null) found.push({ item: id, name, ...shared });
  }
  for (const id of map.ids())
    for (const relation of map.relationsOf(id)) {
      if (relation.from !== id) continue;
      const fault = faultOfStanding(map, relation, rules);
      if (fault !== null) found.push({ relation: relation.id, from: relation.from, to: relation.to, fault });
    }
  return found;
}

/** What identifies items, as far as they were looked at. */
class Identities {
  readonly #classes: ItemClasses;
  readonly #before: ItemClasses;
  readonly #holders = new Map<string, SameItem & { readonly isNew: boolean }>();

  constructor(classes: ItemClasses, before: ItemClasses) {
    [this.#classes, this.#before] = [classes, before];
  }

  /** Looks at another one; tells what it shares with one before it, if that identifies either of them only now. */
  take({
    id,
    name,
    class: itemClass,
    attributes,
  }: HeldItem): { readonly attribute: string; readonly same: SameItem } | null {
    let shared: { readonly attribute: string; readonly same: SameItem } | null = null;
    const stood = identityOf(this.#before, itemClass);
    for (const { definer, attribute } of identityOf(this.#classes, itemClass)) {
      const value = attributes[attribute];
      if (value === undefined) continue;
      const isNew = !stood.some((each) => each.definer === definer && each.attribute === attribute);
      const key = JSON.stringify([definer, attribute, value]);
      const holder = this.#holders.get(key);
      if (holder === undefined) this.#holders.set(key, { item: id, name, isNew });
      else if (isNew || holder.isNew)
        shared ??= { attribute, same: { item: holder.item, name: holder.name } };
    }
    return shared;
  }
}

/** The map has the relation, which does not stand in its own way; but a circle that it is in may. */
function faultOfStanding(map: DependencyMap, relation: Relation, rules: Governance): RelationFault | null {
  const fault = faultOfRelation(map, relation, rules);
  if (fault?.fault !== 'related-already') return fault;
  const type = rules.types.get(relation.type);
  if (type === undefined || type.circles) return null;
  const way = wayBetween(map, relation.type, relation.to, relation.from);
  return way === null ? null : { fault: 'circle', items: way };
}
