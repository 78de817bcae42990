import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placed } from './steady.ts';

const entry = (key: string, wanted: number, weight = 1) => ({ key, height: 10, wanted, weight });

describe('a column', () => {
  it('[CFG-85] leaves where they are what does not touch, and moves the others the same way apart', () => {
    const at = placed([entry('a', 0), entry('b', 100), entry('c', 100), entry('d', 300)], 2);
    expect([...at]).toEqual([
      ['a', 0],
      ['b', 94],
      ['c', 106],
      ['d', 300],
    ]);
  });

  it('[CFG-85] moves what is new rather than what was there', () => {
    const at = placed([entry('old', 50, 1e9), entry('new', 50)], 0);
    expect(at.get('old')).toBeCloseTo(50);
    expect(at.get('new')).toBeCloseTo(60);
  });

  it('[CFG-85] keeps the order and the distance, and moves no less than any other way that does', () => {
    const wanted = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(
        wanted,
        fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 7, maxLength: 7 }),
        (given, by) => {
          const entries = given.toSorted((a, b) => a - b).map((at, place) => entry(String(place), at));
          const cost = (places: readonly number[]) =>
            places.reduce((sum, at, place) => sum + (at - (entries[place]?.wanted ?? 0)) ** 2, 0);
          const answer = entries.map(({ key }) => placed(entries, 4).get(key) ?? NaN);
          for (const [place, at] of answer.slice(1).entries())
            expect(at - (answer[place] ?? 0)).toBeGreaterThanOrEqual(14 - 1e-9);
          // any other way: each at least so far below the one before it
          const other: number[] = [];
          for (const [place, { wanted: at }] of entries.entries())
            other.push(Math.max(at + (by[place] ?? 0), (other.at(-1) ?? -Infinity) + 14));
          expect(cost(answer)).toBeLessThanOrEqual(cost(other) + 1e-6);
        },
      ),
    );
  });
});
