import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TYPES, anyMap, id, item, relation } from '../test-support/any-map.ts';
import { DependencyMap } from './dependency-map.ts';
import type { MappedItem, Relation } from './dependency-map.ts';

type Step =
  | { readonly do: 'put'; readonly item: MappedItem }
  | { readonly do: 'take'; readonly item: MappedItem }
  | { readonly do: 'relate' | 'unrelate'; readonly relation: Relation };

const anySteps: fc.Arbitrary<readonly Step[]> = fc.tuple(anyMap, anyMap).chain(([one, other]) => {
  const items = [...one.items, ...other.items];
  const relations = [...one.relations, ...other.relations];
  const steps: readonly Step[] = [
    ...items.map((item) => ({ do: 'put', item }) as const),
    ...one.items.map((item) => ({ do: 'take', item }) as const),
    ...relations.map((relation) => ({ do: 'relate', relation }) as const),
    ...one.relations.map((relation) => ({ do: 'unrelate', relation }) as const),
  ];
  return fc.shuffledSubarray([...steps]);
});

describe('a map of dependencies', () => {
  it('[CFG-7] changed step by step is the map of what there is at the end', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const map = new DependencyMap(TYPES);
        const items = new Map<string, MappedItem>();
        const relations = new Map<string, Relation>();
        for (const step of steps) {
          if (step.do === 'put') {
            map.put(step.item);
            items.set(step.item.id, step.item);
          } else if (step.do === 'take') {
            map.take(step.item.id);
            items.delete(step.item.id);
          } else if (step.do === 'relate') {
            map.relate(step.relation);
            relations.set(step.relation.id, step.relation);
          } else {
            map.unrelate(step.relation.id);
            relations.delete(step.relation.id);
          }
        }
        expect(told(map)).toEqual(told(new DependencyMap(TYPES, items.values(), relations.values())));
      }),
      { numRuns: 500 },
    );
  });

  it('[CFG-7] has a relation once, between the ends that it was given last', () => {
    const things = ['a', 'b', 'c'].map((name) => item(name));
    const map = new DependencyMap(TYPES, things, [relation('a', 'needs', 'b')]);
    const moved = { ...relation('a', 'needs', 'b'), to: id('c') };
    map.relate(moved);
    expect(told(map)).toEqual(told(new DependencyMap(TYPES, things, [moved])));
    // also while an end of it is not there
    map.relate({ ...moved, to: id('gone') });
    map.relate({ ...moved, to: id('lost') });
    for (const name of ['gone', 'lost']) map.put(item(name));
    expect([...map.carriersOf(id('a'))].map(({ other }) => other)).toEqual(['lost']);
  });
});

/** All that a map says, in an order of its own. */
function told(map: DependencyMap): unknown {
  return [...map.ids()].toSorted().map((id) => ({
    item: map.itemOf(id),
    carries: [...map.carriedBy(id)].map(({ relation, other }) => `${relation.id} > ${other}`).toSorted(),
    hangsOn: [...map.carriersOf(id)].map(({ relation, other }) => `${relation.id} < ${other}`).toSorted(),
    beside: [...map.beside(id)].map(({ relation, other }) => `${relation.id} - ${other}`).toSorted(),
    endsFrom: [...TYPES.keys()].map((type) => [type, [...map.endsFrom(id, type)].toSorted()]),
    relations: [...map.relationsOf(id)].map((relation) => relation.id).toSorted(),
  }));
}
