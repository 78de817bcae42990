import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordId } from '../../shared/index.ts';
import { LEAST_CAME_BACK, RECURRENCE, RECURRENCE_REACH_MS, recurrencesIn } from './recurrence.ts';
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

/** Of all that was ever resolved of a key. */
function cameBackTooOften(all: readonly TrendIncident[], of: string): boolean {
  const ended = all.filter(({ key, resolved }) => key === of && resolved);
  const back = ended.filter(({ reopened }) => reopened).length;
  return back >= LEAST_CAME_BACK && back > RECURRENCE.reopened * ended.length;
}

it('[PRB-24] [PRB-70] asks for nothing beyond its reach but of what came back too often, where all else came back never', () => {
  fc.assert(
    fc.property(history, (all) => {
      const back = new Set(all.map(({ key }) => key).filter((key) => cameBackTooOften(all, key)));
      const asked = all
        .filter(({ key, openedAt }) => openedAt >= NOW - RECURRENCE_REACH_MS || back.has(key))
        .map((one) => ({ ...one, reopened: one.reopened && back.has(one.key) }));
      expect(told(recurrencesIn(asked, NOW))).toEqual(told(recurrencesIn(all, NOW)));
    }),
    { numRuns: 300 },
  );
});
