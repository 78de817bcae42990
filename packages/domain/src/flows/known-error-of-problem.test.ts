import { describe, expect, test } from 'vitest';
import type { KnownError, Problem } from '../problem/index.ts';
import { recordId } from '../shared/index.ts';
import { noLongerKnown, onceKnown, problemHelped } from './index.ts';

const written = (given: Partial<KnownError> = {}, workaround = 'Restart it'): KnownError =>
  ({
    ...{ kind: 'known-error', state: 'published' },
    published: { number: 1, content: { workaround, problem: recordId('p1') } },
    ...given,
  }) as KnownError;

const problem = (given: Partial<Problem> = {}): Problem =>
  ({ id: 'p1', state: 'rca', workaround: 'Wait', knownError: false, ...given }) as Problem;

const MARK = { verb: 'mark-known-error', known: true };
const OTHERS = [
  written({ kind: 'article' }),
  written({ state: 'draft', published: null }),
  written({ state: 'retired' }),
  written({ state: 'superseded' }),
  written({}, ''),
];

describe('a problem whose workaround is published', () => {
  test('[FLW-45] is a known error from then on, and by that alone', () => {
    expect(problemHelped(written())).toBe('p1');
    expect([null, ...OTHERS].map(problemHelped)).toEqual(Array.from({ length: 6 }, () => null));
    expect(onceKnown(problem(), [...OTHERS, written()])).toEqual([MARK]);
    expect(onceKnown(problem(), OTHERS)).toEqual([]);
    expect(onceKnown(problem({ knownError: true }), [written()])).toEqual([]);
  });

  test('[FLW-45] gets the words of it where it has none, unless it is over', () => {
    const edit = { verb: 'edit', fields: { workaround: 'Restart it' } };
    expect(onceKnown(problem({ workaround: '' }), [written()])).toEqual([edit, MARK]);
    expect(onceKnown(problem({ workaround: '', state: 'risk_accepted' }), [written()])).toEqual([MARK]);
  });

  test('[FLW-46] is one no more when the last of them goes', () => {
    const known = problem({ knownError: true });
    expect(noLongerKnown(known, OTHERS)).toEqual([{ verb: 'mark-known-error', known: false }]);
    expect(noLongerKnown(known, [...OTHERS, written()])).toEqual([]);
    expect(noLongerKnown(problem(), [])).toEqual([]);
  });
});
