import { describe, expect, test } from 'vitest';
import { openingHour } from './opening-hour.ts';

const at = (day: number, hour: number, minute = 0) => Date.UTC(2026, 11, day, hour, minute);
const from = (begins: number, ends: number) => ({ begins, ends });

describe('the hour at which a week opens', () => {
  test('with working hours, when nothing stands before them', () => {
    expect(openingHour([], 'UTC')).toBe('08:00');
    expect(openingHour([from(at(1, 19), at(1, 21))], 'UTC')).toBe('08:00');
  });

  test('at the first change of any day, by the clock of the zone', () => {
    const shown = [from(at(1, 9), at(1, 10)), from(at(3, 6, 45), at(3, 7))];
    expect(openingHour(shown, 'UTC')).toBe('06:00');
    expect(openingHour(shown, 'Europe/Berlin')).toBe('07:00');
  });

  test('at midnight, when one goes through it; to midnight is not through it', () => {
    expect(openingHour([from(at(1, 22), at(2, 0))], 'UTC')).toBe('08:00');
    expect(openingHour([from(at(1, 22), at(2, 1))], 'UTC')).toBe('00:00');
  });
});
