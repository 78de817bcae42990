import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldEpisode } from './index.ts';
import type { AlertEpisode } from './index.ts';

type Word = { readonly startsAt: number | null; readonly status: 'firing' | 'resolved' };

function foldAll(words: readonly Word[], now = 100): readonly AlertEpisode[] {
  const known = new Map<number, AlertEpisode>();
  for (const word of words) {
    for (const { startsAt, state } of foldEpisode([...known.values()], word, now)) {
      known.set(startsAt, { startsAt, state });
    }
  }
  return [...known.values()].toSorted((a, b) => a.startsAt - b.startsAt);
}

describe('episodes', () => {
  test('[INC-61] an episode that is sent again is not new', () => {
    const [fired] = foldEpisode([], { startsAt: 5, status: 'firing' }, 9);
    expect(fired).toEqual({ startsAt: 5, state: 'firing', what: 'fired' });
    expect(foldEpisode([{ startsAt: 5, state: 'firing' }], { startsAt: 5, status: 'firing' }, 9)).toEqual([]);
  });

  test('[INC-62] an end without a beginning is recorded, and a second end is nothing', () => {
    const end: Word = { startsAt: 5, status: 'resolved' };
    expect(foldEpisode([], end, 9)).toEqual([{ startsAt: 5, state: 'resolved', what: 'recorded' }]);
    expect(foldEpisode([{ startsAt: 5, state: 'resolved' }], end, 9)).toEqual([]);
    expect(foldEpisode([], { startsAt: null, status: 'resolved' }, 9)).toEqual([]);
  });

  test('[INC-63] an episode that ended does not fire again when its beginning arrives late', () => {
    expect(foldEpisode([{ startsAt: 5, state: 'resolved' }], { startsAt: 5, status: 'firing' }, 9)).toEqual(
      [],
    );
    expect(foldEpisode([{ startsAt: 7, state: 'firing' }], { startsAt: 5, status: 'firing' }, 9)).toEqual([
      { startsAt: 5, state: 'resolved', what: 'recorded' },
    ]);
  });

  test('[INC-64] a later beginning ends the episodes before it', () => {
    expect(foldEpisode([{ startsAt: 5, state: 'firing' }], { startsAt: 7, status: 'firing' }, 9)).toEqual([
      { startsAt: 5, state: 'resolved', what: 'ended' },
      { startsAt: 7, state: 'firing', what: 'fired' },
    ]);
  });

  test('[INC-65] without a beginning a report is about the episode that runs, or begins one', () => {
    const trigger: Word = { startsAt: null, status: 'firing' };
    const resolve: Word = { startsAt: null, status: 'resolved' };
    expect(foldAll([trigger, trigger])).toEqual([{ startsAt: 100, state: 'firing' }]);
    expect(foldAll([trigger, resolve, resolve])).toEqual([{ startsAt: 100, state: 'resolved' }]);
    expect(foldAll([trigger, resolve, trigger])).toEqual([
      { startsAt: 100, state: 'resolved' },
      { startsAt: 101, state: 'firing' },
    ]);
  });

  test('[INC-78] any order and doubling of dated reports ends with the same episodes', () => {
    const word = fc.record({
      startsAt: fc.integer({ min: 1, max: 4 }),
      status: fc.constantFrom('firing' as const, 'resolved' as const),
    });
    const both = fc
      .array(word, { maxLength: 10 })
      .chain((words) =>
        fc.tuple(
          fc.constant(words),
          fc.shuffledSubarray([...words, ...words], { minLength: words.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(both, ([words, others]) => {
        expect(foldAll(others)).toEqual(foldAll(words));
      }),
    );
  });
});
