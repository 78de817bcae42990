import type { Recorded } from '../decider.ts';
import { priorityOf } from '../priority.ts';
import type { Priority } from '../priority.ts';
import { apply, lastUnseen, no, supersede, tellReplaced } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import type { TicketAct } from './commands.ts';
import type { TicketEvent } from './events.ts';
import { ended } from './openness.ts';
import { MAX_NOTE, cleanText } from './text.ts';

/** Someone else's raise of the priority that the author had not seen. A smaller number is a higher priority. */
export function unseenRaise(kase: TicketCase): Recorded<TicketEvent> | undefined {
  return kase.unseen.findLast(({ event }) => {
    if (event.type === 'priority-overridden') return event.priority < event.before;
    if (event.type !== 'edited' || event.priority === null) return false;
    return event.before.priority !== undefined && event.priority < event.before.priority;
  });
}

/** Sets a priority beside the matrix with a reason, or goes back to the matrix. */
export function decideOverride(
  kase: TicketCase,
  act: Extract<TicketAct, { verb: 'override-priority' }>,
): TicketAnswer {
  const { ticket, context } = kase;
  const closed = ended(kase);
  if (closed !== null) return closed;
  const reason = act.priority === null ? null : cleanText(act.reason, MAX_NOTE);
  if (act.priority !== null && reason === null) return no(kase, 'missing-field', { field: 'reason' });
  const priority = act.priority ?? priorityOf(context.directory.matrix, ticket.impact, ticket.urgency);
  if (![1, 2, 3, 4, 5].includes(priority)) {
    return no(kase, 'invalid-value', { field: 'priority', value: priority });
  }
  if (priority === ticket.priority && reason === ticket.priorityReason) {
    return no(kase, 'nothing-to-change', { field: 'priority' });
  }
  const raise = priority > ticket.priority ? unseenRaise(kase) : undefined;
  if (raise !== undefined) return supersede(kase, raise, 'priority-raised');
  const event: TicketEvent = { type: 'priority-overridden', priority, before: ticket.priority, reason };
  return apply([event], tellPriorityReplaced(kase, priority));
}

function tellPriorityReplaced(kase: TicketCase, priority: Priority): ReturnType<typeof tellReplaced> {
  if (priority === kase.ticket.priority) return [];
  const set =
    lastUnseen(kase, 'priority-overridden', (event) => event.priority === kase.ticket.priority) ??
    lastUnseen(kase, 'edited', (event) => event.priority === kase.ticket.priority);
  return set === undefined ? [] : tellReplaced(kase, set.actor, 'priority', kase.ticket.priority, priority);
}
