import { describe, expect, it } from 'vitest';
import { DependencyMap } from '../map/dependency-map.ts';
import { TYPES, id, item, relation } from '../test-support/any-map.ts';
import { dependenciesOf } from './dependencies.ts';
import { impactOf } from './impact.ts';

/** A shop on three web servers of which two must run; they need one database, which a feed powers. */
function shop(state: 'in_service' | 'in_stock' = 'in_service') {
  const redundancy = [{ relation: 'needs', by: 'count', minimum: 2 } as const];
  return new DependencyMap(
    TYPES,
    [
      item('shop', { redundancy }),
      item('w1'),
      item('w2'),
      item('w3', { state }),
      item('db'),
      item('feed'),
      item('room'),
    ],
    [
      ...['w1', 'w2', 'w3'].map((server) => relation('shop', 'needs', server)),
      ...['w1', 'w2'].map((server) => relation(server, 'needs', 'db')),
      relation('feed', 'feeds', 'db'),
      relation('db', 'near', 'room'),
    ],
  );
}

describe('impact', () => {
  it('[CFG-10] goes the way that each relation spreads it, and no other', () => {
    const { down } = impactOf(shop(), { down: [id('feed')] });
    expect([...down].map(([each, { distance }]) => [each, distance])).toEqual([
      ['feed', 0],
      ['db', 1],
      ['w1', 2],
      ['w2', 2],
      ['shop', 3],
    ]);
    expect([...impactOf(shop(), { down: [id('shop')] }).down.keys()]).toEqual(['shop']);
  });

  it('[CFG-11] [CFG-12] stops at what is redundant, says that it is weakened, and counts no spare from the shelf', () => {
    const one = impactOf(shop(), { down: [id('w1')] });
    expect([...one.down.keys()]).toEqual(['w1']);
    expect(one.weakened.get(id('shop'))).toEqual([{ relation: 'needs', up: 2, needed: 2, members: 3 }]);
    const two = impactOf(shop(), { down: [id('w1'), id('w3')] });
    expect([...two.down.keys()]).toEqual(['w1', 'w3', 'shop']);
    expect(two.weakened).toEqual(new Map());
    expect([...impactOf(shop('in_stock'), { down: [id('w1')] }).down.keys()]).toEqual(['w1', 'shop']);
  });

  it('[CFG-13] heeds what people said, and shows what that held', () => {
    const overrides = new Map([[id('db'), 'not_impacted'] as const]);
    const told = impactOf(shop(), { down: [id('feed')], overrides });
    expect([...told.down.keys()]).toEqual(['feed']);
    expect([...told.held]).toEqual(['db']);
    const said = impactOf(shop(), { down: [], overrides: new Map([[id('db'), 'impacted'] as const]) });
    expect(said.down.get(id('db'))).toEqual({ distance: 0, through: null, by: 'override' });
    expect(said.down.has(id('shop'))).toBe(true);
  });

  it('[CFG-13] says that what is held is held, and not that it lost a spare', () => {
    const overrides = new Map([[id('shop'), 'not_impacted'] as const]);
    const told = impactOf(shop(), { down: [id('w1'), id('w2'), id('w3')], overrides });
    expect([[...told.held], told.weakened]).toEqual([['shop'], new Map()]);
    const spare = impactOf(shop(), { down: [id('w1')], overrides });
    expect([[...spare.held], [...spare.weakened.keys()]]).toEqual([[], ['shop']]);
  });

  it('[CFG-14] says that it stopped, when it did', () => {
    const shelf = [item('feed'), item('db', { state: 'in_stock' })];
    const map = new DependencyMap(TYPES, shelf, [relation('feed', 'feeds', 'db')]);
    const idle = impactOf(map, { down: [id('feed')], maxDistance: 0 });
    expect(impactOf(shop(), { down: [id('feed')], maxItems: 3 })).toMatchObject({ truncated: true });
    expect(impactOf(shop(), { down: [id('feed')], maxItems: 5 })).toMatchObject({ truncated: false });
    expect(impactOf(shop(), { down: [id('feed')], maxDistance: 3 })).toMatchObject({ truncated: false });
    expect(impactOf(shop(), { down: [id('feed')], maxDistance: 2 })).toMatchObject({ truncated: true });
    // what is in stock falls with nothing
    expect(idle).toMatchObject({ truncated: false });
  });

  it('[CFG-15] knows what an item hangs on, doubled or not', () => {
    const reached = dependenciesOf(shop(), id('shop'));
    expect([...reached].map(([each, { distance }]) => [each, distance])).toEqual([
      ['w1', 1],
      ['w2', 1],
      ['w3', 1],
      ['db', 2],
      ['feed', 3],
    ]);
    expect([...dependenciesOf(shop(), id('shop'), 2).keys()]).toEqual(['w1', 'w2', 'w3', 'db']);
  });
});
