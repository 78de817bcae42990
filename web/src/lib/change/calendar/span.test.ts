import { describe, expect, test } from 'vitest';
import { spanOf, stepped, titleOf } from './span.ts';
import type { CalendarView, Zoom } from './span.ts';

const at = (view: CalendarView, day: string, zoom: Zoom = 'week') => ({ view, zoom, day });
const shown = (place: Parameters<typeof spanOf>[0], zone: string) => {
  const { from, to } = spanOf(place, zone);
  return [new Date(from).toISOString(), new Date(to).toISOString()];
};

describe('the span of a view', () => {
  test('a month shows whole weeks from Monday, by the clock of the zone', () => {
    expect(shown(at('month', '2026-11-28'), 'Europe/Zurich')).toEqual([
      '2026-10-25T23:00:00.000Z',
      '2026-12-06T23:00:00.000Z',
    ]);
  });

  test('a day with a change of the clock is as long as it is', () => {
    const { from, to } = spanOf(at('timeline', '2026-10-25', 'day'), 'Europe/Zurich');
    expect(to - from).toBe(25 * 3_600_000);
  });

  test('it goes on by what it shows, from the 31st too', () => {
    expect(stepped(at('month', '2027-01-31'), 1)).toBe('2027-02-01');
    expect(stepped(at('week', '2026-12-30'), 1)).toBe('2027-01-06');
    expect(stepped(at('timeline', '2026-11-28', 'quarter'), -1)).toBe('2026-08-01');
    expect(stepped(at('timeline', '2026-11-28', 'day'), -1)).toBe('2026-11-27');
  });

  test('it is told in words', () => {
    expect(titleOf(at('month', '2026-11-28'))).toBe('November 2026');
    expect(titleOf(at('timeline', '2026-11-28', 'quarter'))).toMatch(/^November 2026\s–\sJanuary 2027$/);
  });
});
