/** The ways through a model: forward, back to the beginning, out, and to its end. */
import { MAX_NOTE, cleanText } from '../shared/ticket/text.ts';
import type { ActOf } from './acts.ts';
import { lastUnseen, no, superseded, yes } from './case.ts';
import type { ChangeAnswer, ChangeCase } from './case.ts';
import { isOver, stepsFrom } from './model/model.ts';
import type { ChangeState, ChangeStep } from './model/model.ts';
import { checkNeeds } from './needs.ts';
import { CHANGE_RESULTS } from './review/result.ts';
import type { ChangeResult } from './review/result.ts';

/** The steps that people take from here, whether or not what they need is there. */
export function waysFrom({ change, model }: Pick<ChangeCase, 'change' | 'model'>): readonly ChangeStep[] {
  return stepsFrom(model, change.state).filter(({ way, to }) => way !== 'back' || to === model.initial);
}

export function decideStep(kase: ChangeCase, { to, reason }: ActOf<'step'>): ChangeAnswer {
  const raced = lostRace(kase, to);
  if (raced !== null) return raced;
  const step = stepsFrom(kase.model, kase.change.state).find(
    (each) => each.to === to && each.way === 'forward' && to !== 'closed',
  );
  return step === undefined ? noSuchStep(kase, to) : take(kase, step, reason, null);
}

export function decideClose(kase: ChangeCase, { result }: ActOf<'close'>): ChangeAnswer {
  const raced = lostRace(kase, 'closed');
  if (raced !== null) return raced;
  if (!CHANGE_RESULTS.includes(result)) return no('invalid-value', { field: 'result', value: result });
  const step = stepsFrom(kase.model, kase.change.state).find(({ to }) => to === 'closed');
  return step === undefined ? noSuchStep(kase, 'closed') : take(kase, step, undefined, result);
}

export function decideRevert(kase: ChangeCase, { reason }: ActOf<'revert'>): ChangeAnswer {
  const { change, model } = kase;
  const raced = lostRace(kase, model.initial);
  if (raced !== null) return raced;
  const step = waysFrom(kase).find(({ way }) => way === 'back');
  if (step === undefined) return noSuchStep(kase, model.initial);
  return leave(change.state, step, reason);
}

/** Whoever calls it off does so from wherever it has come to meanwhile. */
export function decideCancel(kase: ChangeCase, { reason }: ActOf<'cancel'>): ChangeAnswer {
  const { change } = kase;
  const cancelled = lastUnseen(kase, 'moved', ({ to }) => to === 'cancelled');
  if (cancelled !== undefined) return superseded(cancelled);
  const step = stepsFrom(kase.model, change.state).find(({ way }) => way === 'cancel');
  return step === undefined ? noSuchStep(kase, 'cancelled') : leave(change.state, step, reason);
}

export function decideHold(kase: ChangeCase, { reason }: ActOf<'hold'>): ChangeAnswer {
  const words = cleanText(reason, MAX_NOTE);
  return words === null ? no('missing-field', { field: 'reason' }) : yes([{ type: 'held', reason: words }]);
}

export function decideRelease(kase: ChangeCase): ChangeAnswer {
  const released = lastUnseen(kase, 'released');
  if (kase.change.held !== null) return yes([{ type: 'released' }]);
  return released === undefined ? no('not-on-hold', {}) : superseded(released);
}

/** Somebody else took a step that the author had not seen: the same one, or one that leads elsewhere. */
function lostRace(kase: ChangeCase, to: ChangeState): ChangeAnswer | null {
  const moved = lastUnseen(kase, 'moved');
  if (moved === undefined) return null;
  const { state } = kase.change;
  return state === to ? superseded(moved) : no('change-moved', { state, by: moved.actor, at: moved.at });
}

function take(
  kase: ChangeCase,
  { from, to, way, ...step }: ChangeStep,
  given: string | undefined,
  result: ChangeResult | null,
): ChangeAnswer {
  const reason = cleanText(given, MAX_NOTE);
  const needs = checkNeeds(kase, { from, to, way, ...step }, { reason, result });
  if (!needs.met) return { ok: false, refusal: needs.refusal };
  const { overruled } = needs;
  // A reason that overruled nothing is not kept: it would read as if something had been.
  const kept = overruled.length > 0 ? reason : null;
  return yes([{ type: 'moved', from, to, way, reason: kept, overruled, result }]);
}

function leave(from: ChangeState, { to, way }: ChangeStep, given: string): ChangeAnswer {
  const reason = cleanText(given, MAX_NOTE);
  if (reason === null) return no('missing-field', { field: 'reason' });
  return yes([{ type: 'moved', from, to, way, reason, overruled: [], result: null }]);
}

function noSuchStep(kase: ChangeCase, to: ChangeState): ChangeAnswer {
  const { change } = kase;
  if (isOver(change)) return no('change-over', { state: change.state });
  return no('no-such-step', { from: change.state, to, allowed: waysFrom(kase).map((each) => each.to) });
}
