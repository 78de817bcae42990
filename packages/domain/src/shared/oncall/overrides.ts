/** Overrides: one person on call instead of whoever would be, or of nobody. */
import type { Tell } from '../decider.ts';
import type { PersonId } from '../ids.ts';
import { refuse } from '../result.ts';
import type { ScheduleEvent } from './acts.ts';
import {
  factsOf,
  faultOfCount,
  faultOfNote,
  faultOfSpan,
  no,
  notYours,
  takenBefore,
  yes,
} from './answers.ts';
import type { ActOf, ScheduleAnswer, ScheduleContext } from './answers.ts';
import { evolveSchedule } from './evolve.ts';
import { planBetween, shiftsOf } from './on-call.ts';
import type { Shift } from './on-call.ts';
import { maySetUp, takesPart } from './rights.ts';
import type { Schedule, Span } from './schedule.ts';

export function decideOverride(
  state: Schedule,
  { override }: ActOf<'override'>,
  context: ScheduleContext,
): ScheduleAnswer {
  const { actor, now, directory } = context;
  const { id, person, to } = override;
  const leads = maySetUp(actor, state, directory);
  if (person !== actor.id && !leads) return notYours();
  if (!takesPart(state, person, directory)) return no('not-in-schedule', { person });
  const note = override.note.trim();
  const fault = faultOfSpan(override, now) ?? faultOfNote(note);
  if (fault !== null) return refuse(fault);
  if (state.overrides.some((each) => each.id === id)) return no('already-exists', { record: id });
  const full = faultOfCount(state, now);
  if (full !== null) return refuse(full);
  const span = { from: Math.max(override.from, now), to };
  const taken = takenBefore(state, [span], context);
  if (taken !== null) return no('shift-taken', taken);
  const event: ScheduleEvent = { type: 'overridden', override: { ...override, ...span, note } };
  return telling(state, [event], [span], note, context);
}

export function decideEndOverride(
  state: Schedule,
  { override: id }: ActOf<'end-override'>,
  context: ScheduleContext,
): ScheduleAnswer {
  const { actor, now, directory } = context;
  const override = state.overrides.find((each) => each.id === id);
  if (override === undefined || override.to <= now)
    return no('override-over', { until: override?.to ?? null });
  const isTheirs = override.person === actor.id || override.by === actor.id;
  if (!isTheirs && !maySetUp(actor, state, directory)) return notYours();
  const span = { from: Math.max(override.from, now), to: override.to };
  return telling(state, [{ type: 'override-ended', override: id }], [span], '', context);
}

/** The events, and that those hear of it whose time on call becomes another. */
function telling(
  state: Schedule,
  events: readonly ScheduleEvent[],
  spans: readonly Span[],
  note: string,
  { actor, now, target }: ScheduleContext,
): ScheduleAnswer {
  const told = { actor: actor.id, at: now };
  const next = events.reduce<Schedule>((so, event) => evolveSchedule(so, event, told, target), state);
  const concerned = new Map<PersonId, Tell>();
  for (const span of spans) {
    // nothing here changes what the layers plan
    const plan = planBetween(state, span.from, span.to);
    const [before, after] = [state, next].map((each) => timesOf(shiftsOf(plan, each)));
    for (const person of [...(before?.keys() ?? []), ...(after?.keys() ?? [])]) {
      const isSame = before?.get(person) === after?.get(person);
      if (person === actor.id || isSame || concerned.has(person)) continue;
      const isOn = (after?.get(person) ?? 0) > (before?.get(person) ?? 0);
      const detail = { ...factsOf(state, span), isOn, by: actor.id, at: now, note };
      concerned.set(person, { person, kind: 'shift-changed', detail });
    }
  }
  return yes(events, [...concerned.values()]);
}

function timesOf(shifts: readonly Shift[]): ReadonlyMap<PersonId, number> {
  const times = new Map<PersonId, number>();
  for (const { person, from, to } of shifts) times.set(person, (times.get(person) ?? 0) + to - from);
  return times;
}
