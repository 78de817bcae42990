import { describe, expect, it } from 'vitest';
import { clockOf, spentWords, timeLevel, timeWords } from './item-time.ts';

const MINUTE = 60_000;

describe('[CHG-96] the time of an item', () => {
  it.each([
    [5, 'early'],
    [5.1, 'half'],
    [7.5, 'half'],
    [7.6, 'late'],
    [10, 'late'],
    [10.1, 'over'],
  ])('at %s of ten minutes is %s', (minutes, level) => {
    expect(timeLevel(minutes * MINUTE, 10)).toBe(level);
  });

  it('is said in words, so that nobody has to see a colour', () => {
    expect(timeWords(0, 10)).toBe('0 min of 10 min');
    expect(timeWords(3.2 * MINUTE, 10)).toBe('3 min of 10 min');
    expect(timeWords(11.5 * MINUTE, 10)).toBe('2 min over 10 min');
    expect([clockOf(7_000), clockOf(750_000), clockOf(3_725_000)]).toEqual(['0:07', '12:30', '1:02:05']);
    expect([spentWords(30_000), spentWords(90_000)]).toEqual(['0 min', '1 min']);
  });
});
