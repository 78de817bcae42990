import type { Recorded } from '../decider.ts';
import type { RecordId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { TicketProcess } from '../process.ts';
import type { TicketEvent } from './events.ts';
import { evolveTicket } from './evolve.ts';
import type { Ticket } from './ticket.ts';

/**
 * A ticket as it stood at an instant: its events until then, folded. Null before the first of them. What is on its way
 * to the server has no place in the past (`seq` 0).
 *
 * @param history Oldest first; an import may bring times that go back, and then the order of the history decides
 */
export function ticketAt(
  process: TicketProcess,
  id: RecordId,
  history: readonly Recorded<TicketEvent>[],
  at: Instant,
): Ticket | null {
  const known = history.filter(({ seq }) => seq > 0);
  const last = known.findLastIndex((recorded) => recorded.at <= at);
  return known
    .slice(0, last + 1)
    .reduce<Ticket | null>((state, recorded) => evolveTicket(process, state, recorded, id), null);
}
