/** Whatever the map: what is drawn is there once, is no more than asked for, hangs together and does not jump. */
import { DEFAULT_CLASSES, DependencyMap } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import { TYPES, anyMap, item, relation } from '@muster/domain/testing/maps';
import type { AnyMap } from '@muster/domain/testing/maps';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, show } from '../test-support/a-map.ts';
import { NODE, layoutOf } from './layout.ts';
import type { MapLayout, Point } from './layout.ts';
import { LAYOUT_KINDS } from './layout-kind.ts';
import { WHOLE_MAP } from './map-filter.ts';
import type { ShownMap } from './shown.ts';

const rules = { classes: DEFAULT_CLASSES, types: TYPES };
const mapOf = ({ items, relations }: AnyMap) => new DependencyMap(TYPES, items, relations);
const someMap = anyMap.filter(({ items }) => items.length > 0);
const anyKind = fc.constantFrom(...LAYOUT_KINDS);
const question = fc.record({
  most: fc.integer({ min: 1, max: 14 }),
  hanging: fc.integer({ min: 0, max: 3 }),
  carrying: fc.integer({ min: 0, max: 3 }),
  state: fc.constantFrom('in_service' as const, 'retired' as const, null),
  expanded: fc.array(fc.nat(11), { maxLength: 3 }),
});

/** What is beside what it hangs on, as well. */
const NEAR_ITS_CARRIER: AnyMap = {
  items: [item('i1'), item('i0')],
  relations: [relation('i1', 'near', 'i0'), relation('i1', 'needs', 'i0')],
};

function drawn({ nodes }: ShownMap): readonly ItemId[] {
  return nodes.flatMap((each) => (each.kind === 'item' ? [each.id] : each.members));
}

/** So many steps along what carries, or along what hangs. */
function within(map: DependencyMap, start: ItemId, levels: number, way: 'carriedBy' | 'carriersOf') {
  const found = new Set([start]);
  for (let level = 0; level < levels; level += 1)
    for (const id of [...found]) for (const { other } of map[way](id)) found.add(other);
  return found;
}

describe('whatever the map', () => {
  it('[CFG-80] [CFG-81] [CFG-82] [CFG-83] what is drawn is there once, hangs together and is no more than asked for', () => {
    fc.assert(
      fc.property(someMap, question, (some, { most, hanging, carrying, state, expanded }) => {
        const map = mapOf(some);
        const centre = some.items[0]?.id as ItemId;
        const shown = show(
          map,
          ask(centre, {
            ...{ most, levels: { hanging, carrying } },
            filter: { ...WHOLE_MAP, states: state === null ? [] : [state] },
            expanded: expanded.flatMap((at) => some.items[at]?.id ?? []),
          }),
          {},
          rules,
        );
        const ids = drawn(shown);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids[0]).toBe(centre);
        expect(shown.nodes.length).toBeLessThanOrEqual(most);
        expect(ids.length + shown.beyond).toBe(shown.reached);
        const keys = new Set(shown.nodes.map(({ key }) => key));
        for (const { from, to } of shown.edges) expect([keys.has(from), keys.has(to)]).toEqual([true, true]);
        for (const each of shown.nodes) {
          const from = each.kind === 'item' ? each.reach.from : each.from;
          if (from !== null) expect(ids).toContain(from.id);
          if (each.kind === 'item' && state !== null && each.id !== centre)
            expect(each.reach.onTheWay).toBe(map.itemOf(each.id)?.state !== state);
        }
      }),
    );
  });

  it('[CFG-80] everything within the levels is drawn, with everything around what is expanded', () => {
    fc.assert(
      fc.property(someMap, fc.nat(3), fc.nat(3), fc.nat(11), (some, hanging, carrying, at) => {
        const map = mapOf(some);
        const centre = some.items[0]?.id as ItemId;
        const asked = ask(centre, { levels: { hanging, carrying } });
        const shown = new Set(drawn(show(map, asked, {}, rules)));
        const near = new Set([
          ...within(map, centre, hanging, 'carriedBy'),
          ...within(map, centre, carrying, 'carriersOf'),
        ]);
        for (const id of near) expect(shown).toContain(id);
        const [expanded] = [...shown].slice(at % shown.size);
        if (expanded === undefined) return;
        const wider = show(map, { ...asked, expanded: [expanded] }, {}, rules);
        expect(drawn(wider)).toEqual(expect.arrayContaining([...shown]));
        for (const relation of map.relationsOf(expanded))
          expect(drawn(wider)).toEqual(expect.arrayContaining([relation.from, relation.to]));
      }),
    );
  });

  it('[CFG-85] [CFG-106] nothing is drawn over anything else, and no relation through an item between its ends', () => {
    fc.assert(
      fc.property(someMap, anyKind, (some, kind) => {
        const shown = show(mapOf(some), ask(some.items[0]?.id as ItemId), {}, rules);
        const layout = layoutOf(shown, { kind });
        const { nodes, edges } = layout;
        expectApart(layout);
        for (const { edge, points } of edges)
          for (const { shown, x, y } of nodes.values()) {
            if (shown.key === edge.from || shown.key === edge.to) continue;
            const isInside = points.some((point) => {
              const [dx, dy] = [
                Math.abs(point.x - x) - NODE.width / 2,
                Math.abs(point.y - y) - NODE.height / 2,
              ];
              return kind === 'down' ? dx < 0 && dy <= 0 : dx <= 0 && dy < 0;
            });
            expect(isInside).toBe(false);
          }
      }),
    );
  });

  it('[CFG-106] what hangs is ahead of what carries it, whichever way the map runs, where nothing is in a circle', () => {
    fc.assert(
      fc.property(someMap, anyKind, (some, kind) => {
        const map = mapOf(some);
        const centre = some.items[0]?.id as ItemId;
        const shown = show(map, ask(centre), {}, rules);
        const sideOf = new Map(
          shown.nodes.flatMap((each) => (each.kind === 'item' ? [[each.key, each.reach]] : [])),
        );
        const { nodes } = layoutOf(shown, { kind });
        const ahead = ({ x, y }: Point) => (kind === 'down' ? y : x);
        const isCircle = [...sideOf.values()].some(({ side }) => side === 'both');
        fc.pre(!isCircle);
        for (const [key, { side, level }] of sideOf)
          if (level === 1 && side !== 'beside') {
            const [node, middle] = [nodes.get(key) as Point, nodes.get(centre) as Point];
            expect(Math.sign(ahead(node) - ahead(middle))).toBe(side === 'hanging' ? 1 : -1);
          }
      }),
      { examples: [[NEAR_ITS_CARRIER, 'right']] },
    );
  });

  it('[CFG-85] nothing moves while nothing changes; what is expanded never does, and the others less than by a new arrangement', () => {
    fc.assert(
      fc.property(someMap, fc.nat(11), anyKind, (some, at, kind) => {
        const map = mapOf(some);
        const asked = ask(some.items[0]?.id as ItemId, { levels: { hanging: 1, carrying: 1 } });
        const narrow = show(map, asked, {}, rules);
        const before = layoutOf(narrow, { kind });
        expect(moved(before, layoutOf(narrow, { kind, before }))).toBeCloseTo(0);
        const items = narrow.nodes.filter((each) => each.kind === 'item');
        const expanded = items[at % items.length]?.id as ItemId;
        const wide = show(map, { ...asked, expanded: [expanded] }, {}, rules);
        const after = layoutOf(wide, { kind, before, anchor: expanded });
        expectApart(after);
        const stays = before.nodes.get(expanded);
        expect(after.nodes.get(expanded)?.x).toBeCloseTo(stays?.x ?? 0);
        expect(after.nodes.get(expanded)?.y).toBeCloseTo(stays?.y ?? 0);
        expect(moved(before, after)).toBeLessThanOrEqual(moved(before, layoutOf(wide, { kind })) + 1e-6);
      }),
    );
  });
});

function expectApart({ nodes }: MapLayout): void {
  const all = [...nodes.values()];
  for (const [place, one] of all.entries())
    for (const other of all.slice(place + 1)) {
      const isApart =
        Math.abs(one.x - other.x) >= NODE.width - 1e-6 || Math.abs(one.y - other.y) >= NODE.height - 1e-6;
      expect(isApart).toBe(true);
    }
}

/** How far all nodes moved from where they were, across the way that the map runs. */
function moved(before: MapLayout, after: MapLayout): number {
  const across = before.kind === 'down' ? 'x' : 'y';
  return [...before.nodes].reduce(
    (sum, [key, { [across]: then }]) => sum + (then - (after.nodes.get(key)?.[across] ?? then)) ** 2,
    0,
  );
}
