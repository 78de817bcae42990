/** Whether the gates of a plan are fit. */
import { ok, refuse, unreachable } from '../../shared/index.ts';
import type { Directory } from '../../shared/index.ts';
import { MAX_LABEL, cleanText } from '../../shared/ticket/text.ts';
import type { Checked } from '../fields.ts';
import { isId } from '../members.ts';
import { canTakePart } from '../party.ts';
import { releaseRefusal } from '../refusals.ts';
import type { GatePlan, GateRule } from './gate.ts';

const MAX_SIGNERS = 50;

export function cleanGate(
  { id, name, rule }: GatePlan,
  directory: Pick<Directory, 'people'>,
): Checked<GatePlan> {
  if (!isId(id)) return refuse(releaseRefusal('invalid-value', { field: 'gate', value: id }));
  const title = cleanText(name, MAX_LABEL);
  if (title === null) return refuse(releaseRefusal('missing-field', { field: 'gate' }));
  const cleaned = cleanRule(rule, directory);
  return cleaned.ok ? ok({ id, name: title, rule: cleaned.value }) : cleaned;
}

function cleanRule(rule: GateRule, directory: Pick<Directory, 'people'>): Checked<GateRule> {
  switch (rule.kind) {
    case 'changes-closed':
    case 'windows-fit':
      return ok({ kind: rule.kind });
    case 'check': {
      const check = cleanText(rule.check, MAX_LABEL);
      if (check === null) return refuse(releaseRefusal('missing-field', { field: 'check' }));
      if (!Number.isFinite(rule.threshold))
        return refuse(releaseRefusal('invalid-value', { field: 'threshold', value: rule.threshold }));
      return ok({ kind: 'check', check, bound: rule.bound, threshold: rule.threshold });
    }
    case 'sign-offs': {
      const asked = [...new Set(rule.people)];
      if (asked.length === 0 || asked.length > MAX_SIGNERS)
        return refuse(releaseRefusal('invalid-value', { field: 'people', value: asked.length }));
      const unknown = asked.find((person) => !canTakePart(directory, person));
      if (unknown !== undefined) return refuse(releaseRefusal('unknown-person', { person: unknown }));
      return ok({ kind: 'sign-offs', people: asked });
    }
    default:
      return unreachable(rule);
  }
}
