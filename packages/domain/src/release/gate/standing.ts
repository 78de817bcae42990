/** How a gate stands: on what was reported and signed, and on the member changes as they are now. */
import type { PersonId } from '../../shared/index.ts';
import { unreachable } from '../../shared/index.ts';
import type { ReleaseFacts } from '../facts.ts';
import type { Release } from '../release.ts';
import type { Gate, GateException, GateResult, GateRule } from './gate.ts';

export interface GateStanding {
  readonly result: GateResult;
  /** What does not meet the gate: changes, or the people who have not signed. */
  readonly failing: readonly string[];
  /** The last value of a check; null when it has not run, and for other gates. */
  readonly value: number | null;
}

type Measured = GateStanding & { readonly result: Exclude<GateResult, 'exception'> };

/** An exception counts as long as the gate is unmet no worse than when it was given. */
export function standingOfGate(
  gate: Gate,
  release: Release,
  facts: Pick<ReleaseFacts, 'changes'>,
): GateStanding {
  const measured = measure(gate, release, facts);
  const { exception, rule } = gate;
  if (measured.result === 'compliant' || exception === null) return measured;
  return covers(exception, rule, measured) ? { ...measured, result: 'exception' } : measured;
}

/** Nothing is held up by it. */
export function isMet({ result }: Pick<GateStanding, 'result'>): boolean {
  return result === 'compliant' || result === 'exception';
}

function measure(
  { rule, run, signed }: Gate,
  release: Release,
  { changes }: Pick<ReleaseFacts, 'changes'>,
): Measured {
  switch (rule.kind) {
    case 'changes-closed':
      return ofFailing(
        release.members.filter((member) => (changes.get(member)?.standing ?? 'open') === 'open'),
        'non_compliant',
      );
    case 'windows-fit': {
      const { beginsAt, endsAt, members } = release;
      if (beginsAt === null || endsAt === null) return { result: 'pending', failing: [], value: null };
      const outside = members.filter((member) => {
        const change = changes.get(member);
        if (change === undefined) return true;
        const { standing, window } = change;
        return (
          standing === 'open' && (window === null || window.beginsAt < beginsAt || window.endsAt > endsAt)
        );
      });
      return ofFailing(outside, 'non_compliant');
    }
    case 'check': {
      if (run === null) return { result: 'pending', failing: [], value: null };
      const keeps = rule.bound === 'at-least' ? run.value >= rule.threshold : run.value <= rule.threshold;
      return { result: keeps ? 'compliant' : 'non_compliant', failing: [], value: run.value };
    }
    case 'sign-offs': {
      const done = new Set<PersonId>(signed.map(({ person }) => person));
      return ofFailing(
        rule.people.filter((person) => !done.has(person)),
        'pending',
      );
    }
    default:
      return unreachable(rule);
  }
}

function ofFailing(failing: readonly string[], otherwise: 'pending' | 'non_compliant'): Measured {
  return { result: failing.length === 0 ? 'compliant' : otherwise, failing, value: null };
}

function covers(exception: GateException, rule: GateRule, { failing, value }: Measured): boolean {
  if (rule.kind === 'windows-fit' || rule.kind === 'changes-closed' || rule.kind === 'sign-offs') {
    const known = new Set(exception.failing);
    return failing.every((each) => known.has(each));
  }
  if (value === null || exception.value === null) return value === exception.value;
  return rule.bound === 'at-least' ? value >= exception.value : value <= exception.value;
}
