import { describe, expect, test } from 'vitest';
import { clockOf } from '@muster/domain/shared';
import { makeDirectory, makeRow, makeRows, NOW } from '../test-support/tickets.ts';
import { explainClock } from './explain-clock.ts';

const directory = makeDirectory();
const HOUR = 3_600_000;

describe('explainClock', () => {
  test('shows when the clock ran and when it stood still', () => {
    const row = makeRow(0, { clock: [NOW - 5 * HOUR, NOW - 3 * HOUR, NOW - HOUR] });
    expect(explainClock(row, 'resolution', directory, NOW).spans).toEqual([
      { running: true, from: NOW - 5 * HOUR, to: NOW - 3 * HOUR, countedMs: 2 * HOUR },
      { running: false, from: NOW - 3 * HOUR, to: NOW - HOUR, countedMs: 0 },
      { running: true, from: NOW - HOUR, to: null, countedMs: HOUR },
    ]);
  });

  test('ends a resolved clock where it stopped', () => {
    const row = makeRow(0, {
      state: 'resolved',
      resolvedAt: NOW - HOUR,
      clock: [NOW - 5 * HOUR, NOW - HOUR],
    });
    expect(explainClock(row, 'resolution', directory, NOW).spans).toHaveLength(1);
  });

  test('says when a clock goes on that stands still outside the hours of its calendar', () => {
    const everyDay = [...directory.calendars.values()][0];
    if (!everyDay) throw new Error('no calendar');
    const hours = everyDay.hours.map(({ weekday }) => ({ weekday, from: 12 * 60, to: 14 * 60 }));
    const afternoons = { ...directory, calendars: new Map([[everyDay.id, { ...everyDay, hours }]]) };
    const row = makeRow(0, { clock: [NOW - 5 * HOUR] });
    const opensAt = (now: number) => explainClock(row, 'resolution', afternoons, now).opensAt;
    expect(opensAt(NOW)).toBe(NOW + 1.5 * HOUR);
    expect(opensAt(NOW + 2 * HOUR)).toBe(null);
    expect(explainClock(row, 'resolution', directory, NOW).opensAt).toBe(null);
    const held = makeRow(0, { clock: [NOW - 5 * HOUR, NOW - HOUR] });
    expect(explainClock(held, 'resolution', afternoons, NOW).opensAt).toBe(null);
  });

  test('what it counts adds up to what the clock says', () => {
    for (const row of makeRows(200, directory)) {
      const counted = explainClock(row, 'resolution', directory, NOW).spans.reduce(
        (sum, span) => sum + span.countedMs,
        0,
      );
      expect(counted).toBe(clockOf(row, directory, NOW).resolution.elapsedMs);
    }
  });
});
