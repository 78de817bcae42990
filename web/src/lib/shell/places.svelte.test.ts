import { describe, expect, test } from 'vitest';
import { ITEMS, KNOWLEDGE, MAP, PROBLEMS, REPORT_PLACES, isAt } from './places.ts';

describe('where somebody is', () => {
  test.each([
    ['/problem', ['Problems']],
    ['/problem/01ABC', ['Problems']],
    ['/problem/knowledge', ['Knowledge']],
    ['/problem/knowledge/01ABC', ['Knowledge']],
    ['/problem/trends', ['Trends']],
    ['/problematic', []],
    ['/configuration/01ABC', ['Items']],
    ['/configuration/map', ['Map']],
  ])('%s is at one place, the nearest', (path, labels) => {
    const places = [PROBLEMS, KNOWLEDGE, MAP, ITEMS, ...REPORT_PLACES];
    expect(places.filter((place) => isAt(place, path)).map(({ label }) => label)).toEqual(labels);
  });
});
