import { personId } from '../shared/index.ts';
import type { Recorded, RecordId } from '../shared/index.ts';
import { evolveApprovals } from './approval/evolve.ts';
import type { Change, ChangeFields } from './change.ts';
import type { ChangeEvent, ChangeEventOf } from './events.ts';
import { isOver } from './model/model.ts';
import { plannedKey } from './planned/planned-value.ts';
import type { PlannedValue } from './planned/planned-value.ts';
import { evolveReview } from './review/evolve.ts';
import { evolveTasks } from './task/evolve.ts';

/**
 * Folds one event into a change. Total: any event in any order gives a change, an unknown event only counts.
 * No rule is checked here; what was decided has happened. `version` is the event's own.
 */
export function evolveChange(
  state: Change | null,
  recorded: Recorded<ChangeEvent>,
  target: RecordId,
): Change {
  const before = state ?? blank(target, recorded.at);
  // nothing of the change tells when that was
  if (recorded.event.type === 'incident-hidden') return { ...before, id: target, version: recorded.version };
  const after = applyEvent(before, recorded);
  return { ...after, id: target, version: recorded.version, updatedAt: recorded.at };
}

function applyEvent(change: Change, recorded: Recorded<ChangeEvent>): Change {
  const { event, actor, at } = recorded;
  switch (event.type) {
    case 'created':
      return { ...change, ...event.change, number: event.number, madeBy: actor, madeAt: at };
    case 'edited':
      // A waiver was of the place and the things that were looked at.
      return { ...change, ...event.fields, waived: movesPlace(event.fields) ? [] : change.waived };
    case 'model-set':
      return { ...change, model: event.model };
    case 'assigned':
      return { ...change, team: event.team, owner: event.owner };
    case 'plans-noted':
      return { ...change, plans: { ...change.plans, ...event.plans } };
    case 'assessed':
      return { ...change, riskInput: event.input, risk: event.risk };
    case 'moved':
      return moved(change, event, at);
    case 'held':
      return { ...change, held: { by: actor, at, reason: event.reason } };
    case 'released':
      return { ...evolveApprovals(change, { ...recorded, event }), held: null };
    case 'approvals-asked':
    case 'voted':
    case 'delegated':
    case 'approvals-expired':
    case 'approvals-voided':
      return evolveApprovals(change, { ...recorded, event });
    case 'conflicts-waived': {
      const { keys, reason } = event;
      const kept = change.waived.filter(({ key }) => !keys.includes(key));
      return { ...change, waived: [...kept, ...keys.map((key) => ({ key, by: actor, at, reason }))] };
    }
    case 'announcement-made':
      return { ...change, announcements: [...change.announcements, event.announcement] };
    case 'task-added':
    case 'task-edited':
    case 'task-dropped':
    case 'task-moved':
    case 'backout-begun':
      return { ...change, tasks: evolveTasks(change.tasks, event, at) };
    case 'review-begun':
    case 'review-waived':
    case 'review-moved':
    case 'incident-caused':
    case 'incident-not-caused':
      return { ...change, ...evolveReview(change, event, at) };
    case 'values-planned':
      return { ...change, values: [...without(change.values, event.values), ...event.values] };
    case 'values-unplanned':
      return { ...change, values: without(change.values, event.values) };
    case 'values-applied':
      return { ...change, valueOutcomes: event.outcomes };
    case 'incident-hidden':
    case 'values-left':
      return change;
    default:
      return later(change, event);
  }
}

function without(values: readonly PlannedValue[], gone: readonly PlannedValue[]): readonly PlannedValue[] {
  const keys = new Set(gone.map(plannedKey));
  return values.filter((value) => !keys.has(plannedKey(value)));
}

function movesPlace(fields: Partial<ChangeFields>): boolean {
  return ['begins', 'ends', 'items'].some((field) => Object.hasOwn(fields, field));
}

/** An event of a later version of Muster: kept in the history, without effect on the record. */
function later(change: Change, event: never): Change {
  void event;
  return change;
}

function moved(change: Change, { to, result }: ChangeEventOf<'moved'>, at: number): Change {
  const leavesWork = change.state === 'implement' && to !== 'implement';
  return {
    ...change,
    state: to,
    held: isOver({ state: to }) ? null : change.held,
    result: result ?? change.result,
    startedAt: to === 'implement' ? at : change.startedAt,
    endedAt: leavesWork ? at : change.endedAt,
    closedAt: isOver({ state: to }) ? at : null,
  };
}

function blank(id: RecordId, at: number): Change {
  return {
    id,
    number: null,
    version: 0,
    model: 'normal',
    template: null,
    state: 'new',
    held: null,
    title: '',
    items: [],
    begins: null,
    ends: null,
    outage: false,
    madeBy: personId(''),
    madeAt: at,
    updatedAt: at,
    team: null,
    owner: null,
    plans: {},
    riskInput: null,
    risk: null,
    revision: 1,
    requirements: [],
    approvals: [],
    waived: [],
    tasks: [],
    result: null,
    caused: [],
    review: null,
    startedAt: null,
    endedAt: null,
    closedAt: null,
    announcements: [],
    values: [],
    valueOutcomes: [],
  };
}
