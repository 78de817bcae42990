/**
 * The checklist: its steps, and what the crew says of them. A step is ticked while its phase is in progress and what
 * it waits for is done. What two say of one step at once is recorded from both; `marks.ts` says what it comes to.
 */
import { isUlid, unreachable } from '../../shared/index.ts';
import { MAX_NOTE, cleanText } from '../../shared/ticket/text.ts';
import type { ActOf } from '../acts.ts';
import { alreadyDone, doneAt, firstOf, lastUnseen, no, seenVersion, tellReplaced, yes } from '../case.ts';
import type { ReleaseAnswer, ReleaseCase } from '../case.ts';
import { decideRollBackStep } from '../cutover/rollback.ts';
import { differing, standing } from '../fields.ts';
import { isOverRelease } from '../release.ts';
import { circleIn } from './graph.ts';
import { standingOf, withMark } from './marks.ts';
import { MAX_STEPS, cleanStep } from './plan.ts';
import { isDone } from './step.ts';
import type { ChecklistAct, Step, StepPlan } from './step.ts';

const MAX_EVIDENCE = 50;

export function decideChecklist(kase: ReleaseCase, act: ChecklistAct): ReleaseAnswer {
  const { release } = kase;
  if (isOverRelease(release)) return no('release-fixed', { state: release.state, field: 'steps' });
  if (act.verb === 'add-steps') return decideAdd(kase, act);
  const step = release.steps.find(({ id }) => id === act.step);
  if (step === undefined) {
    const dropped = lastUnseen(kase, 'step-dropped', (event) => event.step === act.step);
    if (act.verb === 'drop-step' && dropped !== undefined) return alreadyDone(dropped);
    return no('no-such-step', { step: act.step, ...firstOf(dropped) });
  }
  switch (act.verb) {
    case 'edit-step':
      return decideEdit(kase, step, act);
    case 'drop-step':
      return decideDrop(step);
    case 'start-step':
      return decideStart(kase, step);
    case 'tick':
      return decideTick(kase, step);
    case 'untick':
      return decideUntick(kase, step);
    case 'attach-evidence':
      return decideEvidence(kase, step, act);
    case 'roll-back-step':
      return decideRollBackStep(kase, step);
    default:
      return unreachable(act);
  }
}

function decideAdd(kase: ReleaseCase, { steps }: ActOf<'add-steps'>): ReleaseAnswer {
  const { release } = kase;
  if (steps.length === 0) return no('missing-field', { field: 'steps' });
  if (release.steps.length + steps.length > MAX_STEPS)
    return no('invalid-value', { field: 'steps', value: release.steps.length + steps.length });
  const ids = new Set(release.steps.map(({ id }) => id));
  const added: StepPlan[] = [];
  for (const step of steps) {
    if (!isUlid(step.id) || ids.has(step.id)) return no('invalid-value', { field: 'step', value: step.id });
    ids.add(step.id);
    const cleaned = cleanStep(step, kase);
    if (!cleaned.ok) return cleaned;
    added.push(cleaned.value);
  }
  return faultOfOrder(kase, [...release.steps, ...added]) ?? yes([{ type: 'steps-added', steps: added }]);
}

/** Of two who change the same field the later stands, and the other is told what was replaced. */
function decideEdit(kase: ReleaseCase, step: Step, { fields }: ActOf<'edit-step'>): ReleaseAnswer {
  const { tick } = step;
  if (tick !== null) return no('step-done', { step: step.id, by: tick.person, at: tick.at });
  const cleaned = cleanStep(fields, kase);
  if (!cleaned.ok) return cleaned;
  const changes = differing(step, cleaned.value);
  if (Object.keys(changes).length === 0) return no('nothing-to-change', { field: null });
  const after = kase.release.steps.map((each) => (each.id === step.id ? { ...each, ...changes } : each));
  const isMoved = changes.after !== undefined || changes.phase !== undefined;
  const fault = isMoved ? faultOfOrder(kase, after) : null;
  if (fault !== null) return fault;
  const before = standing(step, changes);
  const told = Object.keys(changes).flatMap((field) => {
    const other = lastUnseen(
      kase,
      'step-edited',
      (event) => event.step === step.id && Object.hasOwn(event.fields, field),
    );
    if (other === undefined) return [];
    const value = before[field as keyof typeof before];
    return tellReplaced(kase, other.actor, { step: step.id, field, value });
  });
  return yes([{ type: 'step-edited', step: step.id, fields: changes, before }], told);
}

/** What waited for it waits for what it waited for from then on (see `evolve.ts`). */
function decideDrop({ id, title, tick }: Step): ReleaseAnswer {
  if (tick !== null) return no('step-done', { step: id, by: tick.person, at: tick.at });
  return yes([{ type: 'step-dropped', step: id, title }]);
}

function decideStart(kase: ReleaseCase, step: Step): ReleaseAnswer {
  const held = refuseHeld(kase, step);
  if (held !== null) return held;
  const same = lastUnseen(kase, 'step-started', (event) => event.step === step.id);
  if (step.startedAt !== null && same !== undefined) return alreadyDone(same);
  const { tick } = step;
  if (tick !== null) return no('step-done', { step: step.id, by: tick.person, at: tick.at });
  if (step.startedAt !== null) return no('nothing-to-change', { field: 'start' });
  return refuseWaiting(kase, step) ?? yes([{ type: 'step-started', step: step.id, at: doneAt(kase, null) }]);
}

function decideTick(kase: ReleaseCase, step: Step): ReleaseAnswer {
  const held = refuseHeld(kase, step);
  if (held !== null) return held;
  if (step.tick !== null) {
    const same = lastUnseen(kase, 'step-ticked', (event) => event.step === step.id);
    return same === undefined ? no('nothing-to-change', { field: 'tick' }) : alreadyDone(same);
  }
  const waiting = refuseWaiting(kase, step);
  if (waiting !== null) return waiting;
  const at = doneAt(kase, step.startedAt);
  return yes([{ type: 'step-ticked', step: step.id, at, seen: seenVersion(kase) }]);
}

function decideUntick(kase: ReleaseCase, step: Step): ReleaseAnswer {
  const held = refuseHeld(kase, step);
  if (held !== null) return held;
  const { tick } = step;
  if (tick === null) {
    const same = lastUnseen(kase, 'step-unticked', (event) => event.step === step.id);
    return same === undefined ? no('nothing-to-change', { field: 'tick' }) : alreadyDone(same);
  }
  const { release, context } = kase;
  const at = doneAt(kase, null);
  const mark = {
    kind: 'unticked',
    person: context.actor.id,
    at,
    order: release.version + 1,
    seen: seenVersion(kase),
  } as const;
  const comesTo = standingOf(withMark(step.marks, mark));
  const isOpened = comesTo.tick === null;
  const behind = release.steps.filter((each) => isDone(each) && each.after.includes(step.id));
  if (isOpened && behind.length > 0)
    return no('step-followed', { step: step.id, by: behind.map(({ id }) => id) });
  const told = isOpened && comesTo.contest !== null;
  return yes(
    [{ type: 'step-unticked', step: step.id, at, seen: mark.seen }],
    told ? tellReplaced(kase, tick.person, { step: step.id, field: 'tick', value: tick.at }) : [],
  );
}

function decideEvidence(kase: ReleaseCase, step: Step, act: ActOf<'attach-evidence'>): ReleaseAnswer {
  const text = cleanText(act.text, MAX_NOTE);
  if (text === null) return no('missing-field', { field: 'evidence' });
  const isKnown = step.evidence.some(({ id }) => id === act.evidence);
  if (!isUlid(act.evidence) || isKnown)
    return no('invalid-value', { field: 'evidence', value: act.evidence });
  if (step.evidence.length >= MAX_EVIDENCE)
    return no('invalid-value', { field: 'evidence', value: MAX_EVIDENCE });
  const reset = resetOf(kase, step);
  if (reset !== undefined) return notRunning(kase, step, reset);
  const { evidence } = act;
  const seen = seenVersion(kase);
  return yes([{ type: 'evidence-attached', step: step.id, evidence, text, at: doneAt(kase, null), seen }]);
}

/** Steps are worked on while their phase is in progress, and not in a round that their author did not know of. */
function refuseHeld(kase: ReleaseCase, step: Step): ReleaseAnswer | null {
  const { phases, state } = kase.release;
  const phase = phases.find(({ id }) => id === step.phase);
  const reset = resetOf(kase, step);
  const runs = phase?.state === 'in_progress' && phase.stage === state;
  return runs && reset === undefined ? null : notRunning(kase, step, reset);
}

function notRunning(kase: ReleaseCase, step: Step, reset: ReturnType<typeof resetOf>): ReleaseAnswer {
  const phase = kase.release.phases.find(({ id }) => id === step.phase);
  const moved =
    reset ??
    lastUnseen(kase, 'phase-completed', (event) => event.phase === step.phase) ??
    lastUnseen(kase, 'transitioned');
  return no('phase-not-running', {
    phase: step.phase,
    state: phase?.state ?? 'pending',
    ...firstOf(moved),
  });
}

/** An unseen restart that set this step back. */
function resetOf(kase: ReleaseCase, step: Step) {
  const { phases } = kase.release;
  const placeOf = (phase: string) => phases.findIndex(({ id }) => id === phase);
  return lastUnseen(kase, 'phase-restarted', (event) => placeOf(event.phase) <= placeOf(step.phase));
}

function refuseWaiting(kase: ReleaseCase, { id, after }: Step): ReleaseAnswer | null {
  const waits = kase.release.steps.filter((each) => after.includes(each.id) && !isDone(each));
  if (waits.length === 0) return null;
  const opened = lastUnseen(kase, 'step-unticked', (event) => after.includes(event.step));
  return no('step-waits', { step: id, for: waits.map((each) => each.id), ...firstOf(opened) });
}

/** Dependencies name steps that there are, none of a later phase, and close to no circle. */
function faultOfOrder({ release }: ReleaseCase, steps: readonly StepPlan[]): ReleaseAnswer | null {
  const places = new Map(release.phases.map(({ id }, place) => [id, place]));
  const placeOf = ({ phase }: StepPlan) => places.get(phase) ?? -1;
  const byId = new Map(steps.map((step) => [step.id, step]));
  for (const step of steps) {
    for (const id of step.after) {
      const before = byId.get(id);
      if (before === undefined) return no('no-such-step', { step: id });
      if (placeOf(before) > placeOf(step)) return no('invalid-value', { field: 'after', value: id });
    }
  }
  const circle = circleIn(steps);
  return circle.length === 0 ? null : no('step-cycle', { steps: circle });
}
