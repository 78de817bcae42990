import type { Instant } from '../../shared/index.ts';
import { unreachable } from '../../shared/index.ts';
import { freshStep } from '../checklist/step.ts';
import type { Release } from '../release.ts';
import { freshPhase } from './phase.ts';
import type { Phase, PhaseEvent } from './phase.ts';

/** The release after something happened to its phases. */
export function evolvePhases(release: Release, event: PhaseEvent, at: Instant): Release {
  switch (event.type) {
    case 'phases-planned':
      return { ...release, phases: event.phases.map((plan) => freshPhase(plan, 1)) };
    case 'phase-rescheduled': {
      const { beginsAt, endsAt } = event;
      return withPhase(release, event.phase, (phase) => ({ ...phase, beginsAt, endsAt }));
    }
    case 'phase-started':
      return withPhase(release, event.phase, (phase) => ({ ...phase, state: 'in_progress', startedAt: at }));
    case 'phase-completed':
      return withPhase(release, event.phase, (phase) => ({ ...phase, state: 'completed', completedAt: at }));
    case 'phase-restarted':
      return restarted(release, event.phase);
    default:
      return unreachable(event);
  }
}

/**
 * The phase and all that follow as if nothing had happened in them: steps, sign-offs, runs and exceptions of gates.
 * The release goes back with it, and what leads answered is void.
 */
function restarted(release: Release, id: string): Release {
  const first = release.phases.findIndex((phase) => phase.id === id);
  const phase = release.phases[first];
  if (phase === undefined) return release;
  const phases = release.phases.map((each, at) => (at < first ? each : freshPhase(each, each.round + 1)));
  const reset = new Set(phases.slice(first).map((each) => each.id));
  const steps = release.steps.map((step) => (reset.has(step.phase) ? freshStep(planOf(step)) : step));
  const isBack = release.state !== phase.stage;
  return { ...release, phases, steps, ...(isBack && { state: phase.stage, rollCall: null }) };
}

function planOf({
  id,
  title,
  phase,
  owner,
  change,
  minutes,
  after,
  rollback,
  noReturn,
}: Release['steps'][number]) {
  return { id, title, phase, owner, change, minutes, after, rollback, noReturn };
}

function withPhase(release: Release, id: string, change: (phase: Phase) => Phase): Release {
  return { ...release, phases: release.phases.map((phase) => (phase.id === id ? change(phase) : phase)) };
}
