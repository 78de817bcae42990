/** Impact against an oracle that knows no worklist: it asks every item again and again until nothing more falls. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemId } from '../../shared/index.ts';
import { DependencyMap } from '../map/dependency-map.ts';
import type { MappedItem, Relation } from '../map/dependency-map.ts';
import { TYPES, anyMap } from '../test-support/any-map.ts';
import type { AnyMap } from '../test-support/any-map.ts';
import { dependenciesOf } from './dependencies.ts';
import { impactOf } from './impact.ts';
import type { ImpactOverride } from './impact.ts';

const RUNS = new Set(['in_service', 'maintenance']);

/** What carries an item by a type of relation, of what runs. */
function carriers({ items, relations }: AnyMap, own: ItemId, type: string): readonly ItemId[] {
  const running = new Set(items.filter(({ state }) => RUNS.has(state)).map(({ id }) => id));
  return relations
    .filter((each) => each.type === type)
    .flatMap((each): readonly ItemId[] => {
      if (type === 'needs') return each.from === own ? [each.to] : [];
      return type === 'feeds' && each.to === own ? [each.from] : [];
    })
    .filter((other) => running.has(other));
}

interface Told {
  readonly down: ReadonlySet<ItemId>;
  readonly weakened: ReadonlySet<ItemId>;
  readonly held: ReadonlySet<ItemId>;
}

function oracle(
  map: AnyMap,
  marked: readonly ItemId[],
  overrides: ReadonlyMap<ItemId, ImpactOverride>,
): Told {
  const known = new Set(map.items.map(({ id }) => id));
  const said = [...overrides].filter(([, what]) => what === 'impacted').map(([id]) => id);
  const down = new Set([...marked, ...said].filter((id) => known.has(id)));
  /** How many of what carries it by a type are up, of how many, and how many it needs where it is redundant by that. */
  const standing = ({ id, redundancy }: MappedItem) =>
    ['needs', 'feeds'].map((type) => {
      const all = carriers(map, id, type);
      const up = all.filter((other) => !down.has(other)).length;
      const rule = redundancy.find(({ relation }) => relation === type);
      if (rule === undefined) return { up, all: all.length, needed: null };
      const asked = rule.by === 'count' ? rule.minimum : Math.ceil((all.length * rule.minimum) / 100);
      return { up, all: all.length, needed: Math.min(asked, all.length) };
    });
  const wouldFall = (each: MappedItem): boolean =>
    RUNS.has(each.state) && standing(each).some(({ up, all, needed }) => up < (needed ?? all));
  const isHeld = ({ id }: MappedItem): boolean => overrides.get(id) === 'not_impacted';
  for (;;) {
    const more = map.items.filter((each) => !down.has(each.id) && !isHeld(each) && wouldFall(each));
    if (more.length === 0) break;
    for (const { id } of more) down.add(id);
  }
  const left = map.items.filter(({ id, state }) => !down.has(id) && RUNS.has(state));
  const lostSpare = (each: MappedItem): boolean =>
    standing(each).some(({ up, all, needed }) => needed !== null && up < all);
  const ids = (items: readonly MappedItem[]) => new Set(items.map(({ id }) => id));
  return {
    down,
    weakened: ids(left.filter((each) => !wouldFall(each) && lostSpare(each))),
    held: ids(left.filter((each) => isHeld(each) && wouldFall(each))),
  };
}

const anyOverride = fc.constantFrom<ImpactOverride | null>('impacted', 'not_impacted', null, null, null);

const anyQuestion = anyMap.chain((map) => {
  const size = { minLength: map.items.length, maxLength: map.items.length };
  return fc
    .record({ marks: fc.array(fc.nat(3), size), said: fc.array(anyOverride, size) })
    .map(({ marks, said }) => ({
      map,
      marked: map.items.flatMap(({ id }, at) => (marks[at] === 0 ? [id] : [])),
      overrides: new Map(
        map.items.flatMap(({ id }, at) => {
          const override = said[at] ?? null;
          return override === null ? [] : [[id, override] as const];
        }),
      ),
    }));
});

const shuffled = (map: AnyMap): fc.Arbitrary<AnyMap> =>
  fc.record({
    items: fc.shuffledSubarray([...map.items], { minLength: map.items.length }),
    relations: fc.shuffledSubarray([...map.relations], { minLength: map.relations.length }),
  });

describe('what falls', () => {
  it('[CFG-10] [CFG-11] [CFG-12] [CFG-13] is what an oracle says, in whatever order the map came', () => {
    const questions = anyQuestion.chain((question) =>
      shuffled(question.map).map((other) => ({ ...question, other })),
    );
    fc.assert(
      fc.property(questions, ({ map, other, marked, overrides }) => {
        const told = impactOf(new DependencyMap(TYPES, other.items, other.relations), {
          down: marked,
          overrides,
        });
        expect({
          down: new Set(told.down.keys()),
          weakened: new Set(told.weakened.keys()),
          held: told.held,
        }).toEqual(oracle(map, marked, overrides));
        expect(told.truncated).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('[CFG-14] has for each item the distance from what fell just before it, and no shorter one', () => {
    fc.assert(
      fc.property(anyQuestion, ({ map, marked }) => {
        const { down } = impactOf(new DependencyMap(TYPES, map.items, map.relations), { down: marked });
        let last = 0;
        for (const [id, { distance, through }] of down) {
          expect(distance).toBeGreaterThanOrEqual(last);
          last = distance;
          if (through === null) continue;
          const before = through.from === id ? through.to : through.from;
          expect(down.get(before)?.distance).toBe(distance - 1);
        }
      }),
    );
  });

  it('[CFG-14] within a bound of distance is what falls within it, and says when there is more', () => {
    const bounded = fc.tuple(anyQuestion, fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(bounded, ([{ map, marked }, maxDistance]) => {
        const whole = impactOf(new DependencyMap(TYPES, map.items, map.relations), { down: marked });
        const part = impactOf(new DependencyMap(TYPES, map.items, map.relations), {
          down: marked,
          maxDistance,
        });
        const within = [...whole.down].filter(([, { distance }]) => distance <= maxDistance);
        expect([...part.down.keys()].toSorted()).toEqual(within.map(([id]) => id).toSorted());
        if (whole.down.size > part.down.size) expect(part.truncated).toBe(true);
      }),
    );
  });
});

describe('what an item hangs on', () => {
  it('[CFG-15] is whatever there is a way to', () => {
    fc.assert(
      fc.property(anyMap, ({ items, relations }) => {
        const map = new DependencyMap(TYPES, items, relations);
        const [first] = items;
        if (first === undefined) return;
        expect([...dependenciesOf(map, first.id).keys()].toSorted()).toEqual(
          waysFrom(first.id, items, relations).toSorted(),
        );
      }),
    );
  });
});

function waysFrom(
  start: ItemId,
  items: readonly MappedItem[],
  relations: readonly Relation[],
): readonly ItemId[] {
  const known = new Set(items.map(({ id }) => id));
  const steps = relations
    .filter(({ from, to }) => known.has(from) && known.has(to))
    .flatMap(({ type, from, to }): readonly (readonly [ItemId, ItemId])[] => {
      if (type === 'needs') return [[from, to]];
      return type === 'feeds' ? [[to, from]] : [];
    });
  const found = new Set<ItemId>();
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [from, to] of steps) if (from === start || found.has(from)) found.add(to);
  }
  found.delete(start);
  return [...found];
}
