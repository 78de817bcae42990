/** Whom a change asks, and what is still missing of what its policies want on its present content. */
import { SYSTEM, saysSame } from '../../shared/index.ts';
import type { Instant, PersonId } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import { contentOf, hashOf } from '../content.ts';
import type { ChangeEventOf } from '../events.ts';
import { matchedOf } from '../facts.ts';
import { isUndecided } from '../model/model.ts';
import type { ChangeContext } from '../facts.ts';
import type { ChangeRefusal } from '../refusals.ts';
import { changeRefusal } from '../refusals.ts';
import { isDecided } from './approval.ts';
import type { Approval, ApprovalStage, ApprovalState, Requirement, Vote, Voter } from './approval.ts';
import { deadlines, matchingPolicies, requirementOf } from './policy.ts';
import type { ApprovalPolicy } from './policy.ts';
import { countVotes } from './rule.ts';
import type { RuleOutcome } from './rule.ts';

type Asks = Pick<Change, 'approvals' | 'owner' | 'madeBy'>;

/** Asks whoever the policies of these stages name and who has not answered; null when nothing of it is new. */
export function askEvent(
  change: Change,
  context: ChangeContext,
  stages: readonly ApprovalStage[],
): ChangeEventOf<'approvals-asked'> | null {
  const asked = policiesFor(change, context, stages).map((policy) => {
    const requirement = requirementOf(policy, change.team, context.directory);
    return { policy, requirement, voters: votersOf(requirement, change) };
  });
  const requirements = asked.map(({ requirement }) => requirement);
  const people = [...deadlines(asked, context.now)]
    .filter(([person]) => isToAsk(change, person))
    .map(([person, dueAt]) => ({ person, dueAt: beforeBegin(dueAt, change, context.now) }));
  const same = saysSame(requirements, change.requirements);
  if (same && people.length === 0) return null;
  const { revision } = change;
  return { type: 'approvals-asked', revision, content: hashOf(contentOf(change)), requirements, people };
}

/** A vote that comes after the change was to begin is of no use to anybody. */
function beforeBegin(
  dueAt: Instant | null,
  { begins }: Pick<Change, 'begins'>,
  now: Instant,
): Instant | null {
  return dueAt === null || begins === null || begins <= now ? dueAt : Math.min(dueAt, begins);
}

/** Why the approvals of these stages do not carry the present content; null when they do. */
export function approvalGap(
  change: Change,
  context: ChangeContext,
  { stages, mustAsk }: { readonly stages: readonly ApprovalStage[]; readonly mustAsk: boolean },
): ChangeRefusal | null {
  const policies = policiesFor(change, context, stages);
  if (policies.length === 0 && mustAsk) return changeRefusal('no-policy', { state: change.state });
  const content = hashOf(contentOf(change));
  for (const policy of policies) {
    const { id, name, version } = policy;
    const requirement = change.requirements.find(({ policy }) => policy === id);
    const voters = requirementOf(policy, change.team, context.directory).voters;
    // whom a team or a lead stands for is the directory's to say, which has no version
    const isOutdated = requirement?.policyVersion !== version || !isSameVoters(requirement.voters, voters);
    if (requirement === undefined || isOutdated) return changeRefusal('approvals-outdated', { policy: name });
    const bound = change.approvals.filter((each) => !isDecided(each.state) || each.content === content);
    if (outcomeOf(requirement, { ...change, approvals: bound }) !== 'approved')
      return changeRefusal('approvals-missing', { policy: name, waiting: waitingFor(requirement, change) });
  }
  return null;
}

/** What the votes of the present revision make of a requirement. */
export function outcomeOf(requirement: Requirement, change: Asks): RuleOutcome {
  const { owner, madeBy } = change;
  // a vote that was handed to somebody who has come to own the change since is their own
  const counts = ({ person }: Approval): boolean =>
    requirement.ownMayVote || (person !== owner && person !== madeBy);
  return countVotes(requirement.rule, votersOf(requirement, change), (person) =>
    voteOf({ approvals: change.approvals.filter((each) => each.instead === null || counts(each)) }, person),
  );
}

/** The voters that count: not whoever made or owns the change, unless the policy lets them. */
export function votersOf({ voters, ownMayVote }: Requirement, { owner, madeBy }: Asks): readonly Voter[] {
  return ownMayVote ? voters : voters.filter(({ person }) => person !== owner && person !== madeBy);
}

/** What a person said, themselves or by whom they handed their vote to. */
export function voteOf({ approvals }: Pick<Change, 'approvals'>, person: PersonId): Vote | null {
  const own = approvals.find((each) => each.person === person);
  const answer = own?.state === 'delegated' ? approvals.find((each) => each.instead === person) : own;
  return answer !== undefined && isDecided(answer.state) ? answer.state : null;
}

/** An approval as it stands for its reader: while the change is on hold none is required. */
export function approvalsNow({ held, approvals }: Pick<Change, 'held' | 'approvals'>): readonly (Omit<
  Approval,
  'state'
> & {
  readonly state: ApprovalState | 'not_required';
})[] {
  if (held === null) return approvals;
  return approvals.map((each) => (each.state === 'requested' ? { ...each, state: 'not_required' } : each));
}

/** Whose answer is overdue, for the clock. Nothing expires on hold, nor once it was decided without them. */
export function expiredBy(
  change: Pick<Change, 'held' | 'approvals' | 'state'>,
  now: number,
): readonly PersonId[] {
  if (change.held !== null || !isUndecided(change)) return [];
  return change.approvals
    .filter(({ state, dueAt }) => state === 'requested' && dueAt !== null && dueAt <= now)
    .map(({ person }) => person);
}

function policiesFor(
  change: Change,
  { facts, directory }: ChangeContext,
  stages: readonly ApprovalStage[],
): readonly ApprovalPolicy[] {
  return matchingPolicies(facts.policies, stages, matchedOf(change, facts, directory.services));
}

function waitingFor(requirement: Requirement, change: Asks): readonly PersonId[] {
  return votersOf(requirement, change)
    .map(({ person }) => person)
    .filter((person) => person !== SYSTEM && voteOf(change, person) === null);
}

function isSameVoters(some: readonly Voter[], others: readonly Voter[]): boolean {
  const inOrder = (voters: readonly Voter[]) => voters.toSorted((a, b) => (a.person < b.person ? -1 : 1));
  return saysSame(inOrder(some), inOrder(others));
}

function isToAsk({ approvals }: Change, person: PersonId): boolean {
  const live = (each: Approval | undefined): boolean =>
    each !== undefined && each.state !== 'void' && each.state !== 'expired';
  const own = approvals.find((each) => each.person === person);
  if (own?.state !== 'delegated') return !live(own);
  return !live(approvals.find((each) => each.instead === person));
}
