import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../change/index.ts';
import { LOOK_BACK_MS, changesMade, releasesMade, whatChanged } from './index.ts';
import { recordId, serviceId } from '../shared/index.ts';
import type { ChangeFact } from './index.ts';

const BEGAN = 100 * LOOK_BACK_MS;
const INCIDENT = { began: BEGAN, now: BEGAN + LOOK_BACK_MS / 4 };
const HOUR = LOOK_BACK_MS / 24;

const change = (
  id: string,
  from: number,
  touched: readonly string[],
  to: number | null = from,
): ChangeFact => ({
  id,
  kind: 'change',
  title: id,
  record: null,
  from,
  to,
  touched,
});

/** `mail` is affected; `relay` is one step away, `rack` two. */
const distance = (id: string): number | null => ({ mail: 0, relay: 1, rack: 2 })[id] ?? null;

const idsOf = (changes: readonly ChangeFact[]) =>
  whatChanged(changes, INCIDENT, distance).map((ranked) => ranked.change.id);

describe('changes as what changed', () => {
  const made = (given: Partial<Change>): Change =>
    ({
      ...{ id: 'c1', title: 'Relay', items: ['mail'], model: 'normal', madeAt: 1 },
      ...{ startedAt: null, endedAt: null, closedAt: null },
      ...given,
    }) as Change;

  test('[FLW-14] count from their begin to the end of their work', () => {
    expect(changesMade([made({ startedAt: 5, endedAt: 9, closedAt: 20 })])).toEqual([
      { id: 'c1', kind: 'change', title: 'Relay', record: 'c1', from: 5, to: 9, touched: ['mail'] },
    ]);
    expect(changesMade([made({ startedAt: 5 })])).toMatchObject([{ from: 5, to: null }]);
    expect(changesMade([made({ model: 'unauthorised' })])).toMatchObject([{ from: 1, to: null }]);
    expect(changesMade([made({}), made({ closedAt: 7 })])).toEqual([]);
  });

  test('[FLW-14] and releases from when they began to be carried out until they were watched', () => {
    const release = {
      ...{ id: recordId('r1'), title: 'Winter', services: [serviceId('mail')] },
      ...{ deployingAt: 5, hypercareAt: null, endedAt: null },
    };
    expect(
      releasesMade([
        { ...release, hypercareAt: 9, endedAt: 20 },
        release,
        { ...release, endedAt: 30 },
        { ...release, deployingAt: null },
      ]),
    ).toMatchObject([
      { kind: 'release', record: 'r1', from: 5, to: 9, touched: ['mail'] },
      { from: 5, to: null },
      { from: 5, to: 30 },
    ]);
  });
});

describe('what changed', () => {
  test('[FLW-12] is what touched something that depends, from a day before the beginning until now', () => {
    expect(
      idsOf([
        change('long ago', BEGAN - 25 * HOUR, ['mail']),
        change('long, and still going on', BEGAN - 90 * HOUR, ['mail'], null),
        change('the night before', BEGAN - 9 * HOUR, ['mail']),
        change('meanwhile', BEGAN + HOUR, ['mail']),
        change('ahead', INCIDENT.now + HOUR, ['mail']),
        change('elsewhere', BEGAN - HOUR, ['printer']),
      ]),
    ).toEqual(['meanwhile', 'the night before', 'long, and still going on']);
  });

  test('[FLW-13] stands nearest first, then newest; of several things touched the nearest counts', () => {
    expect(
      idsOf([
        change('rack', BEGAN - HOUR, ['rack']),
        change('relay, older', BEGAN - 3 * HOUR, ['relay']),
        change('relay, newer', BEGAN - 2 * HOUR, ['relay']),
        change('rack and mail', BEGAN - 9 * HOUR, ['rack', 'mail', 'printer']),
      ]),
    ).toEqual(['rack and mail', 'relay, newer', 'relay, older', 'rack']);
    const [both] = whatChanged([change('c', BEGAN, ['rack', 'relay', 'printer'])], INCIDENT, distance);
    expect(both).toMatchObject({ distance: 1, nearest: 'relay' });
  });

  test('[FLW-13] the order of asking changes nothing', () => {
    const all = fc.array(
      fc.record({ hours: fc.integer({ min: 0, max: 20 }), at: fc.constantFrom('mail', 'relay', 'rack') }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(all, (some) => {
        const changes = some.map(({ hours, at }, n) => change(`${n}`, BEGAN - hours * HOUR - n, [at]));
        expect(idsOf(changes.toReversed())).toEqual(idsOf(changes));
      }),
    );
  });
});
