import { STAGES_BEFORE, isMet, standingOfGate } from '@muster/domain/release';
import type { Release, ReleaseFacts } from '@muster/domain/release';

/** What there is to complete and to meet before a deployment, and how much of it is. */
export interface ReadinessCount {
  readonly done: number;
  readonly of: number;
  /** 0 to 100; 100 only when all of it is. */
  readonly percent: number;
}

/**
 * Phases and gates before deployment count alike; a step counts for its phase. A gate counts once its phase has begun:
 * of a release without changes every change is planned in the window, and nothing is done by that.
 */
export function readinessCount(release: Release, facts: ReleaseFacts): ReadinessCount {
  const phases = release.phases.filter(({ stage }) => STAGES_BEFORE.has(stage));
  const completed = phases.filter(({ state }) => state === 'completed').length;
  const gates = phases.reduce((sum, phase) => sum + phase.gates.length, 0);
  const met = phases
    .filter(({ state }) => state !== 'pending')
    .flatMap((phase) => phase.gates)
    .filter((gate) => isMet(standingOfGate(gate, release, facts))).length;
  const [done, of] = [completed + met, phases.length + gates];
  return { done, of, percent: of === 0 ? 100 : Math.floor((100 * done) / of) };
}
