import { DependencyMap } from '@muster/domain/configuration';
import { serviceId } from '@muster/domain/shared';
import type { RecordId, Service } from '@muster/domain/shared';
import { TYPES, item, relation } from '@muster/domain/testing/maps';
import { describe, expect, it } from 'vitest';
import { fallingWith, toldByMap, withItems } from './by-map.ts';

const [SHOP, MAIL] = [serviceId('shop'), serviceId('mail')];
const services = new Map<Service['id'], Service>(
  [SHOP, MAIL].map((id) => [id, { id, name: id, team: null, criticality: 2 }]),
);

/** The shop hangs on two servers of which one is enough, the mail on a wire. */
const map = new DependencyMap(
  TYPES,
  [
    ...[item('shop', { class: 'service' }), item('mail', { class: 'service' })],
    item('app', { redundancy: [{ relation: 'needs', by: 'count', minimum: 1 }] }),
    ...[item('one'), item('two'), item('wire')],
  ],
  [
    ...[relation('shop', 'needs', 'app'), relation('app', 'needs', 'one'), relation('app', 'needs', 'two')],
    relation('mail', 'needs', 'wire'),
  ],
);

describe('the services of an announcement that names items', () => {
  it('[CFG-68] are proposed when they fall with the items together, and taken back with them', () => {
    const choose = (before: Parameters<typeof withItems>[0], ...items: readonly string[]) =>
      withItems(before, items, services, map);
    const one = choose({ items: [], services: [] }, 'one');
    expect(one).toEqual({ items: ['one'], services: [] });
    const both = choose(one, 'one', 'two');
    expect(both).toEqual({ items: ['one', 'two'], services: [SHOP] });
    expect(choose(both, 'one').services).toEqual([]);
    expect(choose({ ...both, services: [MAIL, SHOP] }, 'one').services).toEqual([MAIL]);
  });

  it('[CFG-68] stay as their author decided otherwise', () => {
    const without = withItems({ items: ['wire'], services: [] }, ['wire', 'one'], services, map);
    expect(without.services).toEqual([]);
    expect(withItems({ items: [], services: [MAIL] }, ['one'], services, null)).toEqual({
      ...{ items: ['one'], services: [MAIL] },
    });
    expect(withItems({ items: [], services: [] }, ['wire', SHOP], services, map)).toEqual({
      ...{ items: ['wire'], services: [SHOP, MAIL] },
    });
  });

  it('[CFG-68] are told apart by whether they fall with its items', () => {
    expect(toldByMap(map, { items: [item('wire').id as RecordId], services: [SHOP] })).toEqual({
      named: [],
      left: [MAIL],
    });
    expect(toldByMap(map, { services: [SHOP] })).toEqual({ named: [], left: [] });
    expect(fallingWith(map, ['nowhere'])).toEqual([]);
  });
});
