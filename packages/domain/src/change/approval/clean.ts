import { ok } from '../../shared/index.ts';
import type { Directory, Result } from '../../shared/index.ts';
import { MAX_LABEL, cleanText } from '../../shared/ticket/text.ts';
import { no } from '../case.ts';
import type { ChangeRefusal } from '../refusals.ts';
import { APPROVAL_STAGES } from './approval.ts';
import type { ApprovalPolicy, ApproverSource } from './policy.ts';

const MAX_APPROVERS = 200;
const MAX_WEIGHT = 1_000;

/** A policy as it is kept, or why it is unfit. One that names nobody would hold every change for ever. */
export function cleanPolicy(
  policy: ApprovalPolicy,
  directory: Directory,
): Result<ApprovalPolicy, ChangeRefusal> {
  const { stage, rule, approvers, withinMs, delegates } = policy;
  const name = cleanText(policy.name, MAX_LABEL);
  if (name === null) return no('missing-field', { field: 'name' });
  if (!APPROVAL_STAGES.includes(stage)) return no('invalid-value', { field: 'stage', value: stage });
  if (approvers.length === 0) return no('missing-field', { field: 'approvers' });
  if (approvers.length > MAX_APPROVERS)
    return no('invalid-value', { field: 'approvers', value: approvers.length });
  for (const source of approvers) {
    if (!isCount(source.weight, MAX_WEIGHT))
      return no('invalid-value', { field: 'weight', value: source.weight });
    const fault = faultOfSource(source, directory);
    if (fault !== null) return fault;
  }
  const unknown = delegates?.find((person) => !directory.people.has(person));
  if (unknown !== undefined) return no('unknown-person', { person: unknown });
  if (rule.kind === 'quorum' && !isCount(rule.votes, MAX_APPROVERS))
    return no('invalid-value', { field: 'votes', value: rule.votes });
  if (rule.kind === 'weighted' && !isCount(rule.weight, MAX_APPROVERS * MAX_WEIGHT))
    return no('invalid-value', { field: 'weight', value: rule.weight });
  if (withinMs !== null && !isCount(withinMs, Number.MAX_SAFE_INTEGER))
    return no('invalid-value', { field: 'withinMs', value: withinMs });
  return ok({ ...policy, name });
}

function faultOfSource(source: ApproverSource, { people, teams }: Directory): ReturnType<typeof no> | null {
  if (source.kind === 'person' && people.get(source.person)?.active !== true)
    return no('unknown-person', { person: source.person });
  if (source.kind === 'team' && !teams.has(source.team)) return no('unknown-team', { team: source.team });
  return null;
}

function isCount(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= most;
}
