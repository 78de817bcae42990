import { describe, expect, test } from 'vitest';
import { makeDirectory, makeRow, NOW } from '../test-support/tickets.ts';
import { durationWords } from '../wording/times.ts';
import { clockText, pressingClock, RowClocks } from './row-clocks.ts';

const directory = makeDirectory();
const HOUR = 3_600_000;
/** Priority 3 of the generated directory: first response in 3 h, resolution in 24 h, round the clock. */
const opened = (hoursAgo: number, change = {}) =>
  makeRow(0, { priority: 3, createdAt: NOW - hoursAgo * HOUR, clock: [NOW - hoursAgo * HOUR], ...change });

describe('pressingClock', () => {
  test('shows the first response while it is due first', () => {
    expect(pressingClock(opened(1), directory, NOW)).toMatchObject({
      metric: 'response',
      state: 'ok',
      text: '2 h left',
      dueAt: NOW + 2 * HOUR,
    });
  });

  test('says by how much a response is over', () => {
    expect(pressingClock(opened(4.5), directory, NOW)).toMatchObject({
      metric: 'response',
      state: 'breached',
      text: '1 h 30 over',
    });
  });

  test('turns to the resolution once the first response is given, late or not', () => {
    const answered = opened(20, { firstResponseAt: NOW - HOUR });
    expect(pressingClock(answered, directory, NOW)).toMatchObject({
      metric: 'resolution',
      state: 'warning',
      text: '4 h left',
    });
  });

  test('stands still while paused', () => {
    const held = opened(5, {
      state: 'on_hold',
      firstResponseAt: NOW - 4 * HOUR,
      clock: [NOW - 5 * HOUR, NOW - 2 * HOUR],
    });
    expect(pressingClock(held, directory, NOW)).toMatchObject({
      state: 'paused',
      text: '21 h left',
      dueAt: null,
    });
    expect(pressingClock(held, directory, NOW + 9 * HOUR).text).toBe('21 h left');
  });

  test('shows nothing where no agreement covers the record', () => {
    expect(pressingClock(opened(1), { ...directory, agreements: [] }, NOW)).toMatchObject({
      state: 'none',
      text: '',
    });
  });
});

describe('RowClocks', () => {
  test('reads again when the row, the directory or enough time changed, and not before', () => {
    let current = directory;
    const clocks = new RowClocks(() => current);
    const row = opened(1);
    const first = clocks.read(row, NOW);
    expect(clocks.read(row, NOW + 10_000)).toBe(first);
    expect(clocks.read(row, NOW + 60_000)).not.toBe(first);
    expect(clocks.read({ ...row, priority: 1 }, NOW).state).toBe('warning');
    current = { ...directory, agreements: [] };
    expect(clocks.read(row, NOW).state).toBe('none');
  });
});

describe('the words of a clock', () => {
  test('name at most two units', () => {
    expect([30_000, 42 * 60_000, 3 * HOUR + 10 * 60_000, 52 * HOUR, 300 * HOUR].map(durationWords)).toEqual([
      'under 1 min',
      '42 min',
      '3 h 10',
      '2 d 4 h',
      '12 d',
    ]);
  });

  test('are empty without a target', () => {
    expect(clockText({ state: 'none', remainingMs: null })).toBe('');
  });
});
