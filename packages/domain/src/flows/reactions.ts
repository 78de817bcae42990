import type { Recorded, RecordId, Ticket, TicketAct, TicketEvent, TicketProcess } from '../shared/index.ts';
import { replyAfterEnd } from './reply-after-end.ts';

/** A command that an event calls for, run by the system with an id derived from the event's and `part`. */
export interface Reaction {
  readonly process: TicketProcess;
  /** `new` stands for a record still to be made; commands with the same event and `new` mean the same record. */
  readonly target: RecordId | 'new';
  readonly part: string;
  readonly act: TicketAct;
}

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
