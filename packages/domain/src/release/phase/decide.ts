/**
 * Phases: one in progress at a time, in their order, each in the state of the release that it belongs to. One is
 * completed when its work is done and its gates are met; a restart sets it and all that follow back.
 */
import { refuse, unreachable } from '../../shared/index.ts';
import { MAX_NOTE, cleanText } from '../../shared/ticket/text.ts';
import type { ActOf } from '../acts.ts';
import { alreadyDone, firstOf, lastUnseen, no, yes } from '../case.ts';
import type { ReleaseAnswer, ReleaseCase } from '../case.ts';
import { isDone } from '../checklist/step.ts';
import { faultOfWindow, isInstant } from '../fields.ts';
import { isMet, standingOfGate } from '../gate/standing.ts';
import { isPlanOpen, mayRestart, stageOf } from '../lifecycle.ts';
import { isOverRelease } from '../release.ts';
import { STAGES } from './phase.ts';
import type { Phase, PhaseAct } from './phase.ts';
import { cleanPhases } from './plan.ts';

export function decidePhase(kase: ReleaseCase, act: PhaseAct): ReleaseAnswer {
  if (act.verb === 'plan-phases') return decidePlan(kase, act);
  const phase = kase.release.phases.find(({ id }) => id === act.phase);
  if (phase === undefined) return no('no-such-phase', { phase: act.phase });
  switch (act.verb) {
    case 'reschedule-phase':
      return decideReschedule(kase, phase, act);
    case 'start-phase':
      return decideStart(kase, phase);
    case 'complete-phase':
      return decideComplete(kase, phase);
    case 'restart-phase':
      return decideRestart(kase, phase, act);
    default:
      return unreachable(act);
  }
}

/** A phase that steps stand in stays: they would belong nowhere. */
function decidePlan({ release, context }: ReleaseCase, { phases }: ActOf<'plan-phases'>): ReleaseAnswer {
  const begun = release.phases.find(({ state, round }) => state !== 'pending' || round > 1);
  if (begun !== undefined) return no('phases-begun', { phase: begun.id });
  if (!isPlanOpen(release.state)) return no('release-fixed', { state: release.state, field: 'phases' });
  const cleaned = cleanPhases(phases, context.directory);
  if (!cleaned.ok) return cleaned;
  const ids = new Set(cleaned.value.map(({ id }) => id));
  const homeless = release.steps.find(({ phase }) => !ids.has(phase));
  if (homeless !== undefined) return no('no-such-phase', { phase: homeless.phase });
  const passed = cleaned.value.find(({ stage }) => isBehind(release.state, stage));
  if (passed !== undefined)
    return no('phase-of-other-stage', { phase: passed.id, stage: passed.stage, state: release.state });
  return yes([{ type: 'phases-planned', phases: cleaned.value }]);
}

/** Whether the release has left a stage: nothing in it could be begun any more. */
function isBehind(state: ReleaseCase['release']['state'], stage: Phase['stage']): boolean {
  if (state === 'draft') return false;
  const present = stageOf(state);
  const reached = present === null ? STAGES.indexOf('deploying') : STAGES.indexOf(present);
  return STAGES.indexOf(stage) < reached;
}

function decideReschedule(
  { release }: ReleaseCase,
  phase: Phase,
  { beginsAt, endsAt }: ActOf<'reschedule-phase'>,
): ReleaseAnswer {
  if (isOverRelease(release)) return no('release-fixed', { state: release.state, field: 'phases' });
  if (phase.state === 'completed') return no('phase-state', { phase: phase.id, state: phase.state });
  for (const at of [beginsAt, endsAt])
    if (at !== null && !isInstant(at)) return no('invalid-value', { field: 'phase', value: at });
  const fault = faultOfWindow({ beginsAt, endsAt });
  if (fault !== null) return refuse(fault);
  if (beginsAt === phase.beginsAt && endsAt === phase.endsAt)
    return no('nothing-to-change', { field: 'phase' });
  return yes([{ type: 'phase-rescheduled', phase: phase.id, beginsAt, endsAt }]);
}

function decideStart(kase: ReleaseCase, phase: Phase): ReleaseAnswer {
  const { phases, state } = kase.release;
  const same = lastUnseen(kase, 'phase-started', (event) => event.phase === phase.id);
  if (phase.state === 'in_progress' && same !== undefined) return alreadyDone(same);
  if (phase.state !== 'pending') return no('phase-state', { phase: phase.id, state: phase.state });
  if (phase.stage !== state)
    return no('phase-of-other-stage', { phase: phase.id, stage: phase.stage, state });
  const running = phases.find((each) => each.state === 'in_progress');
  if (running !== undefined) {
    const first = lastUnseen(kase, 'phase-started', (event) => event.phase === running.id);
    return no('phase-running', { phase: running.id, ...firstOf(first) });
  }
  const earlier = phases.slice(0, phases.indexOf(phase)).filter((each) => each.state !== 'completed');
  if (earlier.length > 0) return no('phase-waits', { phase: phase.id, for: earlier.map(({ id }) => id) });
  return yes([{ type: 'phase-started', phase: phase.id }]);
}

function decideComplete(kase: ReleaseCase, phase: Phase): ReleaseAnswer {
  const { release, context } = kase;
  const { id } = phase;
  const same = lastUnseen(kase, 'phase-completed', (event) => event.phase === id);
  if (phase.state === 'completed' && same !== undefined) return alreadyDone(same);
  if (phase.state !== 'in_progress') {
    const reset = lastUnseen(kase, 'phase-restarted');
    return no('phase-state', { phase: id, state: phase.state, ...firstOf(reset) });
  }
  if (phase.stage !== release.state)
    return no('phase-of-other-stage', { phase: id, stage: phase.stage, state: release.state });
  if (release.pace === 'dates' && (phase.endsAt === null || context.now < phase.endsAt))
    return no('phase-not-over', { phase: id, endsAt: phase.endsAt });
  if (release.pace === 'stages') {
    const open = release.steps.filter((step) => step.phase === id && !isDone(step)).length;
    if (open > 0) return no('steps-open', { phase: id, steps: open });
  }
  const unmet = unmetGates(kase, phase);
  if (unmet.length > 0) return no('gates-not-met', { gates: unmet });
  return yes([{ type: 'phase-completed', phase: id }]);
}

function unmetGates({ release, context }: Pick<ReleaseCase, 'release' | 'context'>, { gates }: Phase) {
  return gates
    .map((gate) => ({ gate: gate.id, result: standingOfGate(gate, release, context.facts).result }))
    .filter((each) => !isMet(each));
}

function decideRestart(kase: ReleaseCase, phase: Phase, { reason }: ActOf<'restart-phase'>): ReleaseAnswer {
  const { state } = kase.release;
  const words = cleanText(reason, MAX_NOTE);
  if (words === null) return no('missing-field', { field: 'reason' });
  const same = lastUnseen(kase, 'phase-restarted', (event) => event.phase === phase.id);
  if (phase.state === 'pending')
    return same === undefined ? no('phase-state', { phase: phase.id, state: 'pending' }) : alreadyDone(same);
  if (!mayRestart(state, phase.stage))
    return no('phase-of-other-stage', { phase: phase.id, stage: phase.stage, state });
  return yes([{ type: 'phase-restarted', phase: phase.id, reason: words }]);
}
