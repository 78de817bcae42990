/** Maps for tests: drawn by hand, and by chance. */
import fc from 'fast-check';
import { recordId } from '../../shared/index.ts';
import type { ItemId } from '../../shared/index.ts';
import type { Redundancy } from '../item/item.ts';
import type { MappedItem, Relation } from '../map/dependency-map.ts';
import type { RelationType, RelationTypes } from '../relation/relation-type.ts';

const ANYTHING = [{ from: 'item', to: 'item' }];

function type(id: string, spread: RelationType['spread']): RelationType {
  return { id, name: id, inverse: id, spread, allowed: ANYTHING, circles: true };
}

/** `needs` falls with what it points to, `feeds` takes it down, `near` does neither. */
export const TYPES: RelationTypes = new Map(
  [type('needs', 'to_from'), type('feeds', 'from_to'), type('near', 'none')].map((each) => [each.id, each]),
);

export const id = (name: string): ItemId => recordId(name);

export function item(name: string, fields: Partial<Omit<MappedItem, 'id'>> = {}): MappedItem {
  return { id: id(name), class: 'application', state: 'in_service', redundancy: [], ...fields };
}

/** `relation('a', 'needs', 'b')`. */
export function relation(from: string, typeId: string, to: string): Relation {
  return { id: `${from} ${typeId} ${to}`, type: typeId, from: id(from), to: id(to) };
}

export interface AnyMap {
  readonly items: readonly MappedItem[];
  readonly relations: readonly Relation[];
}

const MOST = 12;
const name = fc.integer({ min: 0, max: MOST - 1 }).map((number) => `i${number}`);
const typeId = fc.constantFrom('needs', 'feeds', 'near');
const state = fc.constantFrom('in_service', 'in_service', 'in_service', 'maintenance', 'in_stock', 'retired');

const redundancy: fc.Arbitrary<readonly Redundancy[]> = fc.uniqueArray(
  fc.record({
    relation: fc.constantFrom('needs', 'feeds'),
    by: fc.constantFrom('count', 'percent'),
    minimum: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 2, selector: (each) => each.relation },
);

/** Up to twelve items, redundant or not, and up to thirty relations in any circle; none twice. */
export const anyMap: fc.Arbitrary<AnyMap> = fc.record({
  items: fc.uniqueArray(
    fc
      .record({ name, state, redundancy })
      .map((fields) =>
        item(fields.name, { state: fields.state, redundancy: fields.redundancy.map(asPercent) }),
      ),
    { maxLength: MOST, selector: (each) => each.id },
  ),
  relations: fc.uniqueArray(
    fc
      .tuple(name, typeId, name)
      .filter(([from, , to]) => from !== to)
      .map((parts) => relation(...parts)),
    { maxLength: 30, selector: (each) => each.id },
  ),
});

/** Quarters of all, so that a percentage says something of the few that there are. */
function asPercent(rule: Redundancy): Redundancy {
  return rule.by === 'percent' ? { ...rule, minimum: rule.minimum * 25 } : rule;
}
