import { no } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';

/** The refusal for work on a ticket that has no work left to do; null while it is open. */
export function notOpen(kase: TicketCase): TicketAnswer | null {
  return kase.lifecycle.open.has(kase.ticket.state) ? null : refuseState(kase);
}

/** The refusal for a change of a ticket that has ended for good; null before. */
export function ended(kase: TicketCase): TicketAnswer | null {
  return kase.lifecycle.terminal.has(kase.ticket.state) ? refuseState(kase) : null;
}

/** The refusal for anything new on a merged ticket: it goes on elsewhere, and the refusal says where. */
export function movedOn(kase: TicketCase): TicketAnswer | null {
  return kase.ticket.mergedInto === null ? null : refuseState(kase);
}

function refuseState(kase: TicketCase): TicketAnswer {
  const { state, mergedInto } = kase.ticket;
  return no(kase, 'not-open', { state, mergedInto });
}
