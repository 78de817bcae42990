import type { Instant, Ticket, TicketAct } from '../shared/index.ts';

/** The act that brings a snoozed ticket back when its time has come; null before. */
export function snoozeEnded(ticket: Ticket, now: Instant): TicketAct | null {
  if (ticket.snoozedUntil === null || now < ticket.snoozedUntil) return null;
  return { verb: 'unsnooze' };
}
