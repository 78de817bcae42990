import { describe, expect, it } from 'vitest';
import { dateOfDay, dayAndTime, fullTime, lengthWords, relativeTime, shortTime, span } from './time.ts';

const noon = new Date(2026, 10, 23, 12, 0, 0).getTime();
const minutes = (count: number) => count * 60_000;

describe('times in words', () => {
  it('names the biggest whole unit', () => {
    expect([45_000, minutes(5), minutes(185), minutes(60 * 49)].map(span)).toEqual([
      '45 s',
      '5 min',
      '3 h',
      '2 d',
    ]);
  });

  it('tells a length to the minute', () => {
    expect([0, 45, 60, 90, 150, 60 * 24 + 30, 60 * 49].map((count) => lengthWords(minutes(count)))).toEqual([
      ...['0 min', '45 min', '1 h', '1 h 30 min', '2 h 30 min', '1 d 30 min', '2 d 1 h'],
    ]);
  });

  it('counts back to a week, then gives the date', () => {
    expect(relativeTime(noon - 20_000, noon)).toBe('now');
    expect(relativeTime(noon - minutes(7), noon)).toBe('7 min');
    expect(relativeTime(noon - minutes(60 * 24 * 8), noon)).toBe('15 Nov');
    expect(relativeTime(noon - minutes(60 * 24 * 400), noon)).toBe('19 Oct 2025');
  });

  it('writes the day before its month, and a comma between date and time alone', () => {
    expect(fullTime(noon)).toBe('Mon 23 Nov 2026, 12:00:00');
    expect(dayAndTime(noon)).toBe('Mon 23 Nov, 12:00');
    expect(dayAndTime(Date.UTC(2026, 10, 23, 22), 'Asia/Tokyo')).toBe('Tue 24 Nov, 07:00');
    expect(dateOfDay('2026-11-23')).toBe('23 Nov 2026');
  });

  it('leaves out the parts of a time that are plain', () => {
    expect(shortTime(noon - minutes(30), noon)).toBe('11:30');
    expect(shortTime(noon - minutes(60 * 24), noon)).toBe('22 Nov, 12:00');
    expect(shortTime(noon - minutes(60 * 24 * 400), noon)).toBe('19 Oct 2025');
  });
});
