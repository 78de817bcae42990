/**
 * What may be done to a change. Reading comes first: a change that may not be read answers like one that is not there.
 * On hold everything is frozen but calling it off.
 */
import { SYSTEM, ok, unreachable } from '../shared/index.ts';
import type { Actor, Permission } from '../shared/index.ts';
import type { ChangeAct, ChangeCommand } from './acts.ts';
import { decideAnnounce } from './announce.ts';
import { decideAsk, decideDelegate, decideExpire, decideVote } from './approval/decide.ts';
import { no } from './case.ts';
import type { ChangeAnswer, ChangeCase } from './case.ts';
import type { Change } from './change.ts';
import { decideCreate } from './create.ts';
import { decideAssess, decideAssign, decideEdit, decideNotePlans } from './edit.ts';
import type { ChangeContext } from './facts.ts';
import { withFollowers } from './follow.ts';
import { isOver } from './model/model.ts';
import { decideNoteValues, decidePlanValues, decideUnplanValues } from './planned/decide.ts';
import { decideReview } from './review/decide.ts';
import { decideCancel, decideClose, decideHold, decideRelease, decideRevert, decideStep } from './step.ts';
import { decideTask } from './task/decide.ts';
import { decideWaive } from './waive.ts';

type WorkAct = Exclude<ChangeAct, { verb: 'create' }>;

/** `state` is null for what is not made yet. The same code decides on the server and predicts in the browser. */
export function decideChange(
  state: Change | null,
  command: ChangeCommand,
  context: ChangeContext,
): ChangeAnswer {
  const { actor, target, facts } = context;
  const absent = no('no-such-change', { change: target });
  if (actor.id !== SYSTEM && !actor.permissions.has('change.read')) return absent;
  const permission = permissionFor(command);
  const isAllowed = actor.id === SYSTEM || actor.permissions.has(permission);
  if (command.verb === 'create')
    return isAllowed ? decideCreate(state, command, context) : no('not-permitted', { permission });
  if (state === null) return absent;
  if (!isAllowed) return no('not-permitted', { permission });
  const model = facts.models.get(state.model);
  if (model === undefined) return no('unknown-model', { model: state.model });
  const unseen = context.since.filter((recorded) => recorded.actor !== actor.id);
  const kase: ChangeCase = { change: state, model, context, unseen };
  const answer = frozen(kase, command) ?? decideAct(kase, command);
  if (!answer.ok || answer.value.events.length === 0) return answer;
  return ok({ ...answer.value, events: withFollowers(kase, answer.value.events) });
}

/** The permission that an act asks for. Who is asked to approve is data beside it. */
export function permissionFor({ verb }: Pick<ChangeAct, 'verb'>): Permission {
  switch (verb) {
    case 'create':
      return 'change.create';
    case 'vote':
    case 'delegate':
      return 'change.approve';
    case 'waive-conflicts':
    case 'waive-review':
      return 'change.manage';
    case 'note-announcement':
      // from then on it is moved and called off by what happens to the change
      return 'desk.announce';
    default:
      return 'change.work';
  }
}

/** Whether an actor may read changes at all; none is restricted to a few. */
export function canReadChanges(actor: Actor): boolean {
  return actor.id === SYSTEM || actor.permissions.has('change.read');
}

function frozen({ change }: ChangeCase, { verb }: WorkAct): ChangeAnswer | null {
  const { held } = change;
  if (held !== null && verb !== 'cancel' && verb !== 'release') return no('on-hold', held);
  const isAfter = (REVIEWS.has(verb) && change.state === 'closed') || verb === 'note-values';
  return isOver(change) && !isAfter && !RACES.has(verb) ? no('change-over', { state: change.state }) : null;
}

/** What is learned may be learned later. */
const REVIEWS: ReadonlySet<WorkAct['verb']> = new Set([
  'begin-review',
  'waive-review',
  'move-review',
  'note-caused',
  'unnote-caused',
]);

/** Who comes too late with these is told by whom it ended. */
const RACES: ReadonlySet<WorkAct['verb']> = new Set(['step', 'close', 'cancel', 'revert', 'vote', 'release']);

function decideAct(kase: ChangeCase, act: WorkAct): ChangeAnswer {
  switch (act.verb) {
    case 'edit':
      return decideEdit(kase, act);
    case 'assign':
      return decideAssign(kase, act);
    case 'note-plans':
      return decideNotePlans(kase, act);
    case 'assess':
      return decideAssess(kase, act);
    case 'step':
      return decideStep(kase, act);
    case 'revert':
      return decideRevert(kase, act);
    case 'cancel':
      return decideCancel(kase, act);
    case 'close':
      return decideClose(kase, act);
    case 'hold':
      return decideHold(kase, act);
    case 'release':
      return decideRelease(kase);
    case 'ask-approvals':
      return decideAsk(kase);
    case 'vote':
      return decideVote(kase, act);
    case 'delegate':
      return decideDelegate(kase, act);
    case 'expire':
      return decideExpire(kase);
    case 'waive-conflicts':
      return decideWaive(kase, act);
    case 'note-announcement':
      return decideAnnounce(kase, act);
    case 'plan-values':
      return decidePlanValues(kase, act);
    case 'unplan-values':
      return decideUnplanValues(kase, act);
    case 'note-values':
      return decideNoteValues(kase, act);
    case 'add-task':
    case 'edit-task':
    case 'drop-task':
    case 'move-task':
    case 'begin-backout':
      return decideTask(kase, act);
    case 'begin-review':
    case 'waive-review':
    case 'move-review':
    case 'note-caused':
    case 'unnote-caused':
      return decideReview(kase, act);
    default:
      return unreachable(act);
  }
}
