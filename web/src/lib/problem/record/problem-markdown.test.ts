import type { Branch } from '@muster/documents/problem';
import { personId, recordId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import { aProblem } from '#lib/live/test-support/problem-desk.ts';
import { problemMarkdown } from './problem-markdown.ts';

const NAMED = { person: () => 'Lea', record: (id: string) => id };
const PROBLEM = { ...aProblem(recordId('01P00000000000000000000001')), token: 'P-1', pending: 0 };
const NOTHING = { whys: [], fishbone: [] };
const NO_LINES = { lines: [], missing: 0 };

const branch = (text: string, bone: Branch['bone'] = null, branches: readonly Branch[] = []): Branch => ({
  ...{
    id: text,
    parent: null,
    at: 0,
    writtenAt: 0,
    hidden: false,
    by: personId('lea'),
    drawing: 'fishbone',
    bone,
    text,
    branches,
  },
});

describe('a problem as Markdown', () => {
  test('groups what had a part in it by bone, and leaves out thoughts that say nothing', () => {
    const fishbone = [
      branch('Slow parts', 'supplier', [branch('One maker')]),
      branch('', 'technology'),
      branch('Nobody on call', 'people', [branch(' ')]),
      branch('', 'people', [branch('Two are ill')]),
    ];
    const text = problemMarkdown(PROBLEM, { whys: [branch('')], fishbone }, NO_LINES, NAMED);
    expect(text).toContain(
      [
        '## What had a part in it',
        '',
        ...['- **People**', '  - Nobody on call', '  - …', '    - Two are ill'],
        ...['- **Supplier**', '  - Slow parts', '    - One maker'],
      ].join('\n'),
    );
    expect(text).not.toContain('Technology');
    expect(text).not.toContain('Five whys');
  });

  test('says when an accepted risk is looked at again', () => {
    const reviewAt = new Date('2027-03-01T09:00:00').getTime();
    const risk = { approver: personId('lea'), reason: 'It costs too much.', reviewAt, at: 0 };
    const text = problemMarkdown({ ...PROBLEM, risk }, NOTHING, NO_LINES, NAMED);
    expect(text).toContain('Approved by Lea: It costs too much.\n\nLooked at again on 1 Mar 2027.');
  });

  test('says of how many incidents it does not know the beginning, as the screen does', () => {
    const text = (missing: number) =>
      problemMarkdown(PROBLEM, NOTHING, { lines: [], missing }, NAMED).split('\n## Timeline\n')[1];
    expect(text(2)).toContain('- (how 2 incidents began is not on this device)');
    expect(text(0)).toBeUndefined();
  });
});
