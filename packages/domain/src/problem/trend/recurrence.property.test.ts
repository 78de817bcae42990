import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordId } from '../../shared/index.ts';
import { LEAST_CAME_BACK, RECURRENCE_REACH_MS, recurrencesIn } from './recurrence.ts';
import type { Recurrence, TrendIncident } from './recurrence.ts';

const DAY_MS = 86_400_000;
const NOW = 1_000 * DAY_MS;

const history = fc
  .array(
    fc.record({
      // most of it near, some of it long ago
      daysAgo: fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.nat(900)),
      key: fc.constantFrom('mail', 'web', 'print'),
      items: fc.subarray(['relay', 'proxy'].map(recordId)),
      isMajor: fc.boolean(),
      resolved: fc.boolean(),
      reopened: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((all) =>
    all.map(({ daysAgo, resolved, ...rest }, at): TrendIncident => {
      const id = recordId(`incident-${at}`);
      return { ...rest, id, openedAt: NOW - daysAgo * DAY_MS, resolved: resolved || rest.reopened };
    }),
  );

const told = (found: readonly Recurrence[]) =>
  found.map(({ rule, of, evidence }) => `${rule} ${of} ${evidence.join()}`).toSorted();

it('[PRB-24] asks for nothing beyond its reach but what came back more than once', () => {
  fc.assert(
    fc.property(history, (all) => {
      const back = Map.groupBy(
        all.filter(({ reopened }) => reopened),
        ({ key }) => key,
      );
      const asked = all.filter(
        ({ key, openedAt }) =>
          openedAt >= NOW - RECURRENCE_REACH_MS || (back.get(key)?.length ?? 0) >= LEAST_CAME_BACK,
      );
      expect(told(recurrencesIn(asked, NOW))).toEqual(told(recurrencesIn(all, NOW)));
    }),
    { numRuns: 300 },
  );
});
