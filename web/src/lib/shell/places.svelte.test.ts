import { describe, expect, test } from 'vitest';
import { KNOWLEDGE, PROBLEMS, REPORT_PLACES, isAt } from './places.ts';

describe('where somebody is', () => {
  test.each([
    ['/problem', ['Problems']],
    ['/problem/01ABC', ['Problems']],
    ['/problem/knowledge', ['Knowledge']],
    ['/problem/knowledge/01ABC', ['Knowledge']],
    ['/problem/trends', ['Trends']],
    ['/problematic', []],
  ])('%s is at one place, the nearest', (path, labels) => {
    const places = [PROBLEMS, KNOWLEDGE, ...REPORT_PLACES];
    expect(places.filter((place) => isAt(place, path)).map(({ label }) => label)).toEqual(labels);
  });
});
