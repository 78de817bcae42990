import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../change/index.ts';
import { DependencyMap } from '../configuration/index.ts';
import { TYPES, anyMap, id, item, relation } from '../configuration/test-support/any-map.ts';
import { recordId, serviceId } from '../shared/index.ts';
import { MOST_AROUND, aboutOf, changesAround, incidentsAround, itemsAround } from './around-items.ts';
import type { TicketAround } from './around-items.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const NOW = 100 * DAY;

/** The shop is an application on a server, which has power; the mail is another server's. */
function house(): DependencyMap {
  return new DependencyMap(
    TYPES,
    [item('shop', { class: 'service' }), ...['app', 'host', 'power', 'other'].map((name) => item(name))],
    [
      relation('shop', 'needs', 'app'),
      relation('app', 'needs', 'host'),
      relation('host', 'needs', 'power'),
      relation('other', 'needs', 'host'),
    ],
  );
}

function change(name: string, touched: readonly string[], given: Partial<Change> = {}): Change {
  const times = { begins: null, ends: null, startedAt: null, endedAt: null, closedAt: null, madeAt: 0 };
  return {
    ...{ id: recordId(name), title: name, model: 'normal', state: 'closed' },
    ...{ ...times, items: touched.map(id), ...given },
  } as Change;
}
const done = (name: string, touched: readonly string[], daysAgo: number): Change =>
  change(name, touched, { startedAt: NOW - daysAgo * DAY - HOUR, endedAt: NOW - daysAgo * DAY });

const incident = (
  name: string,
  items: readonly string[],
  given: Partial<TicketAround> = {},
): TicketAround => ({
  ...{ id: recordId(name), process: 'incident', state: 'in_progress', service: null },
  ...{ priority: 3, major: null },
  ...{ items: items.map((each) => recordId(each)), ...given },
});

const around = itemsAround(house(), [id('app')]);
const found = (changes: readonly Change[]) =>
  changesAround(around, changes, NOW).map(({ change: { id: is }, item: at, course }) => [is, at, course]);

describe('what is around the items of a ticket', () => {
  test('[CFG-64] itself and what it hangs on, nearest first; what hangs on it is not', () => {
    expect(around).toEqual({
      items: [
        { item: 'app', distance: 0 },
        { item: 'host', distance: 1 },
        { item: 'power', distance: 2 },
      ],
      more: 0,
      joined: new Map(),
    });
    const both = itemsAround(house(), aboutOf({ service: serviceId('shop'), items: [recordId('host')] }));
    expect(both.items.map(({ item: at, distance }) => `${at} ${distance}`)).toEqual([
      ...['host 0', 'shop 0', 'app 1', 'power 1'],
    ]);
  });

  test('[CFG-64] what nobody knows on the map is still looked at itself', () => {
    expect(itemsAround(house(), [id('nowhere')]).items).toEqual([{ item: 'nowhere', distance: 0 }]);
  });

  test('[CFG-64] no more than can be read, and how many there are besides', () => {
    const names = Array.from({ length: MOST_AROUND + 11 }, (_, at) => `i${at}`);
    const long = new DependencyMap(
      TYPES,
      names.map((name) => item(name)),
      names.slice(1).map((name, at) => relation(`i${at}`, 'needs', name)),
    );
    const { items, more } = itemsAround(long, [id('i0')]);
    expect([items.length, items.at(-1)?.distance, more]).toEqual([MOST_AROUND, MOST_AROUND - 1, 11]);
  });

  test('[CFG-64] the same whatever the order in which items and relations came', () => {
    fc.assert(
      fc.property(anyMap, ({ items, relations }) => {
        const there = new DependencyMap(TYPES, items, relations);
        const back = new DependencyMap(TYPES, items.toReversed(), relations.toReversed());
        const about = items.slice(0, 2).map((each) => each.id);
        expect(itemsAround(back, about.toReversed())).toEqual(itemsAround(there, about));
      }),
    );
  });
});

describe('what changed around them', () => {
  test('[CFG-65] what ended within a week, goes on, or is scheduled within a day', () => {
    const scheduled = (name: string, begins: number) =>
      change(name, ['host'], { state: 'scheduled', begins, ends: begins + HOUR });
    expect(
      found([
        done('last week', ['host'], 6),
        done('long ago', ['host'], 8),
        change('for weeks', ['host'], { state: 'implement', startedAt: NOW - 20 * DAY }),
        scheduled('soon', NOW + 23 * HOUR),
        scheduled('far', NOW + 25 * HOUR),
        scheduled('missed', NOW - 2 * HOUR),
        change('only planned', ['host'], { state: 'assess', begins: NOW + HOUR, ends: NOW + 2 * HOUR }),
        change('called off', ['host'], { state: 'cancelled', begins: NOW + HOUR, ends: NOW + 2 * HOUR }),
        done('elsewhere', ['other'], 1),
      ]),
    ).toEqual([
      ['last week', 'host', 'done'],
      ['for weeks', 'host', 'at_work'],
      ['soon', 'host', 'ahead'],
    ]);
  });

  test('[CFG-65] the nearest first, then the newest, what is ahead last; the nearest of what one touches counts', () => {
    const soon = { state: 'scheduled', begins: NOW + HOUR, ends: NOW + 2 * HOUR } as const;
    const all = [
      change('ahead', ['app'], soon),
      done('power', ['power'], 1),
      done('host, older', ['host'], 3),
      done('host, newer', ['host'], 2),
      done('both', ['power', 'app'], 5),
    ];
    expect(found(all).map(([name]) => name)).toEqual([
      ...['both', 'host, newer', 'host, older', 'power', 'ahead'],
    ]);
    expect(found(all)[0]).toEqual(['both', 'app', 'done']);
    expect(found(all.toReversed())).toEqual(found(all));
  });

  test('[CFG-65] without a change that may be read there is none', () => {
    expect(found([])).toEqual([]);
  });
});

describe('what is broken around them', () => {
  test('[CFG-65] open incidents on what they hang on, once each with the nearest, without the ticket itself', () => {
    const tickets = [
      incident('self', ['app']),
      incident('no power', ['power', 'host']),
      incident('dark', ['power']),
      incident('solved', ['host'], { state: 'resolved' }),
      incident('elsewhere', ['other']),
      incident('wish', ['host'], { process: 'desk' }),
    ];
    expect(
      incidentsAround(around, tickets, recordId('self')).map(({ item: at, incidents }) => [
        at,
        ...incidents.map((each) => each.id),
      ]),
    ).toEqual([
      ['host', 'no power'],
      ['power', 'dark'],
    ]);
  });

  test('[CFG-131] the gravest first: major ones, then by priority, then the newest', () => {
    const major = { state: 'accepted' } as TicketAround['major'];
    const over = { state: 'ended' } as unknown as TicketAround['major'];
    const tickets = [
      incident('a', ['host'], { priority: 3 }),
      incident('b', ['host'], { priority: 1 }),
      incident('c', ['host'], { priority: 3, major: over }),
      incident('d', ['host'], { priority: 2, major }),
    ];
    const [first] = incidentsAround(around, tickets, recordId('self'));
    expect(first?.incidents.map(({ id: each }) => each)).toEqual(['d', 'b', 'c', 'a']);
  });

  test('[CFG-65] an incident of a service stands with it', () => {
    const ofShop = itemsAround(house(), [id('shop')]);
    const other = incident('also', [], { service: serviceId('shop') });
    expect(incidentsAround(ofShop, [other], recordId('self'))).toMatchObject([{ item: 'shop', distance: 0 }]);
  });
});
