import { describe, expect, test } from 'vitest';
import { gatherRuns } from './gather-runs.ts';

const by = (person: string, at: number) => ({ person, at });

describe('runs of a past text', () => {
  test('of one person and one fate are one stretch with the last time', () => {
    const gathered = gatherRuns([
      { type: 'text', text: 'a', written: by('anne', 1) },
      { type: 'text', text: 'b', written: by('anne', 5) },
      { type: 'text', text: 'c', written: by('anne', 6), removed: by('bert', 9) },
      { type: 'text', text: 'd', written: by('bert', 7) },
      { type: 'text', text: 'e', written: by('bert', 8), marks: [{ type: 'bold' }] },
    ]);
    expect(gathered).toEqual([
      { type: 'text', text: 'ab', written: by('anne', 5) },
      { type: 'text', text: 'c', written: by('anne', 6), removed: by('bert', 9) },
      { type: 'text', text: 'd', written: by('bert', 7) },
      { type: 'text', text: 'e', written: by('bert', 8), marks: [{ type: 'bold' }] },
    ]);
  });

  test('that somebody only brought back stand apart from what they wrote', () => {
    const brought = { ...by('anne', 2), recovered: true as const };
    const nodes = [
      { type: 'text' as const, text: 'a', written: by('anne', 1) },
      { type: 'text' as const, text: 'b', written: brought },
    ];
    expect(gatherRuns(nodes)).toEqual(nodes);
  });
});
