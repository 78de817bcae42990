/** Who must approve which changes: data. Several policies may match, and all of them must hold. */
import type { Directory, Instant, PersonId, TeamId } from '../../shared/index.ts';
import { matches } from '../model/match.ts';
import type { ChangeMatch, Matched } from '../model/match.ts';
import type { ApprovalRule, ApprovalStage, Requirement, Voter } from './approval.ts';

export type ApproverSource =
  | { readonly kind: 'person'; readonly person: PersonId; readonly weight: number }
  | { readonly kind: 'team'; readonly team: TeamId; readonly weight: number }
  /** Who leads the team of the change. */
  | { readonly kind: 'lead'; readonly weight: number };

export interface ApprovalPolicy {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly stage: ApprovalStage;
  readonly when: ChangeMatch;
  readonly rule: ApprovalRule;
  readonly approvers: readonly ApproverSource[];
  readonly delegates: readonly PersonId[] | null;
  /** How long approvers have, in ms; null without end. */
  readonly withinMs: number | null;
  readonly ownMayVote: boolean;
}

export function matchingPolicies(
  policies: readonly ApprovalPolicy[],
  stages: readonly ApprovalStage[],
  change: Matched,
): readonly ApprovalPolicy[] {
  return policies.filter(({ stage, when }) => stages.includes(stage) && matches(when, change));
}

/** What a policy asks for now: its people as the directory has them, each with the greatest of their weights. */
export function requirementOf(
  policy: ApprovalPolicy,
  team: TeamId | null,
  directory: Directory,
): Requirement {
  const weights = new Map<PersonId, number>();
  for (const { person, weight } of policy.approvers.flatMap((source) => votersOf(source, team, directory))) {
    if (directory.people.get(person)?.active === true)
      weights.set(person, Math.max(weight, weights.get(person) ?? 0));
  }
  const { id, version, name, stage, rule, delegates, ownMayVote } = policy;
  return {
    policy: id,
    policyVersion: version,
    name,
    stage,
    rule,
    voters: [...weights].map(([person, weight]) => ({ person, weight })),
    delegates,
    ownMayVote,
  };
}

/** When each person asked must have answered: the earliest of the policies that ask them. */
export function deadlines(
  asked: readonly { readonly policy: ApprovalPolicy; readonly voters: readonly Voter[] }[],
  now: Instant,
): ReadonlyMap<PersonId, Instant | null> {
  const due = new Map<PersonId, Instant | null>();
  for (const { policy, voters } of asked) {
    const at = policy.withinMs === null ? null : now + policy.withinMs;
    for (const { person } of voters) {
      const known = due.get(person) ?? null;
      due.set(person, known === null ? at : at === null ? known : Math.min(known, at));
    }
  }
  return due;
}

function votersOf(source: ApproverSource, team: TeamId | null, { teams }: Directory): readonly Voter[] {
  const { weight } = source;
  if (source.kind === 'person') return [{ person: source.person, weight }];
  if (source.kind === 'team')
    return (teams.get(source.team)?.members ?? []).map((person) => ({ person, weight }));
  const lead = team === null ? null : (teams.get(team)?.lead ?? null);
  return lead === null ? [] : [{ person: lead, weight }];
}
