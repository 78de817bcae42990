import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUlid } from './ids.ts';
import { RECORD_ID_CHOICES, makeRecordId } from './record-id.ts';

const SEED = 20_261_123;
const instant = fc.nat({ max: 2 ** 48 - 1 });
const random = fc.nat({ max: RECORD_ID_CHOICES - 1 });

describe('ids of new records', () => {
  test('are ULIDs that sort by time, one for each time and number', () => {
    fc.assert(
      fc.property(instant, random, instant, random, (at, number, otherAt, otherNumber) => {
        const [one, other] = [makeRecordId(at, number), makeRecordId(otherAt, otherNumber)];
        expect(isUlid(one)).toBe(true);
        expect(one === other).toBe(at === otherAt && number === otherNumber);
        if (at < otherAt) expect(one < other).toBe(true);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
