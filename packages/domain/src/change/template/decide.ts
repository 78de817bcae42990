/** What may be done to a template. Who wrote a revision does not approve it. */
import { SYSTEM, ok, saysSame, unreachable } from '../../shared/index.ts';
import type { Actor, RecordId, Recorded, Result, Verdict } from '../../shared/index.ts';
import { MAX_LABEL, MAX_NOTE, MAX_TEXT, cleanText } from '../../shared/ticket/text.ts';
import { no } from '../case.ts';
import { PLANS } from '../change.ts';
import type { ChangeRefusal } from '../refusals.ts';
import { wentWrong } from '../review/result.ts';
import { findCycle } from '../task/graph.ts';
import { MAX_TASKS, MAX_TASK_MINUTES } from '../task/task.ts';
import type { TemplateAct, TemplateEvent } from './acts.ts';
import type { ChangeTemplate, TemplateFields } from './template.ts';

export interface TemplateContext {
  readonly actor: Actor;
  readonly target: RecordId;
  /** Events that the act's author has not seen, oldest first. */
  readonly since: readonly Recorded<TemplateEvent>[];
}

export type TemplateAnswer = Result<Verdict<TemplateEvent>, ChangeRefusal>;

/** `state` is null for what is not proposed yet. The same code decides on the server and predicts in the browser. */
export function decideTemplate(
  state: ChangeTemplate | null,
  act: TemplateAct,
  context: TemplateContext,
): TemplateAnswer {
  const { actor, target } = context;
  if (!actor.permissions.has('change.read')) return no('no-such-change', { change: target });
  const permission = permissionFor(act);
  if (actor.id !== SYSTEM && (permission === null || !actor.permissions.has(permission)))
    return no('not-permitted', { permission: permission ?? 'system' });
  if (act.verb === 'propose') return decidePropose(state, act.fields, target);
  if (state === null) return no('no-such-change', { change: target });
  switch (act.verb) {
    case 'edit':
      return decideEdit(state, act.fields);
    case 'approve':
      return decideApprove(state, act.revision, context);
    case 'reject':
      return decideReject(state, act, context);
    case 'retire':
      return state.state === 'active' ? withReason('retired', act.reason) : noStep(state, act.verb, context);
    case 'keep':
      return state.retirementProposed === null
        ? noStep(state, act.verb, context)
        : withReason('kept', act.reason);
    case 'note-use':
      return yes([{ type: 'used', change: act.change }]);
    case 'note-result':
      return noted(state, act.change, act.result);
    default:
      return unreachable(act);
  }
}

function permissionFor({ verb }: TemplateAct): 'change.create' | 'change.manage' | null {
  if (verb === 'note-use' || verb === 'note-result') return null;
  return verb === 'propose' || verb === 'edit' ? 'change.create' : 'change.manage';
}

function decidePropose(
  state: ChangeTemplate | null,
  fields: TemplateFields,
  target: RecordId,
): TemplateAnswer {
  if (state !== null) return no('already-exists', { record: target });
  return faultOf(fields) ?? yes([{ type: 'proposed', fields: { ...fields, name: fields.name.trim() } }]);
}

function decideEdit(state: ChangeTemplate, fields: Partial<TemplateFields>): TemplateAnswer {
  if (state.state === 'retired') return no('no-such-template-step', { state: state.state, act: 'edit' });
  const changed = Object.fromEntries(
    Object.entries(fields).filter(([field, value]) => !saysSame(value, state[field as keyof TemplateFields])),
  );
  if (Object.keys(changed).length === 0) return no('nothing-to-change', { field: null });
  return faultOf({ ...state, ...changed }) ?? yes([{ type: 'edited', fields: changed }]);
}

/** What is approved is what was read: an edit that came in between is told. */
function decideApprove(state: ChangeTemplate, revision: number, context: TemplateContext): TemplateAnswer {
  if (state.state !== 'proposed') return noStep(state, 'approve', context);
  if (revision !== state.revision)
    return no('content-moved', { differs: ['template'], revision: state.revision });
  const { actor } = context;
  if (state.writtenBy === actor.id) return no('own-change', { person: actor.id });
  return yes([{ type: 'approved', revision }]);
}

function decideReject(
  state: ChangeTemplate,
  { reason }: { readonly reason: string },
  context: TemplateContext,
): TemplateAnswer {
  return state.state === 'proposed' ? withReason('rejected', reason) : noStep(state, 'reject', context);
}

function withReason(type: 'rejected' | 'retired' | 'kept', given: string): TemplateAnswer {
  const reason = cleanText(given, MAX_NOTE);
  return reason === null ? no('missing-field', { field: 'reason' }) : yes([{ type, reason }]);
}

function noted(
  state: ChangeTemplate,
  change: RecordId,
  result: Extract<TemplateEvent, { type: 'ended' }>['result'],
): TemplateAnswer {
  const ended: TemplateEvent = { type: 'ended', change, result };
  const proposes = wentWrong(result) && state.state === 'active' && state.retirementProposed === null;
  return yes(proposes ? [ended, { type: 'retirement-proposed', change }] : [ended]);
}

const MOVES: ReadonlySet<TemplateEvent['type']> = new Set([
  'edited',
  'approved',
  'rejected',
  'retired',
  'kept',
]);

function noStep(state: ChangeTemplate, act: string, { since }: TemplateContext): TemplateAnswer {
  const moved = since.findLast(({ event }) => MOVES.has(event.type));
  if (moved === undefined) return no('no-such-template-step', { state: state.state, act });
  return no('template-moved', { state: state.state, by: moved.actor, at: moved.at });
}

function faultOf({ name, plans, tasks, minutes }: TemplateFields): TemplateAnswer | null {
  if (cleanText(name, MAX_LABEL) === null) return no('missing-field', { field: 'name' });
  if (!Number.isSafeInteger(minutes) || minutes < 1 || minutes > MAX_TASK_MINUTES)
    return no('invalid-value', { field: 'minutes', value: minutes });
  const long = PLANS.find((plan) => (plans[plan]?.length ?? 0) > MAX_TEXT);
  if (long !== undefined) return no('invalid-value', { field: `plan:${long}`, value: plans[long]?.length });
  if (tasks.length > MAX_TASKS) return no('invalid-value', { field: 'tasks', value: tasks.length });
  if ((plans.implementation ?? '').trim() === '') return no('plans-missing', { plans: ['implementation'] });
  const cycle = findCycle(tasks);
  return cycle === null ? null : no('task-cycle', { tasks: cycle });
}

function yes(events: readonly TemplateEvent[]): TemplateAnswer {
  return ok({ events, tell: [] });
}
