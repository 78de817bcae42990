import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { personId } from '../shared/index.ts';
import type { PersonId, Recorded } from '../shared/index.ts';
import { NETWORK } from '../shared/test-support/organisation.ts';
import type { ChangeAct } from './acts.ts';
import type { ApprovalRule, Vote } from './approval/approval.ts';
import type { Change } from './change.ts';
import { contentOf, hashOf } from './content.ts';
import { change } from './decider.ts';
import type { ChangeEvent } from './events.ts';
import type { ChangeState } from './model/model.ts';
import { CALM, DAY, ENDS, HOUR, TECHNICAL, freeze, normal, policy } from './test-board.ts';
import type { ChangeBoard } from './test-board.ts';

/**
 * Random plays of every command by several people with stale bases. fast-check prints seed and path of a failure;
 * `{ seed, path }` beside `numRuns` repeats it.
 */
const RUNS = { numRuns: 600 };

const POLICIES: readonly ChangeBoard['policies'][] = [
  [TECHNICAL, policy({})],
  [policy({ version: 2, rule: { kind: 'any' } })],
  [
    policy({ version: 3, rule: { kind: 'any' } }),
    policy({ id: 'second', rule: { kind: 'quorum', votes: 2 } }),
  ],
  [policy({ version: 4, rule: { kind: 'all' } }), policy({ id: 'outage', when: { outage: true } })],
  [],
];
/** Longer than any play. */
const YEAR = { zone: 'UTC', begins: '2026-01-01T00:00', ends: '2027-01-01T00:00', repeats: null };
const FREEZES: readonly ChangeBoard['windows'][] = [
  [],
  [freeze({ when: YEAR })],
  [freeze({ when: YEAR, hard: false })],
];

type Move =
  | {
      readonly does: 'act';
      readonly who: string;
      readonly behind: number;
      readonly act: (seen: Change) => ChangeAct;
    }
  | { readonly does: 'policies'; readonly at: number }
  | { readonly does: 'freezes'; readonly at: number }
  | { readonly does: 'time'; readonly ms: number };

const reason = 'For a reason';
const steady = (acts: readonly ChangeAct[]) => fc.constantFrom(...acts).map((act) => () => act);

const FORWARD = ['assess', 'authorize', 'scheduled', 'implement', 'review'] as const;
const NEXT: Readonly<Partial<Record<ChangeState, ChangeState>>> = {
  new: 'assess',
  assess: 'authorize',
  authorize: 'scheduled',
  scheduled: 'implement',
  implement: 'review',
};

/** Mostly the step that leads on from what its author saw. */
const steps = fc
  .tuple(fc.constantFrom(null, null, null, ...FORWARD), fc.boolean())
  .map(([any, says]) => ({ state }: Change): ChangeAct => ({
    verb: 'step',
    to: any ?? NEXT[state] ?? 'review',
    ...(says && { reason }),
  }));
const edits = steady([
  { verb: 'edit', fields: { outage: true } },
  { verb: 'edit', fields: { outage: false } },
  { verb: 'edit', fields: { ends: ENDS + HOUR } },
  { verb: 'edit', fields: { ends: ENDS } },
  { verb: 'edit', fields: { title: 'Other' } },
  { verb: 'edit', fields: {}, model: 'emergency' },
  { verb: 'note-plans', plans: { test: 'one' } },
  { verb: 'note-plans', plans: { test: 'two', backout: 'back' } },
  { verb: 'assess', input: CALM },
  { verb: 'assess', input: { ...CALM, likelihood: 3, impact: 4 } },
  { verb: 'assign', team: NETWORK, owner: personId('kim') },
  { verb: 'assign', team: NETWORK, owner: personId('ana') },
]);
const others = steady([
  { verb: 'revert', reason },
  { verb: 'hold', reason },
  { verb: 'release' },
  { verb: 'release' },
  { verb: 'release' },
  { verb: 'release' },
  { verb: 'ask-approvals' },
  { verb: 'ask-approvals' },
  { verb: 'expire' },
  { verb: 'delegate', to: personId('bo') },
  { verb: 'delegate', to: personId('cem') },
  { verb: 'close', result: 'successful' },
]);
const votes = fc
  .constantFrom<Vote>('approved', 'approved', 'approved', 'approved', 'approved', 'rejected', 'abstained')
  .map((vote) => (seen: Change): ChangeAct => {
    return { verb: 'vote', vote, read: contentOf(seen), note: 'so' };
  });

const anybody = fc.constantFrom('ana', 'bo', 'lea', 'lea', 'kim', 'system');
const approver = fc.constantFrom('lea', 'kim', 'lou', 'max', 'bo');
const move = fc.oneof(
  { weight: 6, arbitrary: fc.record({ who: anybody, act: steps }) },
  { weight: 10, arbitrary: fc.record({ who: approver, act: votes }) },
  { weight: 1, arbitrary: fc.record({ who: anybody, act: edits }) },
  { weight: 1, arbitrary: fc.record({ who: fc.oneof(anybody, approver), act: others }) },
);
const behind = fc.constantFrom(0, 0, 0, 1, 2, 5);
const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    {
      weight: 30,
      arbitrary: fc
        .record({ move, behind })
        .map((one) => ({ does: 'act' as const, behind: one.behind, ...one.move })),
    },
    { weight: 1, arbitrary: fc.nat(POLICIES.length - 1).map((at) => ({ does: 'policies' as const, at })) },
    { weight: 1, arbitrary: fc.nat(FREEZES.length - 1).map((at) => ({ does: 'freezes' as const, at })) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 12 * HOUR, max: 4 * DAY }).map((ms) => ({ does: 'time' as const, ms })),
    },
  ),
  { minLength: 10, maxLength: 80 },
);

const beginnings = fc.constantFrom('new', 'assess', 'authorize', 'authorize', 'scheduled');

/** A change with all its plans, brought by people to where a play begins. */
function begun(at: 'new' | 'assess' | 'authorize' | 'scheduled'): ChangeBoard {
  const board = normal('new');
  board.do('ana', { verb: 'note-plans', plans: { test: 'try', communication: 'tell' } });
  if (at !== 'new') board.do('ana', { verb: 'step', to: 'assess' });
  if (at === 'authorize' || at === 'scheduled')
    board.vote('lea').do('ana', { verb: 'step', to: 'authorize' });
  if (at === 'scheduled') board.vote('kim').vote('lou').do('ana', { verb: 'step', to: 'scheduled' });
  return board;
}

/** The record as somebody saw it, and what they read of it. */
function seenAt(board: ChangeBoard, version: number): Change {
  return board.history
    .slice(0, Math.max(1, version))
    .reduce<Change | null>((state, each) => change.evolve(state, each, board.target), null) as Change;
}

function make(board: ChangeBoard, move: Move): void {
  if (move.does === 'policies') board.policies = POLICIES[move.at] ?? [];
  else if (move.does === 'freezes') board.windows = FREEZES[move.at] ?? [];
  else if (move.does === 'time') board.now += move.ms;
  else {
    const basis = Math.max(1, board.it.version - move.behind);
    board.run(move.who, move.act(seenAt(board, basis)), basis);
  }
}

const hashNow = (state: Change): string => hashOf(contentOf(state));

/** Who approved or rejected this very content since it was last void, told from the history alone. */
function saidOf(history: readonly Recorded<ChangeEvent>[], content: string): Map<PersonId, string> {
  const from = history.findLastIndex(({ event }) => event.type === 'approvals-voided');
  const said = new Map<PersonId, string>();
  const instead = new Map<PersonId, PersonId>();
  for (const { event } of history.slice(from + 1)) {
    if (event.type === 'delegated') instead.set(event.to, event.person);
    if (event.type === 'voted' && event.content === content) {
      said.set(event.person, event.vote);
      const principal = instead.get(event.person);
      if (principal !== undefined) said.set(principal, event.vote);
    }
  }
  return said;
}

/** Whether as many said yes as the rule needs at least, whatever else was said. */
function carries(
  rule: ApprovalRule,
  voters: readonly PersonId[],
  said: ReadonlyMap<PersonId, string>,
): boolean {
  const of = (vote: string) => voters.filter((voter) => said.get(voter) === vote).length;
  const [yes, no] = [of('approved'), of('rejected')];
  if (rule.kind === 'any') return yes > 0 && no === 0;
  if (rule.kind === 'all') return yes > 0 && yes + of('abstained') === voters.length;
  if (rule.kind === 'quorum') return yes >= rule.votes;
  return 2 * yes > voters.length - of('abstained');
}

/** Whose votes a policy of the test counts. */
function votersFor(board: ChangeBoard, before: Change, id: string): readonly PersonId[] {
  const people = id === 'technical' ? ['lea'] : ['kim', 'lou', 'max'];
  return people.map(personId).filter((person) => person !== before.owner && person !== board.it.madeBy);
}

describe('any commands by anybody in any order', () => {
  let scheduled = 0;
  let implemented = 0;

  test('[CHG-33] nothing is scheduled without its approvals, nor begun inside a hard freeze', () => {
    fc.assert(
      fc.property(beginnings, moves, (at, all) => {
        const board = begun(at);
        for (const move of all) {
          const before = board.it;
          make(board, move);
          for (const { event } of board.history.slice(before.version)) {
            if (event.type !== 'moved') continue;
            if (event.to === 'implement') {
              implemented += 1;
              expect(board.windows.some(({ hard }) => hard)).toBe(false);
            }
            if (event.to !== 'scheduled') continue;
            scheduled += 1;
            const said = saidOf(board.history, hashNow(board.it));
            const asking = board.policies.filter(
              ({ stage, when }) =>
                (board.it.model === 'normal' || stage === 'board') &&
                (when.outage === undefined || when.outage === board.it.outage),
            );
            expect(asking).not.toEqual([]);
            for (const { id, rule } of asking)
              expect([id, carries(rule, votersFor(board, before, id), said)]).toEqual([id, true]);
          }
          if (board.it.state === 'scheduled' || board.it.state === 'implement')
            expect(saidOf(board.history, hashNow(board.it)).size).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
    // The plays come that far at all.
    expect(Math.min(scheduled, implemented)).toBeGreaterThan(5);
  });

  test('[CHG-28] nobody votes twice in a revision, and revisions only rise', () => {
    fc.assert(
      fc.property(beginnings, moves, (at, all) => {
        const board = begun(at);
        for (const move of all) make(board, move);
        const cast = board.history.flatMap(({ event }) =>
          event.type === 'voted' ? [`${event.person} ${event.revision}`] : [],
        );
        expect(new Set(cast).size).toBe(cast.length);
        const revisions = board.history.flatMap(({ event }) =>
          event.type === 'approvals-voided' ? [event.revision] : [],
        );
        expect(revisions).toEqual(revisions.map((_, at) => at + 2));
      }),
      RUNS,
    );
  });

  test('[CHG-53] a version counts its events, and folding them again gives the same change', () => {
    fc.assert(
      fc.property(beginnings, moves, (at, all) => {
        const board = begun(at);
        for (const move of all) make(board, move);
        expect(board.it.version).toBe(board.history.length);
        expect(seenAt(board, board.it.version)).toEqual(board.it);
        expect(JSON.parse(JSON.stringify(board.it))).toEqual(board.it);
      }),
      { numRuns: 200 },
    );
  });
});
