import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { personId, teamId } from '../../shared/index.ts';
import type { ChangeAct } from '../acts.ts';
import {
  BOARD,
  BEGINS,
  ChangeBoard,
  DAY,
  HOUR,
  NOW,
  PEOPLE,
  TECHNICAL,
  normal,
  policy,
  refusedFor,
} from '../test-board.ts';
import type { ApprovalRule, Vote, Voter } from './approval.ts';
import { cleanPolicy } from './clean.ts';
import { countVotes } from './rule.ts';

const TO_BOARD: ChangeAct = { verb: 'step', to: 'scheduled' };
const states = (board: ChangeBoard) =>
  Object.fromEntries(board.it.approvals.map(({ person, state }) => [person, state]));
const withPolicies = (...policies: ChangeBoard['policies']): ChangeBoard =>
  Object.assign(new ChangeBoard(), { policies });

/** One letter a voter: y, n, a, or - for silence; weights 1, 2, 3 and so on. */
function count(rule: ApprovalRule, votes: string): string {
  const said: Record<string, Vote | null> = { y: 'approved', n: 'rejected', a: 'abstained' };
  const voters: Voter[] = [...votes].map((_, at) => ({ person: personId(String(at)), weight: at + 1 }));
  return countVotes(rule, voters, (person) => said[votes[Number(person)] ?? ''] ?? null);
}

describe('rules', () => {
  test.each([
    ['any', ['y--'], ['n--', 'yn-'], ['---', 'a--', 'aaa', '']],
    ['all', ['yyy', 'yya'], ['n--', 'yyn'], ['yy-', 'aaa', '---', '']],
    ['majority', ['yy-', 'yyn', 'yaa', 'yya'], ['nn-', 'ynan', 'yn'], ['y--', 'yn-', 'aaa', '']],
  ] as const)('[CHG-23] [CHG-24] %s', (kind, approved, rejected, open) => {
    for (const votes of approved) expect([votes, count({ kind }, votes)]).toEqual([votes, 'approved']);
    for (const votes of rejected) expect([votes, count({ kind }, votes)]).toEqual([votes, 'rejected']);
    for (const votes of open) expect([votes, count({ kind }, votes)]).toEqual([votes, 'open']);
  });

  test('[CHG-23] [CHG-24] quorum and weight reject once they cannot be reached', () => {
    const quorum = { kind: 'quorum', votes: 2 } as const;
    expect(['yny', 'yn-', 'nn-', 'y-', 'yaa'].map((votes) => count(quorum, votes))).toEqual([
      'approved',
      'open',
      'rejected',
      'open',
      'open',
    ]);
    const weighted = { kind: 'weighted', weight: 4 } as const;
    expect(['y-y', 'yy-', 'n-y', '--n'].map((votes) => count(weighted, votes))).toEqual([
      'approved',
      'open',
      'open',
      'rejected',
    ]);
    for (const rule of [
      { kind: 'quorum', votes: 0 },
      { kind: 'weighted', weight: 0 },
    ] as const)
      expect(count(rule, '---')).toBe('open');
  });

  test('[CHG-23] silence never approves, and one more approval never takes one away', () => {
    const rule = fc.oneof(
      fc.constantFrom<ApprovalRule>({ kind: 'any' }, { kind: 'all' }, { kind: 'majority' }),
      fc.integer({ min: 0, max: 4 }).map((votes) => ({ kind: 'quorum', votes }) as const),
      fc.integer({ min: 0, max: 9 }).map((weight) => ({ kind: 'weighted', weight }) as const),
    );
    const votes = fc.array(fc.constantFrom('y', 'n', 'a', '-'), { maxLength: 5 });
    fc.assert(
      fc.property(rule, votes, (any, said) => {
        const outcome = count(any, said.join(''));
        if (!said.includes('y')) expect(outcome).not.toBe('approved');
        const at = said.indexOf('-');
        if (outcome === 'approved' && at >= 0)
          expect(count(any, said.with(at, 'y').join(''))).toBe('approved');
      }),
    );
  });
});

describe('policies', () => {
  test('[CHG-23] all that match must hold', () => {
    const second = policy({
      id: 'lead',
      name: 'Lead',
      rule: { kind: 'all' },
      approvers: [{ kind: 'lead', weight: 1 }],
    });
    const other = policy({ id: 'other', name: 'Other', when: { risk: 'critical' } });
    const board = withPolicies(policy({}), second, other);
    normal('assess', board).do('ana', { verb: 'step', to: 'authorize' }).vote('kim').vote('lou');
    expect(board.run('ana', TO_BOARD)).toMatchObject(
      refusedFor('approvals-missing', { policy: 'Lead', waiting: ['lea'] }),
    );
    expect(board.vote('lea').do('ana', TO_BOARD).it.state).toBe('scheduled');
  });

  test('[CHG-23] a policy that changed, or came, after people were asked is asked for anew', () => {
    const board = normal('authorize').vote('kim').vote('lou');
    board.policies = [TECHNICAL, policy({ version: 2, rule: { kind: 'all' } })];
    expect(board.run('ana', TO_BOARD)).toMatchObject(
      refusedFor('approvals-outdated', { policy: 'Change board' }),
    );
    board.do('ana', { verb: 'ask-approvals' });
    expect(states(board)).toEqual({ lea: 'approved', kim: 'approved', lou: 'approved', max: 'requested' });
    expect(board.run('ana', TO_BOARD)).toMatchObject(refusedFor('approvals-missing', { waiting: ['max'] }));
    expect(board.run('ana', { verb: 'ask-approvals' })).toMatchObject(refusedFor('nothing-to-change'));
  });

  test('[CHG-32] without a policy nothing is scheduled', () => {
    const board = normal('assess', withPolicies()).do('ana', { verb: 'step', to: 'authorize' });
    expect(board.run('ana', TO_BOARD)).toMatchObject(refusedFor('no-policy', { state: 'authorize' }));
  });

  test('[CHG-25] a rejection needs words and brings it back to its beginning', () => {
    const board = normal('authorize').vote('kim').vote('lou', 'rejected');
    expect(board.it.state).toBe('authorize');
    expect(board.run('max', { verb: 'vote', vote: 'rejected', read: board.read })).toMatchObject(
      refusedFor('missing-field', { field: 'note' }),
    );
    const { version } = board.it;
    board.vote('max', 'rejected', 'Not this week');
    expect(board.typesSince(version)).toEqual(['voted', 'moved', 'approvals-voided']);
    expect(board.it).toMatchObject({ state: 'new', revision: 2, requirements: [] });
    expect(new Set(Object.values(states(board)))).toEqual(new Set(['void']));
  });

  test('[CHG-24] a rejection that comes too late is told who went on', () => {
    const board = normal('authorize').vote('kim').vote('lou');
    const { version: seen } = board.it;
    const read = board.read;
    board.do('ana', TO_BOARD);
    const late: ChangeAct = { verb: 'vote', vote: 'rejected', read, note: 'No' };
    expect(board.run('max', late, seen)).toMatchObject(
      refusedFor('change-moved', { state: 'scheduled', by: 'ana' }),
    );
    expect(board.run('max', late)).toMatchObject(refusedFor('vote-late', { state: 'scheduled' }));
  });
});

describe('policies that somebody writes', () => {
  test.each([
    [{ name: ' ' }, 'missing-field', { field: 'name' }],
    [{ approvers: [] }, 'missing-field', { field: 'approvers' }],
    [{ rule: { kind: 'quorum', votes: 0 } }, 'invalid-value', { field: 'votes' }],
    [{ rule: { kind: 'weighted', weight: 0.5 } }, 'invalid-value', { field: 'weight' }],
    [{ approvers: [{ kind: 'lead', weight: 0 }] }, 'invalid-value', { field: 'weight' }],
    [{ approvers: [{ kind: 'team', team: teamId('moon'), weight: 1 }] }, 'unknown-team', {}],
    [{ approvers: [{ kind: 'person', person: personId('gone'), weight: 1 }] }, 'unknown-person', {}],
    [{ delegates: [personId('nobody')] }, 'unknown-person', {}],
    [{ withinMs: 0 }, 'invalid-value', { field: 'withinMs' }],
  ] as const)('[CHG-55] %o is refused', (given, code, facts) => {
    expect(cleanPolicy(policy({ name: ' Board ' }), PEOPLE)).toMatchObject({
      ok: true,
      value: { name: 'Board' },
    });
    expect(cleanPolicy(policy(given), PEOPLE)).toMatchObject(refusedFor(code, facts));
  });
});

describe('a vote', () => {
  const noted = (test_: string): ChangeAct => ({ verb: 'note-plans', plans: { test: test_ } });

  test('[CHG-26] is for what was read, and is told what moved and by whom', () => {
    const board = normal('authorize');
    const { version: seen } = board.it;
    const read = board.read;
    board.do('bo', noted('new')).do('bo', { verb: 'edit', fields: { outage: true } });
    const { version } = board.it;
    expect(board.run('kim', { verb: 'vote', vote: 'approved', read }, seen)).toMatchObject(
      refusedFor('content-moved', {
        differs: ['outage', 'plan:test', 'risk'],
        revision: 3,
        by: 'bo',
        at: NOW,
      }),
    );
    expect(board.it.version).toBe(version);
    expect(board.vote('kim').it.approvals.find(({ person }) => person === 'kim')).toMatchObject({
      state: 'approved',
      revision: 3,
    });
  });

  test('[CHG-26] given offline counts when the content stands as it was read', () => {
    const board = normal('authorize');
    const { version: seen } = board.it;
    const read = board.read;
    board.do('bo', noted('new')).do('bo', noted(''));
    expect(board.read).toEqual(read);
    expect(board.run('kim', { verb: 'vote', vote: 'approved', read }, seen).ok).toBe(true);
  });

  test('[CHG-27] content that moves voids all, asks again and leaves the calendar', () => {
    const board = normal('authorize').vote('kim');
    let { version } = board.it;
    board.do('ana', noted('new'));
    expect(board.typesSince(version)).toEqual(['plans-noted', 'approvals-voided', 'approvals-asked']);
    expect(states(board)).toEqual({ lea: 'requested', kim: 'requested', lou: 'requested', max: 'requested' });
    expect(board.history.at(-2)?.event).toMatchObject({
      cause: 'content',
      differs: ['plan:test'],
      revision: 2,
    });
    const scheduled = normal('scheduled');
    ({ version } = scheduled.it);
    scheduled.do('ana', { verb: 'edit', fields: { ends: scheduled.it.ends! + HOUR } });
    expect(scheduled.typesSince(version)).toEqual(['edited', 'approvals-voided', 'moved', 'approvals-asked']);
    expect(scheduled.it).toMatchObject({ state: 'authorize', revision: 2 });
    expect(scheduled.run('ana', TO_BOARD)).toMatchObject(refusedFor('approvals-missing'));
  });

  test('[CHG-28] is cast once, by whoever is asked', () => {
    const board = normal('authorize').vote('kim');
    expect(board.run('kim', { verb: 'vote', vote: 'rejected', read: board.read, note: 'no' })).toMatchObject(
      refusedFor('already-voted', { vote: 'approved', at: NOW }),
    );
    expect(board.run('bo', { verb: 'vote', vote: 'approved', read: board.read })).toMatchObject(
      refusedFor('not-asked', { person: 'bo' }),
    );
    expect(normal('new').run('kim', { verb: 'vote', vote: 'approved', read: {} })).toMatchObject(
      refusedFor('not-asked'),
    );
  });

  test('[CHG-31] is not for whoever made or owns the change, unless the policy lets them', () => {
    const own = (ownMayVote: boolean) =>
      policy({
        rule: { kind: 'any' },
        ownMayVote,
        approvers: [
          { kind: 'person', person: personId('ana'), weight: 1 },
          { kind: 'team', team: BOARD, weight: 1 },
        ],
      });
    const vote = (board: ChangeBoard): ChangeAct => ({ verb: 'vote', vote: 'approved', read: board.read });
    const barred = normal('assess', withPolicies(own(false))).do('ana', { verb: 'step', to: 'authorize' });
    expect(Object.keys(states(barred))).toEqual(['kim', 'lou', 'max']);
    expect(barred.run('ana', vote(barred))).toMatchObject(refusedFor('own-change'));
    barred.vote('kim').do('lea', { verb: 'assign', team: null, owner: personId('kim') });
    expect(barred.run('ana', TO_BOARD)).toMatchObject(refusedFor('approvals-missing'));
    barred.do('lea', { verb: 'assign', team: null, owner: personId('lou') });
    expect(barred.run('lou', vote(barred))).toMatchObject(refusedFor('own-change'));
    const let_ = normal('assess', withPolicies(own(true))).do('ana', { verb: 'step', to: 'authorize' });
    expect(let_.vote('ana').do('ana', TO_BOARD).it.state).toBe('scheduled');
  });
});

describe('delegates and deadlines', () => {
  const hand = (to: string): ChangeAct => ({ verb: 'delegate', to: personId(to) });

  test('[CHG-29] a vote is handed once, to somebody fit for it', () => {
    const board = normal('authorize');
    for (const to of ['lou', 'ana', 'kim', 'gone', 'rita', 'nobody'])
      expect(board.run('kim', hand(to))).toMatchObject(refusedFor('delegate-not-fit', { person: to }));
    board.do('kim', hand('bo'));
    expect(board.run('bo', hand('cem'))).toMatchObject(refusedFor('delegate-not-fit'));
    expect(board.run('kim', { verb: 'vote', vote: 'approved', read: board.read })).toMatchObject(
      refusedFor('vote-delegated', { to: 'bo' }),
    );
    board.vote('bo').vote('lou').do('ana', TO_BOARD);
    expect(states(board)).toMatchObject({ kim: 'delegated', bo: 'approved' });
  });

  test('[CHG-29] only those whom the policy names may have it', () => {
    const board = withPolicies(TECHNICAL, policy({ delegates: [personId('bo')] }));
    normal('authorize', board);
    expect(board.run('kim', hand('cem'))).toMatchObject(refusedFor('delegate-not-fit'));
    expect(board.run('kim', hand('bo')).ok).toBe(true);
  });

  test('[CHG-29] who let it pass may be handed it anew', () => {
    const board = withPolicies(TECHNICAL, policy({ withinMs: DAY }));
    normal('authorize', board)
      .do('kim', hand('bo'))
      .tick(NOW + DAY);
    expect(states(board)).toMatchObject({ kim: 'delegated', bo: 'expired' });
    board.do('ana', { verb: 'ask-approvals' }).do('kim', hand('bo')).vote('bo').vote('lou');
    expect(board.do('ana', TO_BOARD).it.state).toBe('scheduled');
  });

  test('[CHG-30] who has not answered in time is asked again only when somebody asks', () => {
    const board = withPolicies(TECHNICAL, policy({ withinMs: DAY }));
    normal('authorize', board).vote('kim');
    expect(board.run('system', { verb: 'expire' })).toMatchObject(refusedFor('nothing-to-change'));
    board.now = NOW + DAY;
    expect(board.run('lou', { verb: 'vote', vote: 'approved', read: board.read })).toMatchObject(
      refusedFor('approval-expired', { dueAt: NOW + DAY }),
    );
    board.tick(NOW + DAY);
    expect(states(board)).toEqual({ lea: 'approved', kim: 'approved', lou: 'expired', max: 'expired' });
    board.do('ana', { verb: 'ask-approvals' }).vote('lou').do('ana', TO_BOARD);
    expect(board.it.state).toBe('scheduled');
  });

  test('[CHG-30] nobody has longer than until the change begins', () => {
    const board = normal('authorize', withPolicies(TECHNICAL, policy({ withinMs: 30 * DAY })));
    expect(board.it.approvals.find(({ person }) => person === 'kim')?.dueAt).toBe(BEGINS);
  });

  test('[CHG-30] nobody is waited for once it was decided without them', () => {
    const board = withPolicies(TECHNICAL, policy({ withinMs: DAY }));
    normal('scheduled', board).tick(NOW + DAY);
    expect(states(board)).toMatchObject({ max: 'requested' });
    expect(board.run('system', { verb: 'expire' })).toMatchObject(refusedFor('nothing-to-change'));
  });
});

test('[CHG-23] whoever is asked already is not asked again, also where the change was read from a document', () => {
  const board = normal('authorize');
  expect(board.run('ana', { verb: 'ask-approvals' })).toMatchObject(refusedFor('nothing-to-change'));
  const turned = <Value extends object>(value: Value): Value =>
    Object.fromEntries(Object.entries(value).toReversed()) as Value;
  board.state = { ...board.it, requirements: board.it.requirements.map(turned) };
  expect(board.run('ana', { verb: 'ask-approvals' })).toMatchObject(refusedFor('nothing-to-change'));
});

test('[CHG-31] a vote that was handed to somebody who owns the change since does not count', () => {
  const board = normal('authorize');
  board
    .do('kim', { verb: 'delegate', to: personId('bo') })
    .vote('bo')
    .vote('lou');
  board.do('ana', { verb: 'assign', team: board.it.team, owner: personId('bo') });
  expect(board.run('ana', TO_BOARD)).toMatchObject(
    refusedFor('approvals-missing', { policy: 'Change board' }),
  );
});

test('[CHG-23] a board whose people are others now is to be asked anew, and votes of those who stay count', () => {
  const board = normal('authorize').vote('kim').vote('lou');
  const team = board.directory.teams.get(BOARD);
  if (team === undefined) throw new Error('no board');
  const members = [personId('kim'), personId('bo'), personId('max')];
  board.directory = { ...PEOPLE, teams: new Map([...PEOPLE.teams, [BOARD, { ...team, members }]]) };
  expect(board.run('ana', TO_BOARD)).toMatchObject(
    refusedFor('approvals-outdated', { policy: 'Change board' }),
  );
  board.do('ana', { verb: 'ask-approvals' });
  expect(board.run('ana', TO_BOARD)).toMatchObject(refusedFor('approvals-missing'));
  expect(board.vote('bo').do('ana', TO_BOARD).it.state).toBe('scheduled');
});
