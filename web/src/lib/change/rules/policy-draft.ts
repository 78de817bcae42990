import type { ApprovalPolicy, ApprovalRule, ApproverSource, RiskLevel } from '@muster/domain/change';
import { personId, teamId } from '@muster/domain/shared';

/** A policy as its form has it. */
export interface PolicyDraft {
  readonly id: string;
  /** 0 for a new one. */
  readonly version: number;
  name: string;
  stage: ApprovalPolicy['stage'];
  models: readonly string[];
  risk: RiskLevel | '';
  rule: ApprovalRule['kind'];
  /** Votes or weight, where the rule asks for a number. */
  needed: string;
  lead: boolean;
  people: readonly string[];
  teams: readonly string[];
  /** Hours; empty for no deadline. */
  hours: string;
  ownMayVote: boolean;
}

const HOUR_MS = 3_600_000;

export function draftOf(policy: ApprovalPolicy): PolicyDraft {
  const { rule, approvers } = policy;
  return {
    id: policy.id,
    version: policy.version,
    name: policy.name,
    stage: policy.stage,
    models: policy.when.models ?? [],
    risk: policy.when.risk ?? '',
    rule: rule.kind,
    needed:
      rule.kind === 'quorum' ? String(rule.votes) : rule.kind === 'weighted' ? String(rule.weight) : '2',
    lead: approvers.some(({ kind }) => kind === 'lead'),
    people: approvers.flatMap((source) => (source.kind === 'person' ? [source.person] : [])),
    teams: approvers.flatMap((source) => (source.kind === 'team' ? [source.team] : [])),
    hours: policy.withinMs === null ? '' : String(Math.round(policy.withinMs / HOUR_MS)),
    ownMayVote: policy.ownMayVote,
  };
}

export function emptyDraft(id: string): PolicyDraft {
  return {
    ...{ id, version: 0, name: '', stage: 'board', models: [], risk: '', rule: 'any', needed: '2' },
    ...{ lead: false, people: [], teams: [], hours: '', ownMayVote: false },
  };
}

/**
 * The policy of a form. What the form does not show of `before` stays: weights, delegates and the rest of the
 * condition.
 */
export function policyOf(
  draft: PolicyDraft,
  before: ApprovalPolicy | null,
): Omit<ApprovalPolicy, 'id' | 'version'> {
  const weightOf = (fits: (source: ApproverSource) => boolean) => before?.approvers.find(fits)?.weight ?? 1;
  const { models: _models, risk: _risk, ...others } = before?.when ?? {};
  return {
    name: draft.name.trim(),
    stage: draft.stage,
    when: {
      ...others,
      ...(draft.models.length > 0 && { models: draft.models }),
      ...(draft.risk !== '' && { risk: draft.risk }),
    },
    rule: ruleOf(draft),
    approvers: [
      ...(draft.lead ? [{ kind: 'lead', weight: weightOf(({ kind }) => kind === 'lead') } as const] : []),
      ...draft.people.map((person) => ({
        kind: 'person' as const,
        person: personId(person),
        weight: weightOf((source) => source.kind === 'person' && source.person === person),
      })),
      ...draft.teams.map((team) => ({
        kind: 'team' as const,
        team: teamId(team),
        weight: weightOf((source) => source.kind === 'team' && source.team === team),
      })),
    ],
    delegates: before?.delegates ?? null,
    withinMs: draft.hours.trim() === '' ? null : Number(draft.hours) * HOUR_MS,
    ownMayVote: draft.ownMayVote,
  };
}

function ruleOf({ rule, needed }: PolicyDraft): ApprovalRule {
  if (rule === 'quorum') return { kind: 'quorum', votes: Number(needed) };
  if (rule === 'weighted') return { kind: 'weighted', weight: Number(needed) };
  return { kind: rule };
}

/** What is missing in a form, in words; null when nothing is. */
export function draftFault(draft: PolicyDraft): string | null {
  if (draft.name.trim() === '') return 'Give the policy a name.';
  if (!draft.lead && draft.people.length === 0 && draft.teams.length === 0) return 'Say who is asked.';
  const asksNumber = draft.rule === 'quorum' || draft.rule === 'weighted';
  if (asksNumber && !/^[1-9]\d*$/.test(draft.needed.trim()))
    return 'Say how much is needed, as a number from 1.';
  if (draft.hours.trim() !== '' && !/^[1-9]\d*$/.test(draft.hours.trim()))
    return 'Say the hours as a whole number, or leave them open.';
  return null;
}
