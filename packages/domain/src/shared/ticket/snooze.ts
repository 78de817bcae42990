import { apply, no } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import type { TicketAct } from './commands.ts';
import { notOpen } from './openness.ts';

/** Five years: a time beyond what calendars can show must not come into a ticket. */
const LONGEST_MS = 5 * 366 * 24 * 60 * 60 * 1000;

/** Puts a ticket out of sight until a time that is still to come. */
export function decideSnooze(kase: TicketCase, act: Extract<TicketAct, { verb: 'snooze' }>): TicketAnswer {
  const { ticket, context } = kase;
  const closed = notOpen(kase);
  if (closed !== null) return closed;
  if (!Number.isSafeInteger(act.until) || act.until - context.now > LONGEST_MS)
    return no(kase, 'invalid-value', { field: 'until', value: act.until });
  if (act.until <= context.now) return no(kase, 'time-not-ahead', { until: act.until });
  if (ticket.snoozedUntil === act.until) return no(kase, 'nothing-to-change', { field: 'snoozedUntil' });
  return apply([{ type: 'snoozed', until: act.until }]);
}

export function decideUnsnooze(kase: TicketCase): TicketAnswer {
  if (kase.ticket.snoozedUntil === null) return no(kase, 'nothing-to-change', { field: 'snoozedUntil' });
  return apply([{ type: 'unsnoozed' }]);
}
