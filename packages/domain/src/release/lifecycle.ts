import { STAGES } from './phase/phase.ts';
import type { Stage } from './phase/phase.ts';
import type { ReleaseState } from './release.ts';

/** A8, RELEASE. What was answered is asked again by going back to `ready`; restarts go back by their phase. */
export const RELEASE_TRANSITIONS: Readonly<Record<ReleaseState, readonly ReleaseState[]>> = {
  draft: ['planning', 'cancelled'],
  planning: ['building', 'cancelled'],
  building: ['testing', 'cancelled'],
  testing: ['ready', 'cancelled'],
  ready: ['go', 'no_go', 'cancelled'],
  go: ['deploying', 'no_go', 'ready', 'cancelled'],
  no_go: ['ready', 'cancelled'],
  deploying: ['hypercare', 'rolling_back'],
  rolling_back: ['rolled_back'],
  rolled_back: ['review'],
  hypercare: ['review'],
  review: ['completed'],
  completed: [],
  cancelled: [],
};

/** Steps that are not taken without saying why. */
export const NEEDS_REASON: ReadonlySet<ReleaseState> = new Set(['no_go', 'rolling_back', 'cancelled']);

/** The phases before anything is deployed: what the gates of these say is what readiness means. */
export const STAGES_BEFORE: ReadonlySet<Stage> = new Set(['planning', 'building', 'testing']);

/** Whether what is released, and how, may still change. */
export function isPlanOpen(state: ReleaseState): boolean {
  return PLAN_OPEN.has(state);
}

const PLAN_OPEN: ReadonlySet<ReleaseState> = new Set([
  'draft',
  'planning',
  'building',
  'testing',
  'ready',
  'go',
  'no_go',
]);

/** The stage whose phases are worked on in a state; null when there is none. */
export function stageOf(state: ReleaseState): Stage | null {
  return STAGES.find((stage) => stage === state) ?? null;
}

/**
 * Whether a phase may be restarted from here: before deployment any earlier one, afterwards those of hypercare. What
 * was deployed is not forgotten by a restart: the way back from there is rolling back.
 */
export function mayRestart(state: ReleaseState, stage: Stage): boolean {
  if (state === 'hypercare') return stage === 'hypercare';
  if (state === 'draft' || !isPlanOpen(state) || !STAGES_BEFORE.has(stage)) return false;
  const present = stageOf(state);
  return present === null || STAGES.indexOf(stage) <= STAGES.indexOf(present);
}
