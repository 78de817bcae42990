/** The phases of a release while somebody plans them in a form: text as it is typed. */
import { STAGES } from '@muster/domain/release';
import type { GateRule, PhasePlan, Stage } from '@muster/domain/release';
import type { PersonId } from '@muster/domain/shared';
import { ulid } from 'ulid';

export interface GateDraft {
  readonly id: string;
  name: string;
  kind: GateRule['kind'];
  check: string;
  bound: 'at-least' | 'at-most';
  threshold: string;
  people: readonly string[];
}

export interface PhaseDraft {
  readonly id: string;
  name: string;
  stage: Stage;
  readonly beginsAt: number | null;
  readonly endsAt: number | null;
  gates: GateDraft[];
}

export function draftOf(phases: readonly PhasePlan[]): PhaseDraft[] {
  return phases.map(({ id, name, stage, beginsAt, endsAt, gates }) => ({
    ...{ id, name, stage, beginsAt, endsAt },
    gates: gates.map((gate) => ({ ...freshGate(gate.id), name: gate.name, ...fieldsOf(gate.rule) })),
  }));
}

export function freshGate(id = ulid()): GateDraft {
  return {
    ...{ id, name: '', kind: 'sign-offs', check: '', bound: 'at-least', threshold: '', people: [] },
  };
}

export function freshPhase(stage: Stage): PhaseDraft {
  return { id: ulid(), name: '', stage, beginsAt: null, endsAt: null, gates: [] };
}

/** As the rules take them: phases in the order of their stages. */
export function planOf(phases: readonly PhaseDraft[]): readonly PhasePlan[] {
  return phases
    .map(({ id, name, stage, beginsAt, endsAt, gates }) => ({
      ...{ id, name: name.trim(), stage, beginsAt, endsAt },
      gates: gates.map((gate) => ({ id: gate.id, name: gate.name.trim(), rule: ruleOf(gate) })),
    }))
    .toSorted((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage));
}

function fieldsOf(rule: GateRule): Partial<GateDraft> {
  if (rule.kind === 'check') return { ...rule, threshold: String(rule.threshold) };
  return rule;
}

function ruleOf({ kind, check, bound, threshold, people }: GateDraft): GateRule {
  if (kind === 'check') return { kind, check: check.trim(), bound, threshold: Number(threshold) };
  if (kind === 'sign-offs') return { kind, people: people as readonly PersonId[] };
  return { kind };
}
