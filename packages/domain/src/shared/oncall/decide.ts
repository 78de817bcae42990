/**
 * What may be done to a schedule. Its form is set up by administrators and its team's lead; who is on call takes over
 * and swaps for themselves. Of two acts about the same time the first in server order stands, and the author of the
 * other is told who came first.
 */
import { refuse, unreachable } from '../result.ts';
import type { ScheduleAct } from './acts.ts';
import { no, notYours, yes } from './answers.ts';
import type { ActOf, ScheduleAnswer, ScheduleContext } from './answers.ts';
import { cleanForm, faultOfForm } from './form.ts';
import { decideEndOverride, decideOverride } from './overrides.ts';
import { maySeeSchedules, maySetUp } from './rights.ts';
import type { Schedule } from './schedule.ts';
import { decideAnswerSwap, decideAskSwap, decideWithdrawSwap } from './swaps.ts';

/** `state` is null for what is not made yet. The same code decides on the server and predicts in the browser. */
export function decideSchedule(
  state: Schedule | null,
  act: ScheduleAct,
  context: ScheduleContext,
): ScheduleAnswer {
  const { actor, target } = context;
  if (!maySeeSchedules(actor)) return no('no-such-schedule', { schedule: target });
  if (act.verb === 'create') return decideCreate(state, act, context);
  if (state === null || state.removedAt !== null) return no('no-such-schedule', { schedule: target });
  switch (act.verb) {
    case 'change':
      return decideChange(state, act, context);
    case 'remove':
      return maySetUp(actor, state, context.directory) ? yes([{ type: 'removed' }]) : notYours();
    case 'override':
      return decideOverride(state, act, context);
    case 'end-override':
      return decideEndOverride(state, act, context);
    case 'ask-swap':
      return decideAskSwap(state, act, context);
    case 'answer-swap':
      return decideAnswerSwap(state, act, context);
    case 'withdraw-swap':
      return decideWithdrawSwap(state, act, context);
    default:
      return unreachable(act);
  }
}

function decideCreate(
  state: Schedule | null,
  { form }: ActOf<'create'>,
  context: ScheduleContext,
): ScheduleAnswer {
  if (!maySetUp(context.actor, form, context.directory)) return notYours();
  if (state !== null) return no('already-exists', { record: context.target });
  const cleaned = cleanForm(form);
  const fault = faultOfForm(cleaned, context.directory);
  return fault === null ? yes([{ type: 'created', form: cleaned }]) : refuse(fault);
}

function decideChange(state: Schedule, { form }: ActOf<'change'>, context: ScheduleContext): ScheduleAnswer {
  const { actor, directory, since } = context;
  if (!maySetUp(actor, state, directory) || !maySetUp(actor, form, directory)) return notYours();
  const before = since.findLast(({ event }) => event.type === 'changed');
  if (before !== undefined) return no('schedule-changed', { by: before.actor, at: before.at });
  const cleaned = cleanForm(form);
  const fault = faultOfForm(cleaned, directory);
  if (fault !== null) return refuse(fault);
  const { name, team, zone, cover, layers } = state;
  if (JSON.stringify(sorted(cleaned)) === JSON.stringify(sorted({ name, team, zone, cover, layers })))
    return no('nothing-to-change', { field: null });
  return yes([{ type: 'changed', form: cleaned }]);
}

/** Keys of objects in one order, so that equal forms are equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
