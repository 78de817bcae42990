import type { TicketAct } from './commands.ts';
import { sameValue } from './fields.ts';
import { isRestricted, restrictionOf } from './restriction.ts';
import type { Ticket, TicketFields } from './ticket.ts';

/**
 * The acts that take an act back, given the ticket before and after it; null when nothing can: words that were sent,
 * merges, and steps of the lifecycle that have no way back. Undoing is a new act on the present basis, so it may be
 * refused like any other.
 */
export function undoOf(act: TicketAct, before: Ticket | null, after: Ticket): readonly TicketAct[] | null {
  if (before === null) return null;
  switch (act.verb) {
    case 'claim':
    case 'assign':
      return undoAssign(before, after);
    case 'transition':
      return before.state === 'in_progress' && after.state === 'on_hold'
        ? [{ verb: 'transition', to: 'in_progress' }]
        : null;
    case 'edit':
      return undoEdit(act.fields, before, after);
    case 'override-priority':
      return [
        before.priorityReason === null
          ? { verb: 'override-priority', priority: null, reason: '' }
          : { verb: 'override-priority', priority: before.priority, reason: before.priorityReason },
      ];
    case 'link':
      return [{ verb: 'unlink', kind: act.kind, target: act.target }];
    case 'unlink':
      return [{ verb: 'link', kind: act.kind, target: act.target }];
    case 'name-items':
      return undoItems(before, after);
    case 'watch':
      return [{ verb: 'unwatch', ...(act.person === undefined ? {} : { person: act.person }) }];
    case 'unwatch':
      return [{ verb: 'watch', ...(act.person === undefined ? {} : { person: act.person }) }];
    case 'restrict':
      return undoRestrict(act, before, after);
    case 'snooze':
      return [before.snoozedUntil === null ? { verb: 'unsnooze' } : snoozeUntil(before.snoozedUntil)];
    case 'unsnooze':
      return before.snoozedUntil === null ? null : [snoozeUntil(before.snoozedUntil)];
    case 'set-severity':
      return before.major === null ? null : [{ verb: 'set-severity', severity: before.major.severity }];
    case 'set-report-interval':
      return [{ verb: 'set-report-interval', minutes: before.major?.reports?.minutes ?? null }];
    case 'assign-role':
      return undoRole(act, before);
    case 'renounce-role':
      return [{ verb: 'assign-role', role: act.role, person: act.person }];
    case 'offer-command':
      return [{ verb: 'answer-command', answer: 'decline' }];
    case 'add-review-action':
      return [{ verb: 'drop-review-action', action: act.action }];
    case 'drop-review-action':
      return undoDrop(act, before);
    case 'escalate-to-team':
      return undoAssign(before, after);
    case 'escalate-upward':
    case 'end-escalation':
    case 'pass-threshold':
    case 'begin-call':
    case 'take-call-step':
    case 'acknowledge-call':
    case 'stop-call':
    case 'propose-major':
    case 'accept-major':
    case 'reject-major':
    case 'demote-major':
    case 'close-major':
    case 'move-phase':
    case 'answer-command':
    case 'begin-review':
    case 'waive-review':
    case 'move-review':
    case 'send-report':
    case 'remind-report':
    case 'create':
    case 'co-own':
    case 'request-handover':
    case 'merge':
    case 'comment':
    case 'reply':
    case 'note-alerts':
    case 'acknowledge-alerts':
    case 'silence-alerts':
    case 'end-silence':
      return null;
  }
}

function undoItems(before: Ticket, after: Ticket): readonly TicketAct[] | null {
  const add = before.items.filter((item) => !after.items.includes(item));
  const remove = after.items.filter((item) => !before.items.includes(item));
  return add.length + remove.length === 0 ? null : [{ verb: 'name-items', add, remove }];
}

/** Back to whoever held the role, where one person alone does; otherwise without it. */
function undoRole(
  { role, person }: Extract<TicketAct, { verb: 'assign-role' }>,
  before: Ticket,
): readonly TicketAct[] {
  const held = before.major?.roles.find((one) => one.role === role);
  return role === 'expert' || held === undefined
    ? [{ verb: 'renounce-role', role, person }]
    : [{ verb: 'assign-role', role, person: held.person }];
}

function undoDrop(
  { action }: Extract<TicketAct, { verb: 'drop-review-action' }>,
  before: Ticket,
): readonly TicketAct[] | null {
  const dropped = before.major?.review?.actions.find(({ id }) => id === action);
  if (dropped === undefined) return null;
  const { text, owner, dueAt } = dropped;
  return [{ verb: 'add-review-action', action, text, owner, dueAt }];
}

function snoozeUntil(until: number): TicketAct {
  return { verb: 'snooze', until };
}

/** A co-owner who became owner is one no more; that is not taken back by assigning. */
function undoAssign(before: Ticket, after: Ticket): readonly TicketAct[] | null {
  if (before.coOwners.length !== after.coOwners.length) return null;
  return [{ verb: 'assign', team: before.team, owner: before.owner }];
}

/** Back to who could read it before, for the same reason where one is needed. Whoever co-owned it does not come back. */
function undoRestrict(
  { reason }: Extract<TicketAct, { verb: 'restrict' }>,
  before: Ticket,
  after: Ticket,
): readonly TicketAct[] | null {
  if (before.coOwners.length !== after.coOwners.length) return null;
  const { team, people } = restrictionOf(before);
  if (!isRestricted(before)) return [{ verb: 'restrict', team, people, reason: '' }];
  return reason.trim() === '' ? null : [{ verb: 'restrict', team, people, reason }];
}

function undoEdit(fields: Partial<TicketFields>, before: Ticket, after: Ticket): readonly TicketAct[] | null {
  const names = Object.keys(fields) as (keyof TicketFields)[];
  const changed = names.filter((name) => !sameValue(before[name], after[name]));
  if (changed.length === 0) return null;
  return [{ verb: 'edit', fields: Object.fromEntries(changed.map((name) => [name, before[name]])) }];
}
