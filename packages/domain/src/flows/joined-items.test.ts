/** Records name an item that was joined into another: what is asked of the map follows the link. */
import { describe, expect, test } from 'vitest';
import { ConflictIndex, freezesOver, matchedOf } from '../change/index.ts';
import type { Change, ChangeWindow, Planned } from '../change/index.ts';
import { DependencyMap } from '../configuration/index.ts';
import { TYPES, id, item, relation } from '../configuration/test-support/any-map.ts';
import { recordId, serviceId } from '../shared/index.ts';
import { changesAround, incidentsAround, itemsAround } from './around-items.ts';
import type { TicketAround } from './around-items.ts';
import { dependenciesByMap } from './dependencies-by-map.ts';
import { mayTakeDown } from './gate-by-map.ts';

const HOUR = 60 * 60 * 1000;
const NOW = Date.UTC(2026, 5, 5);
const SHOP = serviceId('shop');

/** The shop runs on a host, into which a twin of another class was joined. */
const map = new DependencyMap(
  TYPES,
  [
    ...[item('shop', { class: 'service' }), item('host', { class: 'server' })],
    item('twin', { class: 'printer', state: 'retired', sameAs: id('host') }),
  ],
  [relation('shop', 'needs', 'host')],
);
const dependencies = dependenciesByMap(() => map);

const planned = (name: string, items: readonly string[]): Planned => ({
  ...{ id: recordId(name), model: 'normal', items: items.map(id), owner: null },
  ...{ begins: NOW, ends: NOW + HOUR },
});

describe('what was joined into another item', () => {
  test('[CFG-103] [CFG-65] is looked around from the one that stays, with the work that names either', () => {
    const change = (name: string, touched: string): Change =>
      ({
        ...{ id: recordId(name), title: name, model: 'normal', state: 'closed', items: [id(touched)] },
        ...{ begins: null, ends: null, startedAt: NOW - HOUR, endedAt: NOW, closedAt: null, madeAt: 0 },
      }) as unknown as Change;
    const incident = (name: string, about: string): TicketAround => ({
      ...{ id: recordId(name), process: 'incident', state: 'new', service: null, items: [recordId(about)] },
      ...{ priority: 3, major: null },
    });
    for (const about of ['host', 'twin']) {
      const around = itemsAround(map, [id(about)]);
      expect(around.items).toEqual([{ item: 'host', distance: 0 }]);
      const changes = changesAround(around, [change('c1', 'host'), change('c2', 'twin')], NOW);
      expect(changes.map(({ change: each, item: at }) => [each.id, at])).toEqual([
        ['c1', 'host'],
        ['c2', 'host'],
      ]);
      const broken = incidentsAround(
        around,
        [incident('i1', 'host'), incident('i2', 'twin')],
        recordId('i0'),
      );
      expect(broken.map(({ item: at, incidents }) => [at, incidents.map((each) => each.id)])).toEqual([
        ['host', ['i2', 'i1']],
      ]);
    }
  });

  test('[CFG-103] [CFG-60] makes its changes those of the services and of the class of the one that stays', () => {
    expect(dependencies.servicesOf([id('twin')])).toEqual(['shop']);
    const change = { model: 'normal', items: [id('twin'), id('host')], risk: null, outage: true };
    expect(matchedOf(change, { dependencies }, new Map())).toMatchObject({ classes: ['server'], items: 1 });
    expect(dependencies.childrenOf(id('twin'))).toEqual(['shop']);
    // it takes no new one all the same
    expect(dependencies.isRetired(id('twin'))).toBe(true);
  });

  test('[CFG-103] [CFG-61] has its changes collide with those that name the one that stays, once', () => {
    const index = new ConflictIndex({ windows: [], dependencies, zone: 'UTC' }, [
      ...[planned('a', ['twin']), planned('b', ['host', 'twin']), planned('c', ['shop'])],
    ]);
    const found = (name: string, items: readonly string[]) =>
      index.conflictsOf(planned(name, items)).map(({ kind, change, items: by }) => [kind, change, by]);
    expect(found('new', ['host'])).toEqual([
      ['same-item', 'b', ['host']],
      ['same-item', 'a', ['host']],
      ['child-item', 'c', ['shop']],
    ]);
    expect(found('a', ['twin'])).toEqual([
      ['same-item', 'b', ['host']],
      ['child-item', 'c', ['shop']],
    ]);
  });

  test('[CFG-103] [CFG-61] is frozen with the one that stays', () => {
    const freeze: ChangeWindow = {
      ...{ id: 'f', version: 1, name: 'Sale', kind: 'freeze', hard: true },
      when: { zone: 'UTC', begins: '2026-06-05T00:00', ends: '2026-06-06T00:00', repeats: null },
      ...{ services: [SHOP], classes: ['server'], models: null },
    };
    const question = { model: 'normal', items: [id('twin'), id('host')], from: NOW, to: NOW + 1 };
    expect(freezesOver([freeze], question, dependencies, 'UTC')).toMatchObject([{ items: ['host'] }]);
  });

  test('[CFG-103] [CFG-66] is among what the gate looks changes of the service up by', () => {
    expect(mayTakeDown(map, SHOP)).toEqual(['shop', 'host', 'twin']);
  });
});
