import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DependencyMap, impactOf } from '../configuration/index.ts';
import { TYPES, anyMap, id, item, relation } from '../configuration/test-support/any-map.ts';
import { freezesOver, matchedOf } from '../change/index.ts';
import type { ChangeWindow } from '../change/index.ts';
import { serviceId } from '../shared/index.ts';
import type { ItemId, Service } from '../shared/index.ts';
import { NEAR, dependenciesByMap } from './dependencies-by-map.ts';

const service = (name: string) => item(name, { class: 'service' });

/** The shop is an application on two servers, of which one is enough; the mail runs on the first alone. */
function house(): DependencyMap {
  const redundancy = [{ relation: 'needs', by: 'count', minimum: 1 }] as const;
  return new DependencyMap(
    TYPES,
    [
      ...[service('shop'), service('mail'), item('app', { redundancy }), item('one'), item('two')],
      ...[item('power'), item('old', { state: 'retired' }), item('spare', { state: 'in_stock' })],
    ],
    [
      relation('shop', 'needs', 'app'),
      ...['one', 'two', 'spare'].map((host) => relation('app', 'needs', host)),
      relation('mail', 'needs', 'one'),
      relation('one', 'needs', 'power'),
      relation('old', 'needs', 'one'),
    ],
  );
}

describe('what changes go by of the map', () => {
  const map = house();
  const { servicesOf, parentsOf, childrenOf, isKnown, isRetired, classOf } = dependenciesByMap(() => map);

  test('[CFG-60] a service that falls with an item is concerned, one that only loses its spare is not', () => {
    expect(servicesOf([id('one')])).toEqual(['mail']);
    expect(servicesOf([id('app')])).toEqual(['shop']);
    expect(servicesOf([id('shop')])).toEqual(['shop']);
    expect(servicesOf([id('spare')])).toEqual([]);
    expect(servicesOf([id('nowhere')])).toEqual([]);
    expect([classOf(id('shop')), classOf(id('nowhere'))]).toEqual(['service', null]);
  });

  test('[CFG-60] what stands in for one another takes its service down together, for policies, risk and freezes', () => {
    expect(servicesOf([id('one'), id('two')])).toEqual(['mail', 'shop']);
    expect(servicesOf([id('two')])).toEqual([]);
    const dependencies = dependenciesByMap(() => map);
    const shop: Service = { id: serviceId('shop'), name: 'Shop', team: null, criticality: 1 };
    const services = new Map([[shop.id, shop]]);
    const both = { model: 'normal', items: [id('one'), id('two')], risk: null, outage: true };
    expect(matchedOf(both, { dependencies }, services)).toMatchObject({
      services: ['mail', 'shop'],
      criticality: 1,
    });
    const frozen = { zone: 'UTC', begins: '2026-06-05T00:00', ends: '2026-06-06T00:00', repeats: null };
    const freeze: ChangeWindow = {
      ...{ id: 'f', version: 1, name: 'Sale', kind: 'freeze', hard: true, when: frozen },
      ...{ services: [shop.id], classes: null, models: null },
    };
    const from = Date.UTC(2026, 5, 5, 12);
    const itemsFrozen = (...items: readonly ItemId[]) =>
      freezesOver([freeze], { model: 'normal', items, from, to: from + 1 }, dependencies, 'UTC').map(
        (hit) => hit.items,
      );
    expect(itemsFrozen(id('two'))).toEqual([]);
    expect(itemsFrozen(id('one'), id('two'), id('old'))).toEqual([[id('one'), id('two')]]);
    expect(itemsFrozen(id('app'), id('two'))).toEqual([[id('app')]]);
  });

  test('[CFG-61] parents carry it and children hang on it, spares or not, as far as they run', () => {
    expect(parentsOf(id('app'))).toEqual(['one', 'power', 'two']);
    expect(childrenOf(id('one'))).toEqual(['app', 'mail', 'shop']);
    expect(childrenOf(id('spare'))).toEqual([]);
    expect(parentsOf(id('old'))).toEqual([]);
  });

  test('[CFG-62] a retired item is known, and gone', () => {
    expect([isKnown(id('old')), isRetired(id('old'))]).toEqual([true, true]);
    expect([isKnown(id('nowhere')), isRetired(id('nowhere')), isRetired(id('one'))]).toEqual([
      ...[false, false, false],
    ]);
  });

  test('[CFG-63] what was worked out holds until the map is another one, and is said to be another one then', () => {
    const own = house();
    const answers = dependenciesByMap(() => own);
    expect(answers.servicesOf([id('power')])).toEqual(['mail']);
    const before = answers.version?.();
    own.put(item('one'));
    expect(answers.version?.()).toBe(before);
    own.relate(relation('shop', 'needs', 'power'));
    expect(answers.version?.()).not.toBe(before);
    expect(answers.servicesOf([id('power')])).toEqual(['shop', 'mail']);
    own.take(id('mail'));
    expect(answers.servicesOf([id('power')])).toEqual(['shop']);
  });

  test('[CFG-63] any map, whatever the order in which it came, has the answers of a map made anew', () => {
    fc.assert(
      fc.property(anyMap, fc.integer({ min: 0, max: 3 }), ({ items, relations }, turn) => {
        const named = items.map((each, at) => (at % 4 === turn ? { ...each, class: 'service' } : each));
        const there = new DependencyMap(TYPES, named, relations);
        const back = new DependencyMap(TYPES);
        const kept = dependenciesByMap(() => back);
        for (const each of relations.toReversed()) back.relate(each);
        for (const each of named.toReversed()) {
          back.put(each);
          // asked in between, so that something is kept that must not be kept
          kept.servicesOf([each.id]);
          kept.parentsOf(each.id);
          kept.childrenOf(each.id);
        }
        const anew = dependenciesByMap(() => there);
        for (const { id: each } of named) {
          expect(kept.servicesOf([each])).toEqual(anew.servicesOf([each]));
          expect(kept.parentsOf(each)).toEqual(anew.parentsOf(each));
          expect(kept.childrenOf(each)).toEqual(anew.childrenOf(each));
          const falls = impactOf(there, { down: [each] }).down;
          const services = named.filter((one) => one.class === 'service' && falls.has(one.id));
          expect(new Set(anew.servicesOf([each]))).toEqual(new Set(services.map((one) => one.id)));
          for (const child of anew.childrenOf(each)) expect(anew.parentsOf(child)).toContain(each);
        }
      }),
    );
    expect(NEAR).toBe(3);
  });
});
