import { describe, expect, test } from 'vitest';
import { instantOf, localInput } from './local-time.ts';

describe('times in a form', () => {
  test('come back as they went in, to the minute', () => {
    for (const at of [Date.UTC(2026, 5, 1, 9, 30), Date.UTC(2026, 11, 31, 23, 59)]) {
      expect(instantOf(localInput(at))).toBe(at);
    }
  });

  test('are none when the field is empty', () => {
    expect(localInput(null)).toBe('');
    expect(instantOf('')).toBeNull();
    expect(instantOf('soon')).toBeNull();
  });
});
