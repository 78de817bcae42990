import type { ItemId } from '@muster/domain/shared';
import { id, item } from '@muster/domain/testing/maps';
import { describe, expect, it } from 'vitest';
import { aMap, ask, show } from '../test-support/a-map.ts';
import { markOf } from './face.ts';
import { WHOLE_MAP } from './map-filter.ts';
import type { ShownMap } from './shown.ts';

const ids = ({ nodes }: ShownMap): readonly string[] =>
  nodes.flatMap((each): readonly string[] => (each.kind === 'item' ? [each.id] : each.members)).toSorted();
const nodeOf = ({ nodes }: ShownMap, name: string) =>
  nodes.find((each) => each.kind === 'item' && each.id === id(name));
const sides = ({ nodes }: ShownMap) =>
  Object.fromEntries(nodes.flatMap((each) => (each.kind === 'item' ? [[each.id, each.reach.side]] : [])));

/** shop → api → db → disk, and what lies farther on both sides. */
const line = aMap([
  'top uses mall',
  'mall uses shop',
  'shop uses api',
  'api uses db',
  'db uses disk',
  'disk uses rack',
]);

describe('what is drawn around an item', () => {
  it('[CFG-80] stands in one order, whichever relation came to this device first', () => {
    const lines = ['a uses shop', 'b uses shop', 'c uses shop', 'shop uses x', 'shop uses y', 'a uses y'];
    const question = ask('shop');
    expect(show(aMap(lines.toReversed()), question)).toEqual(show(aMap(lines), question));
  });

  it('[CFG-80] is so many levels of what hangs on it and of what it hangs on, and how much there is behind', () => {
    const shown = show(line, ask('api', { levels: { hanging: 1, carrying: 2 } }));
    expect(sides(shown)).toEqual({ api: 'centre', shop: 'hanging', db: 'carrying', disk: 'carrying' });
    expect(nodeOf(shown, 'shop')).toMatchObject({ more: 1 });
    expect(nodeOf(shown, 'disk')).toMatchObject({ more: 1 });
    expect(nodeOf(shown, 'db')).toMatchObject({ more: 0 });
  });

  it('[CFG-80] is nothing when the item is not there', () => {
    expect(show(line, ask('gone')).nodes).toEqual([]);
  });

  it('[CFG-80] has what is in a circle with it on both sides, by the shorter way', () => {
    const map = aMap(['a depends_on b', 'b depends_on c', 'c depends_on a']);
    const shown = show(map, ask('a'));
    expect(sides(shown)).toEqual({ a: 'centre', b: 'both', c: 'both' });
    expect(shown.nodes.map((each) => each.kind === 'item' && each.reach.level)).toEqual([0, 1, 1]);
  });

  it('[CFG-80] goes one level on around what is expanded, in every direction', () => {
    const map = aMap(['shop uses api', 'shop uses mail', 'mall uses shop', 'shop documented_by book']);
    const one = { levels: { hanging: 1, carrying: 1 } };
    expect(ids(show(map, ask('api', one)))).toEqual(['api', 'shop']);
    const wider = show(map, ask('api', { ...one, expanded: [id('shop')] }));
    expect(sides(wider)).toEqual({
      api: 'centre',
      shop: 'hanging',
      mall: 'hanging',
      mail: 'beside',
      book: 'beside',
    });
    expect(nodeOf(wider, 'shop')).toMatchObject({ more: 0 });
    const farther = show(map, ask('api', { ...one, expanded: [id('mail'), id('shop')] }));
    expect(ids(farther)).toEqual(ids(wider));
  });

  it('[CFG-81] folds leaves that are alike, and not those that differ in anything that is seen', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((each) => `${each} uses api`);
    const stock = item('e', { state: 'in_stock' });
    const map = aMap([...many, 'shop uses api', 'mall uses shop'], [stock]);
    const shown = show(map, ask('api'));
    const folds = shown.nodes.filter((each) => each.kind === 'fold');
    expect(folds.map(({ members }) => members)).toEqual([['a', 'b', 'c', 'd']]);
    expect(nodeOf(shown, 'e')).toBeDefined();
    expect(nodeOf(shown, 'shop')).toBeDefined();
    expect(shown.edges.find(({ to }) => to === folds[0]?.key)?.relations).toHaveLength(4);
    const alike = folds[0]?.alike ?? '';
    expect(show(map, ask('api', { unfolded: new Set([alike]) })).nodes.map(({ kind }) => kind)).not.toContain(
      'fold',
    );
    const found = show(map, ask('api', { apart: new Set([id('b')]) }));
    expect(found.nodes.filter(({ kind }) => kind === 'fold')).toEqual([]);
  });

  it('[CFG-81] stays open when what is in it comes to look otherwise', () => {
    const map = aMap(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((each) => `${each} uses api`));
    const fold = show(map, ask('api')).nodes.find((each) => each.kind === 'fold');
    const unfolded = new Set([fold?.alike ?? '']);
    const kinds = show(map, ask('api', { unfolded }), { down: new Set([id('a')]) }).nodes.map(
      ({ kind }) => kind,
    );
    expect(kinds).not.toContain('fold');
  });

  it('[CFG-82] is no more than can be looked at, and says how much there is besides', () => {
    const wide = Array.from({ length: 30 }, (_, at) => [`a${at} uses api`, `b${at} uses a${at}`]).flat();
    const shown = show(aMap(wide), ask('api', { most: 10 }));
    expect(shown.nodes).toHaveLength(10);
    expect(shown).toMatchObject({ reached: 61, beyond: 51 });
    expect(nodeOf(shown, 'api')).toMatchObject({ more: 21 });
    const asked = show(aMap(wide), ask('api', { most: 10, apart: new Set([id('b29')]) }));
    expect(ids(asked)).toEqual(expect.arrayContaining(['a29', 'b29']));
  });

  it('[CFG-83] lets through what a filter asks for, and what it was reached by', () => {
    const server = item('srv', { class: 'server' });
    const map = aMap(['shop runs_on db', 'db runs_on srv', 'shop uses mail'], [server]);
    const shown = show(map, ask('shop', { filter: { ...WHOLE_MAP, classes: ['device'] } }));
    expect(ids(shown)).toEqual(['db', 'shop', 'srv']);
    expect(nodeOf(shown, 'db')).toMatchObject({ reach: { onTheWay: true } });
    expect(nodeOf(shown, 'srv')).toMatchObject({ reach: { onTheWay: false } });
    expect(ids(show(map, ask('shop', { filter: { ...WHOLE_MAP, relations: ['uses'] } })))).toEqual([
      'mail',
      'shop',
    ]);
  });

  it('[CFG-83] takes for in a place what stands in something that stands there', () => {
    const items = [
      item('berlin', { class: 'location' }),
      item('rack', { class: 'rack' }),
      item('one', { class: 'server' }),
      item('two', { class: 'server' }),
    ];
    const map = aMap(
      ['shop runs_on one', 'shop runs_on two', 'one hosted_on rack', 'rack hosted_on berlin'],
      items,
    );
    const shown = show(map, ask('shop', { filter: { ...WHOLE_MAP, location: id('berlin') } }));
    expect(ids(shown)).toEqual(['berlin', 'one', 'rack', 'shop']);
  });
});

describe('how it is marked', () => {
  const marks = (shown: ShownMap) =>
    Object.fromEntries(
      shown.nodes.flatMap((each) => (each.kind === 'item' ? [[each.id, markOf(each.look)]] : [])),
    );

  it('[CFG-84] tells what would fall with the centre, what it hangs on, and what does both', () => {
    expect(marks(show(line, ask('api')))).toMatchObject({ api: 'none', shop: 'impact', db: 'dependency' });
    const circle = aMap(['a depends_on b', 'b depends_on a']);
    expect(marks(show(circle, ask('a')))).toEqual({ a: 'none', b: 'both' });
  });

  it('[CFG-84] tells what is weakened and what is held', () => {
    const redundant = item('shop', { redundancy: [{ relation: 'runs_on', by: 'count', minimum: 1 }] });
    const map = aMap(['shop runs_on one', 'shop runs_on two', 'desk runs_on one'], [redundant]);
    const down = new Set<ItemId>([id('one')]);
    const overrides = new Map([[id('desk'), 'not_impacted' as const]]);
    const shown = show(map, ask('one'), { down, overrides });
    expect(marks(shown)).toEqual({ one: 'down', shop: 'weakened', desk: 'held' });
  });

  it('[CFG-84] goes by what is marked as down, wherever that is, and not by the centre', () => {
    const shown = show(line, ask('api'), { down: new Set([id('disk')]) });
    expect(marks(shown)).toMatchObject({ disk: 'down', db: 'both', api: 'impact', shop: 'impact' });
    expect(marks(show(line, ask('api'), { down: new Set([id('top')]) }))).toMatchObject({ shop: 'none' });
  });
});
