import { describe, expect, test } from 'vitest';
import { DependencyMap } from '../configuration/index.ts';
import { TYPES, id, item, relation } from '../configuration/test-support/any-map.ts';
import type { Release } from '../release/index.ts';
import { recordId, serviceId } from '../shared/index.ts';
import { itemsAround } from './around-items.ts';
import { releasesAround } from './releases-around.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = 100 * DAY;

/** The shop needs the mail; the phone stands by itself. */
const map = new DependencyMap(
  TYPES,
  ['shop', 'mail', 'phone'].map((name) => item(name, { class: 'service' })),
  [relation('shop', 'needs', 'mail')],
);

function release(name: string, services: readonly string[], given: Partial<Release> = {}): Release {
  const times = { deployingAt: NOW - DAY, hypercareAt: NOW - DAY / 2, endedAt: null };
  return {
    ...{ id: recordId(name), title: name, services: services.map((each) => serviceId(each)) },
    ...{ ...times, ...given },
  } as Release;
}

const found = (...releases: readonly Release[]) =>
  releasesAround(itemsAround(map, [id('shop')]), releases, NOW).map(
    ({ release: { id: is }, item: at, distance, to }) => [is, at, distance, to],
  );

describe('releases around a ticket', () => {
  test('[CFG-109] are those that went to its service or to one that this hangs on, the nearest first', () => {
    expect(
      found(
        release('mail only', ['mail']),
        release('both', ['mail', 'shop']),
        release('phone', ['phone']),
        release('goes on', ['mail'], { deployingAt: NOW - 9 * DAY, hypercareAt: null }),
      ),
    ).toEqual([
      ['both', 'shop', 0, NOW - DAY / 2],
      ['mail only', 'mail', 1, NOW - DAY / 2],
      ['goes on', 'mail', 1, null],
    ]);
  });

  test('[CFG-109] are none that was only planned, or is over for more than a week', () => {
    const long = { deployingAt: NOW - 9 * DAY, hypercareAt: NOW - 8 * DAY };
    expect(
      found(release('planned', ['shop'], { deployingAt: null }), release('old', ['shop'], long)),
    ).toEqual([]);
  });
});
