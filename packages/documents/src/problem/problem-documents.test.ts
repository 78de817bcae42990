import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { anyProblem } from '../test-support/any-problem.ts';
import { readProblems, removeProblem, rewriteProblem, writeProblem } from './row.ts';

const SEED = 20_261_128;

describe('the board of problems', () => {
  test('gives back every problem unchanged, also through an update', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const [here, there] = [new Y.Doc(), new Y.Doc()];
        writeProblem(here, problem);
        Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
        expect(readProblems(there)).toEqual({ problems: [problem], nonconforming: [] });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('writes what differs alone, and sets rows of another shape aside', () => {
    const [problem] = fc.sample(anyProblem, { seed: SEED, numRuns: 1 });
    if (problem === undefined) throw new Error('no sample');
    const doc = new Y.Doc();
    writeProblem(doc, problem);
    let updates = 0;
    doc.on('update', () => (updates += 1));
    rewriteProblem(doc, problem);
    expect(updates).toBe(0);
    rewriteProblem(doc, { ...problem, title: 'Other' });
    expect(updates).toBe(1);
    doc.getMap('rows').set('x', [99]);
    expect(readProblems(doc).nonconforming).toHaveLength(1);
    removeProblem(doc, problem.id);
    expect(readProblems(doc).problems).toEqual([]);
  });
});
