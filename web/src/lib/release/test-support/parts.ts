/** For tests: parts of a release as they stand on a checklist. */
import type { Phase, Stage, Step } from '@muster/domain/release';

export function aPhase(stage: Stage, other: Partial<Phase> = {}): Phase {
  return {
    ...{ id: stage, name: stage, stage, beginsAt: null, endsAt: null, gates: [] },
    ...{ state: 'pending', round: 1, startedAt: null, completedAt: null },
    ...other,
  };
}

export function aStep(id: string, other: Partial<Step> = {}): Step {
  return {
    ...{ id, title: `Step ${id}`, phase: 'deploying', owner: null, change: null, minutes: 10, after: [] },
    ...{ rollback: '', noReturn: false, startedAt: null, startedBy: null, evidence: [], marks: [] },
    ...{ tick: null, contest: null, rolledBackAt: null, rolledBackBy: null },
    ...other,
  };
}
