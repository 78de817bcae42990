import { isUlid } from '@muster/domain/shared';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stableId, stableRecordId } from './stable-id.ts';

const SEED = 20_261_123;

describe('ids of what is imported', () => {
  test('depend on where it comes from and on nothing else', () => {
    expect(stableRecordId('servicenow', 'INC0001973')).toBe(stableRecordId('servicenow', 'INC0001973'));
    const others = [
      stableRecordId('demo', 'INC0001973'),
      stableRecordId('servicenow', 'INC001973'),
      stableRecordId('servicenow', 'RITM0001973'),
      stableRecordId('servicenow', 'INC0001974'),
      stableId('servicenow', 'person', 'INC0001973'),
    ];
    expect(new Set([stableRecordId('servicenow', 'INC0001973'), ...others]).size).toBe(6);
  });

  test('are ULIDs, and different for whatever a source calls its records', () => {
    const name = fc.oneof(
      fc.string(),
      fc.nat().map(String),
      fc.stringMatching(/^[A-Z]{2,4}-?0{0,3}[0-9]{1,9}$/),
    );
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 30 }), (names) => {
        const ids = names.map((one) => stableRecordId('source', one));
        expect(ids.every(isUlid)).toBe(true);
        expect(new Set(ids).size).toBe(names.length);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
