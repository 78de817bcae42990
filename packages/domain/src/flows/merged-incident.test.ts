import { describe, expect, test } from 'vitest';
import type { Problem } from '../problem/index.ts';
import { recordId, teamId } from '../shared/index.ts';
import type { Ticket } from '../shared/index.ts';
import { onceMerged } from './index.ts';

const [A, B, C] = [recordId('a'), recordId('b'), recordId('c')];
const survivor = (restrictedTo: Ticket['restrictedTo'] = null) =>
  ({ id: B, process: 'incident', restrictedTo, readers: [] }) as unknown as Ticket;
const after = (incidents: Problem['incidents'], given: Partial<Problem> = {}, into = survivor()) =>
  onceMerged({ state: 'rca', ...given, incidents } as Problem, A, into);

describe('what follows for the problems of an incident that was merged', () => {
  test('[FLW-51] they name the incident that it went on in, once', () => {
    const unlink = { verb: 'unlink-incident', incident: A };
    expect(after([C, A])).toEqual([unlink, { verb: 'link-incident', incident: B }]);
    expect(after([A, B])).toEqual([unlink]);
  });

  test('[FLW-51] nothing follows for what is over, and for what names it not or no more', () => {
    expect(after([A], { state: 'closed' })).toEqual([]);
    expect(after([C, B, null])).toEqual([]);
  });

  test('[FLW-51] one that is restricted is named by nobody, and what was merged into it stays', () => {
    expect(after([A], {}, survivor(teamId('hr')))).toEqual([]);
  });
});
