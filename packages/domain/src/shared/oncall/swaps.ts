/** Swaps: asked of one person, answered by them, withdrawn by whoever asked. */
import type { PersonId } from '../ids.ts';
import { refuse } from '../result.ts';
import { scheduleRefusal } from './acts.ts';
import type { ScheduleEvent, ScheduleRefusal } from './acts.ts';
import {
  ahead,
  factsOf,
  faultOfCount,
  faultOfNote,
  faultOfSpan,
  no,
  notYours,
  spansOf,
  takenBefore,
  yes,
} from './answers.ts';
import type { ActOf, ScheduleAnswer, ScheduleContext } from './answers.ts';
import { shiftsBetween } from './on-call.ts';
import { takesPart } from './rights.ts';
import type { Schedule, ScheduleSwap, Span } from './schedule.ts';

export function decideAskSwap(
  state: Schedule,
  { swap }: ActOf<'ask-swap'>,
  context: ScheduleContext,
): ScheduleAnswer {
  const { actor, now, directory } = context;
  const { id, takes } = swap;
  if (swap.with === actor.id || !takesPart(state, swap.with, directory))
    return no('not-in-schedule', { person: swap.with });
  const note = swap.note.trim();
  const fault =
    faultOfSpan(swap.gives, now) ?? (takes === null ? null : faultOfSpan(takes, now)) ?? faultOfNote(note);
  if (fault !== null) return refuse(fault);
  if (state.swaps.some((each) => each.id === id)) return no('already-exists', { record: id });
  const full = faultOfCount(state, now);
  if (full !== null) return refuse(full);
  const asked = { ...swap, note, gives: ahead(swap.gives, now), takes: takes && ahead(takes, now) };
  const absent = whoIsNotOnCall(state, actor.id, asked);
  if (absent !== null) {
    const taken = takenBefore(state, spansOf(asked), context);
    return taken === null ? no('not-on-call', { person: absent }) : no('shift-taken', taken);
  }
  const detail = {
    ...factsOf(state, asked.gives),
    swap: id,
    takes: asked.takes,
    by: actor.id,
    at: now,
    note,
  };
  return yes([{ type: 'swap-asked', swap: asked }], [{ person: swap.with, kind: 'swap-asked', detail }]);
}

export function decideAnswerSwap(
  state: Schedule,
  { swap: id, accept }: ActOf<'answer-swap'>,
  context: ScheduleContext,
): ScheduleAnswer {
  const { actor, now } = context;
  const swap = state.swaps.find((each) => each.id === id);
  if (swap === undefined || (swap.with === actor.id && swap.state !== 'asked'))
    return no('swap-over', { state: swap?.state ?? null });
  if (swap.with !== actor.id) return notYours();
  const fault = accept ? faultOfAnswer(state, swap, context) : null;
  if (fault !== null) return refuse(fault);
  const gives = accept ? ahead(swap.gives, now) : swap.gives;
  const takes = accept && swap.takes !== null ? ahead(swap.takes, now) : swap.takes;
  const detail = { ...factsOf(state, gives), swap: id, takes, by: actor.id, at: now, accepted: accept };
  const event: ScheduleEvent = { type: 'swap-answered', swap: id, accepted: accept, gives, takes };
  return yes([event], [{ person: swap.by, kind: 'swap-answered', detail }]);
}

/** What stands against accepting: that the time has come and gone, or that somebody else is on call in it by now. */
function faultOfAnswer(
  state: Schedule,
  swap: ScheduleSwap,
  context: ScheduleContext,
): ScheduleRefusal | null {
  const { now } = context;
  const { gives, takes } = swap;
  if (gives.to <= now) return scheduleRefusal('time-not-ahead', { until: gives.to });
  if (takes !== null && takes.to <= now) return scheduleRefusal('time-not-ahead', { until: takes.to });
  const left = { with: swap.with, gives: ahead(gives, now), takes: takes && ahead(takes, now) };
  const absent = whoIsNotOnCall(state, swap.by, left);
  if (absent === null) return null;
  const taken = takenBefore(state, spansOf(left), context);
  return taken === null
    ? scheduleRefusal('not-on-call', { person: absent })
    : scheduleRefusal('shift-taken', taken);
}

export function decideWithdrawSwap(
  state: Schedule,
  { swap: id }: ActOf<'withdraw-swap'>,
  { actor }: ScheduleContext,
): ScheduleAnswer {
  const swap = state.swaps.find((each) => each.id === id);
  if (swap === undefined || (swap.by === actor.id && swap.state !== 'asked'))
    return no('swap-over', { state: swap?.state ?? null });
  return swap.by === actor.id ? yes([{ type: 'swap-withdrawn', swap: id }]) : notYours();
}

/** Who of the two is not on call in the whole of the time that they would give away; null when both are. */
function whoIsNotOnCall(
  state: Schedule,
  by: PersonId,
  swap: Pick<ScheduleSwap, 'with' | 'gives' | 'takes'>,
): PersonId | null {
  if (!isOnCallThrough(state, by, swap.gives)) return by;
  return swap.takes === null || isOnCallThrough(state, swap.with, swap.takes) ? null : swap.with;
}

/** Whether whenever somebody is on call in a span it is this person. */
export function isOnCallThrough(state: Schedule, person: PersonId, span: Span): boolean {
  const shifts = shiftsBetween(state, span.from, span.to);
  return shifts.length > 0 && shifts.every((shift) => shift.person === person);
}
