import { describe, expect, it } from 'vitest';
import { recordId } from '../../shared/index.ts';
import { controlChart } from './control-chart.ts';
import { effectOf } from './fix-effect.ts';
import { paretoOf } from './pareto.ts';
import { recurrencesIn } from './recurrence.ts';
import type { TrendIncident } from './recurrence.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 28);

let made = 0;
/** An incident of so many days ago. */
function incident(days: number, fields: Partial<TrendIncident> = {}): TrendIncident {
  made += 1;
  const plain = { key: 'mail', items: [], isMajor: false, resolved: false, reopened: false };
  return { id: recordId(`i${made}`), openedAt: NOW - days * DAY, ...plain, ...fields };
}

const rulesOf = (incidents: readonly TrendIncident[]) =>
  recurrencesIn(incidents, NOW).map(({ rule, of, evidence }) => `${rule} ${of} ${evidence.length}`);

describe('a Pareto', () => {
  it('[PRB-20] puts the most first, adds up, and ends the vital few where they reach 80 %', () => {
    const counts = [2, 50, 0, 30, 10, 8].map((count, at) => ({ group: `g${at}`, count }));
    expect(paretoOf(counts)).toEqual([
      { group: 'g1', count: 50, cumulative: 0.5, isVital: true },
      { group: 'g3', count: 30, cumulative: 0.8, isVital: true },
      { group: 'g4', count: 10, cumulative: 0.9, isVital: false },
      { group: 'g5', count: 8, cumulative: 0.98, isVital: false },
      { group: 'g0', count: 2, cumulative: 1, isVital: false },
    ]);
    expect(paretoOf([])).toEqual([]);
    expect(paretoOf([{ group: 'only', count: 3 }])).toEqual([
      { group: 'only', count: 3, cumulative: 1, isVital: true },
    ]);
  });
});

describe('a control chart', () => {
  it('[PRB-21] holds each week against up to twelve before it, and says nothing of the first four', () => {
    const chart = controlChart([4, 6, 4, 6, 5, 9]);
    expect(chart.slice(0, 4).every(({ baseline, isOut }) => baseline === null && !isOut)).toBe(true);
    expect(chart[4]).toEqual({
      count: 5,
      baseline: { mean: 5, deviation: 1 },
      lower: 2,
      upper: 8,
      isOut: false,
    });
    expect(chart[5]?.isOut).toBe(true);
    // too quiet is out of control as well
    expect(controlChart([20, 20, 20, 20, 20, 10]).at(-1)?.isOut).toBe(true);
    expect(controlChart([1, 1, 1, 1, 1]).at(-1)).toMatchObject({ lower: 0, upper: 4, isOut: false });
    const long = controlChart([100, ...Array.from({ length: 12 }, () => 5), 5]);
    expect(long.at(-1)?.baseline).toEqual({ mean: 5, deviation: 0 });
  });

  it('[PRB-21] raises no alarm for the first incident after quiet weeks', () => {
    expect(controlChart([0, 0, 0, 0, 0, 3, 4]).map(({ isOut }) => isOut)).toEqual([
      ...[false, false, false, false, false, false],
      true,
    ]);
  });
});

describe('recurrence', () => {
  it('[PRB-22] is three of the same in thirty days, with those three', () => {
    expect(rulesOf([incident(29), incident(20), incident(10)])).toEqual(['count mail 3']);
    expect(rulesOf([incident(31), incident(20), incident(10)])).toEqual([]);
    expect(rulesOf([incident(29), incident(20), incident(10, { key: 'print' })])).toEqual([]);
    expect(recurrencesIn([incident(1), incident(-1), incident(2)], NOW)).toEqual([]);
    const [last, first, second] = [incident(10), incident(29), incident(20)];
    expect(recurrencesIn([last, first, second], NOW)).toMatchObject([
      { evidence: [first.id, second.id, last.id] },
    ]);
  });

  it('[PRB-22] is a week far above the twelve before it', () => {
    const steady = Array.from({ length: 12 }, (_, week) => incident(7 * week + 8));
    const high = [incident(1), incident(2), incident(3), incident(4)];
    expect(rulesOf([...steady, ...high])).toContain('week mail 4');
    expect(rulesOf([...steady, incident(1)]).some((told) => told.startsWith('week'))).toBe(false);
    // that week is not among those that it is held against
    const uneven = [1, 3, 5, 7, 9, 11].flatMap((week) => [1, 2, 3, 4].map((day) => incident(7 * week + day)));
    const week = Array.from({ length: 7 }, () => incident(1));
    expect(rulesOf([...uneven, ...week])).toContain('week mail 7');
  });

  it('[PRB-22] is more than a fifth that came back, of at least five', () => {
    const ended = (reopened: boolean, at: number) => incident(40 + 40 * at, { resolved: true, reopened });
    const five = [true, true, false, false, false].map(ended);
    expect(rulesOf(five)).toEqual(['reopened mail 2']);
    expect(rulesOf(five.slice(0, 4))).toEqual([]);
    expect(rulesOf([true, false, false, false, false].map(ended))).toEqual([]);
  });

  it('[PRB-22] is two major incidents of an item in ninety days, whatever their key', () => {
    const major = (days: number, key: string) =>
      incident(days, { key, isMajor: true, items: [recordId('switch')] });
    expect(rulesOf([major(80, 'a'), major(5, 'b')])).toEqual(['majors switch 2']);
    expect(rulesOf([major(91, 'a'), major(5, 'b')])).toEqual([]);
    const plain = { ...major(5, 'b'), isMajor: false };
    expect(rulesOf([major(80, 'a'), plain])).toEqual([]);
    const nowhere = ['a', 'b'].map((key) => ({ ...major(5, key), items: [] }));
    expect(rulesOf(nowhere)).toEqual([]);
  });

  it('[PRB-22] counts a major incident with each item that it is about, once', () => {
    const major = (days: number, ...items: readonly string[]) =>
      incident(days, { key: `${days}`, isMajor: true, items: items.map((item) => recordId(item)) });
    expect(rulesOf([major(80, 'switch'), major(5, 'array', 'switch')])).toEqual(['majors switch 2']);
    expect(rulesOf([major(80, 'b', 'a'), major(5, 'a', 'b')])).toEqual(['majors b 2', 'majors a 2']);
    expect(rulesOf([major(5, 'a', 'a')])).toEqual([]);
  });
});

describe('the effect of a fix', () => {
  it('[PRB-23] is not judged where none came before it', () => {
    for (const openings of [[], [NOW + DAY, NOW + 2 * DAY]])
      expect(effectOf(NOW, openings, NOW + 30 * DAY)).toMatchObject({ before: 0, verdict: null });
  });

  it('[PRB-23] is what came in the thirty days before it and after it', () => {
    const openings = [-31, -30, -3, -1, 0, 5, 29, 30].map((days) => NOW + days * DAY);
    expect(effectOf(NOW, openings, NOW + 40 * DAY)).toEqual({
      ...{ before: 3, after: 3, daysOver: 30, verdict: 'as-before' },
    });
    expect(effectOf(NOW, openings, NOW + 6 * DAY)).toEqual({
      before: 3,
      after: 2,
      daysOver: 6,
      verdict: null,
    });
    expect(effectOf(NOW, openings.slice(0, 4), NOW + 30 * DAY).verdict).toBe('gone');
    expect(effectOf(NOW, openings.slice(0, 5), NOW + 30 * DAY).verdict).toBe('fewer');
    expect(effectOf(NOW, openings.slice(3), NOW + 30 * DAY).verdict).toBe('more');
  });
});
