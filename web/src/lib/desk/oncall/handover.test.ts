import { describe, expect, test } from 'vitest';
import { isCut, wholeWithin } from './handover.ts';

const WEEK = 7 * 24 * 3_600_000;

/** Turns of a week, cut to the time that is asked for, as shifts are. */
const turns = (from: number, to: number) =>
  Array.from({ length: 40 }, (_, index) => ({ from: (index - 20) * WEEK, to: (index - 19) * WEEK }))
    .filter((turn) => turn.to > from && turn.from < to)
    .map((turn) => ({ from: Math.max(turn.from, from), to: Math.min(turn.to, to) }));

describe('shifts within a time', () => {
  test('are told from their true begin to their true end', () => {
    expect(wholeWithin(turns, WEEK / 2, 1.5 * WEEK)).toEqual([
      { from: 0, to: WEEK },
      { from: WEEK, to: 2 * WEEK },
    ]);
  });

  test('one that goes on beyond what is looked at is known as such', () => {
    const [endless] = wholeWithin((from, to) => [{ from, to }], 0, WEEK);
    expect(endless && isCut(endless, 0, WEEK)).toEqual({ begin: true, end: true });
    expect(isCut({ from: 0, to: WEEK }, 0, WEEK)).toEqual({ begin: false, end: false });
  });
});
