import { CalendarDate, Time, toCalendarDateTime } from '@internationalized/date';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BusinessCalendar } from '../directory.ts';
import { addBusinessTime, businessTimeBetween } from './arithmetic.ts';
import { wallClock } from './wall-clock.ts';
import { OFFICE_HOURS, ROUND_THE_CLOCK } from '../test-support/organisation.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const zurich = (iso: string): number => Date.parse(iso);

describe('opening hours', () => {
  test('[DSK-59] four hours from 16:00 end at 11:00 on the next working day', () => {
    expect(addBusinessTime(OFFICE_HOURS, zurich('2026-06-01T16:00+02:00'), 4 * HOUR)).toBe(
      zurich('2026-06-02T11:00+02:00'),
    );
    expect(addBusinessTime(OFFICE_HOURS, zurich('2026-06-05T16:00+02:00'), 4 * HOUR)).toBe(
      zurich('2026-06-08T11:00+02:00'),
    );
  });

  test('[DSK-59] holidays have no hours', () => {
    const eve = zurich('2026-12-24T16:00+01:00');
    expect(addBusinessTime(OFFICE_HOURS, eve, 2 * HOUR)).toBe(zurich('2026-12-28T09:00+01:00'));
    expect(businessTimeBetween(OFFICE_HOURS, eve, eve + 2 * DAY)).toBe(HOUR);
  });

  test('[DSK-59] hours keep to the wall clock when the zone changes its offset', () => {
    const friday = zurich('2026-03-27T16:00+01:00');
    expect(addBusinessTime(OFFICE_HOURS, friday, 2 * HOUR)).toBe(zurich('2026-03-30T09:00+02:00'));
    const autumn = zurich('2026-10-23T16:00+02:00');
    expect(addBusinessTime(OFFICE_HOURS, autumn, 2 * HOUR)).toBe(zurich('2026-10-26T09:00+01:00'));
  });

  test.each([
    ['spring', '2026-03-29T00:00+01:00', 23],
    ['autumn', '2026-10-25T00:00+02:00', 25],
  ])('[DSK-59] a day of 24 opening hours has as many as the %s day is long', (_season, midnight, hours) => {
    const always = { ...ROUND_THE_CLOCK, zone: 'Europe/Zurich' };
    const from = zurich(midnight);
    expect(businessTimeBetween(always, from, from + hours * HOUR)).toBe(hours * HOUR);
    expect(addBusinessTime(always, from, 48 * HOUR)).toBe(from + 48 * HOUR);
  });

  test('[DSK-59] an hour that the clock shows twice is open twice', () => {
    const early = { ...OFFICE_HOURS, hours: [{ weekday: 7, from: 0, to: 150 }] };
    const midnight = zurich('2026-10-25T00:00+02:00');
    expect(businessTimeBetween(early, midnight, midnight + DAY)).toBe(3.5 * HOUR);
  });

  test('[DSK-59] hours that overlap count once, and night shifts cross midnight', () => {
    const shifts: BusinessCalendar = {
      ...OFFICE_HOURS,
      hours: [
        { weekday: 1, from: 20 * 60, to: 24 * 60 },
        { weekday: 1, from: 22 * 60, to: 23 * 60 },
        { weekday: 2, from: 0, to: 4 * 60 },
      ],
    };
    const monday = zurich('2026-06-01T12:00+02:00');
    expect(businessTimeBetween(shifts, monday, monday + DAY)).toBe(8 * HOUR);
    expect(addBusinessTime(shifts, monday, 5 * HOUR)).toBe(zurich('2026-06-02T01:00+02:00'));
  });

  test('[DSK-59] a calendar without hours never comes to an end, and counts nothing', () => {
    const never = { ...OFFICE_HOURS, hours: [] };
    expect(addBusinessTime(never, 0, 1)).toBeNull();
    expect(businessTimeBetween(never, 0, 100 * DAY)).toBe(0);
    expect(addBusinessTime(never, 7, 0)).toBe(7);
  });
});

/** Random calendars in zones with odd offsets and odd changes of them. fast-check prints seed and path. */
const calendar: fc.Arbitrary<BusinessCalendar> = fc.record({
  id: fc.constant('any'),
  name: fc.constant('any'),
  zone: fc.constantFrom('Europe/Zurich', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'),
  hours: fc.array(
    fc
      .record({ weekday: fc.integer({ min: 1, max: 7 }), a: fc.nat(1440), b: fc.nat(1440) })
      .map(({ weekday, a, b }) => ({ weekday, from: Math.min(a, b), to: Math.max(a, b) })),
    { minLength: 1, maxLength: 8 },
  ),
  holidays: fc.subarray(['2026-01-01', '2026-03-29', '2026-10-25', '2026-11-01']),
});

const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) });
const span = fc.integer({ min: 0, max: 60 * DAY });

describe('any calendar', () => {
  test('[DSK-59] time between adds up, and is never more than the time that passes', () => {
    fc.assert(
      fc.property(calendar, instant, span, span, (any, from, one, two) => {
        const [mid, to] = [from + one, from + one + two];
        const whole = businessTimeBetween(any, from, to);
        expect(whole).toBe(businessTimeBetween(any, from, mid) + businessTimeBetween(any, mid, to));
        expect(whole).toBeGreaterThanOrEqual(0);
        expect(whole).toBeLessThanOrEqual(to - from);
      }),
    );
  });

  test('[DSK-59] adding time and counting it agree, and no earlier instant would do', () => {
    fc.assert(
      fc.property(calendar, instant, fc.integer({ min: 1, max: 40 * HOUR }), (any, from, ms) => {
        const due = addBusinessTime(any, from, ms);
        fc.pre(due !== null);
        expect(businessTimeBetween(any, from, due)).toBe(ms);
        expect(businessTimeBetween(any, from, due - 1)).toBe(ms - 1);
      }),
    );
  });
});

test('[DSK-59] a wall clock says what the history of its zone says, also where days are long, short or missing', () => {
  const zone = fc.constantFrom(
    ...['Europe/Zurich', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'],
    ...['Africa/Casablanca', 'America/Sao_Paulo', 'Pacific/Kiritimati', 'UTC'],
  );
  const day = fc.oneof(
    fc.integer({ min: 0, max: 25_000 }),
    // the days around the one that Samoa left out, and around the changes of the clock in Zurich
    fc.integer({ min: 15_335, max: 15_341 }),
    fc.integer({ min: 20_540, max: 20_544 }),
    fc.integer({ min: 20_750, max: 20_754 }),
  );
  const which = fc.constantFrom('compatible' as const, 'later' as const);
  fc.assert(
    fc.property(zone, day, fc.integer({ min: 0, max: 2_880 }), which, (any, days, minute, ambiguous) => {
      const date = new CalendarDate(1970, 1, 1).add({ days: days + Math.floor(minute / 1440) });
      const local = toCalendarDateTime(date, new Time(Math.floor((minute % 1440) / 60), minute % 60));
      expect(wallClock(any, days, minute, ambiguous)).toBe(local.toDate(any, ambiguous).getTime());
    }),
    { numRuns: 500 },
  );
});
