import { describe, expect, it } from 'vitest';
import { beginOfWeek, shiftsOf, weekAt } from './zone-time.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);
const HOUR = 3_600_000;

describe('the shifts of a zone', () => {
  it('[PRB-27] are where its clocks change, to the millisecond', () => {
    expect(shiftsOf('Europe/Zurich', utc('2026-01-01T00:00'), utc('2027-01-01T00:00'))).toEqual([
      { from: utc('2026-01-01T00:00'), offsetMs: HOUR },
      { from: utc('2026-03-29T01:00'), offsetMs: 2 * HOUR },
      { from: utc('2026-10-25T01:00'), offsetMs: HOUR },
    ]);
    expect(shiftsOf('Asia/Kolkata', 0, utc('1970-03-01T00:00'))).toEqual([{ from: 0, offsetMs: 5.5 * HOUR }]);
  });
});

describe('a week', () => {
  it('[PRB-27] begins on Monday in the zone, whatever the clocks did in it', () => {
    const weekIn = (at: string, zone: string) => beginOfWeek(weekAt(utc(at), zone), zone).monday;
    expect(weekIn('2026-11-22T22:59', 'Europe/Zurich')).toBe('2026-11-16');
    expect(weekIn('2026-11-22T23:00', 'Europe/Zurich')).toBe('2026-11-23');
    expect(weekIn('1970-01-01T00:00', 'UTC')).toBe('1969-12-29');
    const begin = (at: string) => beginOfWeek(weekAt(utc(at), 'Europe/Zurich'), 'Europe/Zurich').at;
    // the week in which the clocks go back has an hour more
    expect(begin('2026-10-27T12:00') - begin('2026-10-20T12:00')).toBe((7 * 24 + 1) * HOUR);
  });
});
