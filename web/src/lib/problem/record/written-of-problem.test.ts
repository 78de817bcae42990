import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { aProblem } from '#lib/live/test-support/problem-desk.ts';
import { sameProblem } from './written-of-problem.ts';

test('[PRB-7] what goes on in a problem is about it, through several duplicates and not in circles', () => {
  const [one, two, three] = ['1', '2', '3'].map((end) => recordId(`01P0000000000000000000000${end}`)) as [
    RecordId,
    RecordId,
    RecordId,
  ];
  const into = new Map<RecordId, readonly RecordId[]>([
    [one, [two]],
    [two, [three]],
    [three, [one]],
  ]);
  const get = (id: RecordId) => ({ ...aProblem(id), duplicates: into.get(id) ?? [] });
  expect([...sameProblem(one, get)]).toEqual([one, two, three]);
  expect([...sameProblem(one, () => undefined)]).toEqual([one]);
});
