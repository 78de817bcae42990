import type { Change, Requirement } from '@muster/domain/change';
import { personId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { ruleProgress } from './rule-progress.ts';

const change = {
  approvals: [],
  owner: personId('ann'),
  madeBy: personId('ann'),
} as Partial<Change> as Change;

const of = (people: readonly string[], kind: 'any' | 'all' | 'majority' = 'any') => {
  const requirement: Partial<Requirement> = {
    ...{ rule: { kind }, ownMayVote: false },
    voters: people.map((person) => ({ person: personId(person), weight: 1 })),
  };
  return ruleProgress(requirement as Requirement, change);
};

test('says that nobody may approve, why and who helps, instead of counting to nought', () => {
  for (const kind of ['any', 'all', 'majority'] as const) {
    expect(of([], kind)).toMatchObject({ have: 0, needed: 1 });
    expect(of([], kind).words).toMatch(/^Nobody may approve it: .*finds no active person.*an administrator/);
    expect(of(['ann'], kind).words).toMatch(/^Nobody may approve it: .*made or own it/);
  }
  expect(of(['ann', 'ben']).words).toBe('One of 1 is enough');
});
