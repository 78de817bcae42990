import type { ApprovalPolicy } from '@muster/domain/change';
import type { Directory } from '@muster/domain/shared';
import { RISK_WORDS, modelName } from '#lib/wording/changes.ts';
import { span } from '#lib/ui/time.ts';
import { listed } from '#lib/wording/readers.ts';

type ChangeModels = ReadonlyMap<string, { readonly name: string }>;

/** A policy in two sentences: for which changes, and who decides how. */
export function policyWords(policy: ApprovalPolicy, directory: Directory, models: ChangeModels): string {
  const { when, rule, approvers, withinMs } = policy;
  const conditions = [
    when.models === undefined
      ? 'all changes'
      : `${listed(when.models.map((id) => modelName(models, id).toLowerCase()))} changes`,
    ...(when.risk === undefined ? [] : [`from ${RISK_WORDS[when.risk].toLowerCase()} risk on`]),
    ...(when.outage === true ? ['with an outage'] : []),
    ...(when.criticality === undefined ? [] : [`that reach a service of criticality ${when.criticality}`]),
    ...(when.services === undefined
      ? []
      : [`of ${listed(when.services.map((id) => directory.services.get(id)?.name ?? 'another service'))}`]),
  ].join(' ');
  const who = listed(
    approvers.map((source) => {
      if (source.kind === 'lead') return 'the lead of the change’s team';
      if (source.kind === 'team') return `the team ${directory.teams.get(source.team)?.name ?? 'of before'}`;
      return directory.people.get(source.person)?.name ?? 'somebody';
    }),
  );
  const isOne = approvers.length === 1 && approvers[0]?.kind !== 'team';
  const how = {
    any: 'one of them is enough',
    all: 'all of them must approve',
    majority: 'more than half must approve',
    quorum: rule.kind === 'quorum' ? `${rule.votes} must approve` : '',
    weighted: rule.kind === 'weighted' ? `a weight of ${rule.weight} must approve` : '',
  }[rule.kind];
  const within = withinMs === null ? '' : `, within ${span(withinMs)}`;
  const stage = policy.stage === 'technical' ? 'Before it goes to the board' : 'For the board';
  return `${stage}, for ${conditions}. ${isOne ? `Asked is ${who}` : `Asked are ${who}: ${how}`}${within}.`;
}
