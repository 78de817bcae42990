import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultOfRecurrence, occurrencesBetween, occurrencesFrom } from './recurrence.ts';
import type { Recurrence } from './recurrence.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (iso: string): number => Date.parse(iso);
const begins = (recurrence: Recurrence, from: number, to: number, zone = 'UTC') =>
  occurrencesBetween(recurrence, from, to, zone).map((each) => new Date(each.from).toISOString());

/** Saturdays, every second week, from ten in the evening to four, in Zurich. */
const NIGHTS: Recurrence = {
  zone: 'Europe/Zurich',
  begins: '2026-06-06T22:00',
  ends: '2026-06-07T04:00',
  repeats: { unit: 'week', every: 2, weekdays: [6], until: '2026-12-31' },
};

describe('windows that come again', () => {
  test('[CHG-35] every second week, to the last day and no further', () => {
    expect(begins(NIGHTS, at('2026-06-01'), at('2026-07-10'))).toEqual([
      '2026-06-06T20:00:00.000Z',
      '2026-06-20T20:00:00.000Z',
      '2026-07-04T20:00:00.000Z',
    ]);
    expect(begins(NIGHTS, at('2026-12-21'), at('2027-03-01'))).toEqual([]);
    expect(begins(NIGHTS, at('2026-01-01'), at('2026-06-06'))).toEqual([]);
  });

  test('[CHG-35] several weekdays, and those of the first week that lie before the first begin do not count', () => {
    const days: Recurrence = {
      ...NIGHTS,
      begins: '2026-06-03T22:00',
      ends: '2026-06-04T04:00',
      repeats: { unit: 'week', every: 1, weekdays: [1, 3], until: null },
    };
    expect(begins(days, at('2026-06-01'), at('2026-06-10T12:00Z'))).toEqual([
      '2026-06-03T20:00:00.000Z',
      '2026-06-08T20:00:00.000Z',
    ]);
  });

  test('[CHG-35] one in the hour that the clock leaves out ends after it begins, as long as on other days', () => {
    const night = (begin: string, end: string): Recurrence => ({
      ...{ zone: 'Europe/Zurich', begins: `2026-03-28T${begin}`, ends: `2026-03-28T${end}` },
      repeats: { unit: 'day', every: 1, weekdays: [], until: null },
    });
    const that = (of: Recurrence) =>
      occurrencesBetween(of, at('2026-03-29T00:00Z'), at('2026-03-29T12:00Z'), 'UTC');
    expect(that(night('02:30', '03:00'))).toEqual([
      { from: at('2026-03-29T01:30Z'), to: at('2026-03-29T02:00Z') },
    ]);
    expect(that(night('02:30', '03:30'))).toEqual([
      { from: at('2026-03-29T01:30Z'), to: at('2026-03-29T02:30Z') },
    ]);
    expect(that(night('01:30', '03:30'))).toEqual([
      { from: at('2026-03-29T00:30Z'), to: at('2026-03-29T01:30Z') },
    ]);
  });

  test('[CHG-35] hours keep to the wall clock when the zone changes its offset', () => {
    const daily: Recurrence = {
      zone: 'Europe/Zurich',
      begins: '2026-10-24T22:00',
      ends: '2026-10-25T04:00',
      repeats: { unit: 'day', every: 1, weekdays: [], until: null },
    };
    const [longer, usual] = occurrencesBetween(
      daily,
      at('2026-10-24T12:00Z'),
      at('2026-10-26T00:00Z'),
      'UTC',
    );
    expect(longer).toEqual({ from: at('2026-10-24T20:00Z'), to: at('2026-10-25T03:00Z') });
    expect(usual?.from).toBe(at('2026-10-25T21:00Z'));
  });

  test('[CHG-35] what floats goes by the clock of the one who asks', () => {
    const floating = { ...NIGHTS, zone: null };
    const day = [at('2026-06-06'), at('2026-06-08')] as const;
    expect(begins(floating, ...day, 'Asia/Tokyo')).toEqual(['2026-06-06T13:00:00.000Z']);
    expect(begins(floating, ...day, 'America/New_York')).toEqual(['2026-06-07T02:00:00.000Z']);
  });

  test.each([
    [{ ends: '2026-06-06T22:00' }, 'ends-before-begin'],
    [{ zone: 'Mars/Olympus' }, { field: 'zone', value: 'Mars/Olympus' }],
    [{ begins: '2026-02-30T10:00' }, { field: 'begins', value: '2026-02-30T10:00' }],
    [{ repeats: { unit: 'week', every: 0, weekdays: [], until: null } }, { field: 'every', value: 0 }],
    [{ repeats: { unit: 'week', every: 1, weekdays: [8], until: null } }, { field: 'weekdays', value: 8 }],
    [{ repeats: { unit: 'day', every: 1, weekdays: [], until: '2026-01-01' } }, 'ends-before-begin'],
    [
      { begins: '0001-01-06T22:00', ends: '9999-06-07T04:00' },
      { field: 'ends', value: '9999-06-07T04:00' },
    ],
    [
      { ends: '2026-06-07T22:01', repeats: { unit: 'day', every: 1, weekdays: [], until: null } },
      { field: 'ends', value: '2026-06-07T22:01' },
    ],
    [
      { ends: '2026-06-08T22:01', repeats: { unit: 'week', every: 1, weekdays: [6, 1], until: null } },
      { field: 'ends', value: '2026-06-08T22:01' },
    ],
  ] as const)('[CHG-35] %o is no window', (given, fault) => {
    expect(faultOfRecurrence(NIGHTS)).toBeNull();
    expect(faultOfRecurrence({ ...NIGHTS, ...given })).toEqual(fault);
  });

  test.each([
    ['2026-06-07T22:00', { unit: 'day', every: 1, weekdays: [], until: null }],
    ['2026-06-08T22:00', { unit: 'week', every: 1, weekdays: [6, 1, 6], until: null }],
    ['2026-06-20T22:00', { unit: 'week', every: 2, weekdays: [], until: null }],
    ['9999-06-06T22:00', null],
  ] as const)('[CHG-35] one that lasts until %s may touch the next, given %o', (ends, repeats) => {
    expect(faultOfRecurrence({ ...NIGHTS, ends, repeats })).toBeNull();
  });

  test('[CHG-35] occurrences are remembered, but not without end', () => {
    const daily: Recurrence = { ...NIGHTS, repeats: { unit: 'day', every: 1, weekdays: [], until: null } };
    const first = () => occurrencesBetween(daily, at('2026-06-06'), at('2026-06-07'), 'UTC')[0];
    const remembered = first();
    expect(first()).toBe(remembered);
    expect([...occurrencesFrom(daily, at('2027-01-01'), 1_000, 'UTC')].length).toBeGreaterThan(1_000);
    expect(first()).not.toBe(remembered);
    expect(first()).toEqual(remembered);
  });

  const recurrence: fc.Arbitrary<Recurrence> = fc
    .record({
      zone: fc.constantFrom('Europe/Zurich', 'America/New_York', 'Australia/Lord_Howe', 'UTC', null),
      first: fc.integer({ min: 0, max: 300 }),
      hours: fc.integer({ min: 1, max: 80 }),
      unit: fc.constantFrom('day' as const, 'week' as const),
      every: fc.integer({ min: 1, max: 3 }),
      weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
    })
    .map(({ zone, first, hours, ...repeats }) => {
      const from = at('2026-01-01T21:00Z') + first * DAY;
      const local = (instant: number) => new Date(instant).toISOString().slice(0, 16);
      return {
        zone,
        begins: local(from),
        ends: local(from + hours * HOUR),
        repeats: { ...repeats, until: null },
      };
    });

  test('[CHG-35] a stretch has those of its parts, in order, and none that does not overlap it', () => {
    const instant = fc.integer({ min: at('2026-01-01'), max: at('2026-12-31') });
    const days = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(recurrence, instant, days, days, (any, from, one, two) => {
        const [middle, to] = [from + one * DAY, from + (one + two) * DAY];
        const all = occurrencesBetween(any, from, to, 'Asia/Tokyo');
        const parts = [
          ...occurrencesBetween(any, from, middle, 'Asia/Tokyo'),
          ...occurrencesBetween(any, middle, to, 'Asia/Tokyo'),
        ];
        expect(new Set(parts.map((each) => each.from))).toEqual(new Set(all.map((each) => each.from)));
        expect(all.every((each) => each.from < to && each.to > from)).toBe(true);
        expect(all.map((each) => each.from)).toEqual(all.map((each) => each.from).toSorted((a, b) => a - b));
        expect([...occurrencesFrom(any, from, 40, 'Asia/Tokyo')].slice(0, all.length)).toEqual(all);
      }),
    );
  });
});
