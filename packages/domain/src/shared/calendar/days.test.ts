import { describe, expect, test } from 'vitest';
import { OFFICE_HOURS, ROUND_THE_CLOCK } from '../test-support/organisation.ts';
import { addBusinessDays, addCalendarDays, officeCalendar } from './days.ts';

const zurich = (iso: string): number => Date.parse(iso);

describe('days of a calendar', () => {
  test('[INC-103] calendar days keep the time of day when the zone changes its offset', () => {
    expect(addCalendarDays('Europe/Zurich', zurich('2026-10-23T15:30+02:00'), 3)).toBe(
      zurich('2026-10-26T15:30+01:00'),
    );
  });

  test('[INC-103] business days leave out weekends and holidays, and end with the office hours', () => {
    expect(addBusinessDays(OFFICE_HOURS, zurich('2026-06-01T10:00+02:00'), 5)).toBe(
      zurich('2026-06-08T17:00+02:00'),
    );
    expect(addBusinessDays(OFFICE_HOURS, zurich('2026-06-06T03:00+02:00'), 1)).toBe(
      zurich('2026-06-08T17:00+02:00'),
    );
    expect(addBusinessDays(OFFICE_HOURS, zurich('2026-12-24T10:00+01:00'), 1)).toBe(
      zurich('2026-12-28T17:00+01:00'),
    );
  });

  test('[INC-103] a day is that of the calendar’s zone', () => {
    // Tuesday there, Monday in UTC
    expect(addBusinessDays(OFFICE_HOURS, zurich('2026-06-01T22:30Z'), 1)).toBe(
      zurich('2026-06-03T17:00+02:00'),
    );
  });

  test('[INC-103] a calendar that never opens has no business days', () => {
    expect(addBusinessDays({ ...OFFICE_HOURS, hours: [] }, zurich('2026-06-01T10:00Z'), 1)).toBeNull();
  });

  test('[INC-103] business days are those of the calendar that opens least, or Monday to Friday', () => {
    const calendars = new Map([ROUND_THE_CLOCK, OFFICE_HOURS].map((one) => [one.id, one]));
    expect(officeCalendar(calendars)).toBe(OFFICE_HOURS);
    const friday = Date.parse('2026-06-05T10:00Z');
    expect(addBusinessDays(officeCalendar(new Map()), friday, 1)).toBe(Date.parse('2026-06-09T00:00Z'));
  });
});
