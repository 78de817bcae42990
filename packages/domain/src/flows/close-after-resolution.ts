import { isMajor } from '../shared/index.ts';
import type { Instant, Ticket, TicketAct } from '../shared/index.ts';

/** How long a requester has to object to a resolution, unless the settings say otherwise. */
export const DEFAULT_CLOSE_AFTER_DAYS = 5;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The act that closes a ticket `days` calendar days after it was resolved; null while it is not due. Counts from the
 * resolution, so nothing but reopening defers it (A1). A major incident is closed by people only.
 */
export function dueToClose(ticket: Ticket, now: Instant, days = DEFAULT_CLOSE_AFTER_DAYS): TicketAct | null {
  if (ticket.state !== 'resolved' || ticket.resolvedAt === null || isMajor(ticket)) return null;
  return now >= ticket.resolvedAt + days * DAY_MS ? { verb: 'transition', to: 'closed' } : null;
}
