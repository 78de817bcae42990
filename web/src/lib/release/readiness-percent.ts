import { isMet, standingOfGate } from '@muster/domain/release';
import type { Release, ReleaseFacts, Stage } from '@muster/domain/release';

/** What there is to complete and to meet before a deployment, and how much of it is. */
export interface ReadinessCount {
  readonly done: number;
  readonly of: number;
  /** 0 to 100; 100 only when all of it is. */
  readonly percent: number;
}

const BEFORE: ReadonlySet<Stage> = new Set(['planning', 'building', 'testing']);

/** Phases and gates before deployment count alike; a step counts for its phase. */
export function readinessCount(release: Release, facts: ReleaseFacts): ReadinessCount {
  const phases = release.phases.filter(({ stage }) => BEFORE.has(stage));
  const gates = phases.flatMap((phase) => phase.gates);
  const completed = phases.filter(({ state }) => state === 'completed').length;
  const met = gates.filter((gate) => isMet(standingOfGate(gate, release, facts))).length;
  const [done, of] = [completed + met, phases.length + gates.length];
  return { done, of, percent: of === 0 ? 100 : Math.floor((100 * done) / of) };
}
