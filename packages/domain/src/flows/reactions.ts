import type { Recorded, RecordId, Ticket, TicketEvent } from '../shared/index.ts';
import type { Reaction } from './reaction.ts';
import { replyAfterEnd } from './reply-after-end.ts';

/**
 * What follows from an event, given its ticket after the event. `related` holds what the ticket was merged into.
 * Every reaction is idempotent by its derived id; reactions to what the system did are none, so nothing goes round.
 */
export function reactionsTo(
  recorded: Recorded<TicketEvent>,
  ticket: Ticket,
  related: ReadonlyMap<RecordId, Ticket>,
): readonly Reaction[] {
  return replyAfterEnd(recorded, ticket, related);
}
