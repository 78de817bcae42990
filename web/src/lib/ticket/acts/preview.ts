import { deciderOf } from '@muster/domain';
import type { RecordId, RefusalContent, Ticket, TicketAct } from '@muster/domain/shared';
import type { Muster } from '#lib/live/muster.ts';
import { actorOf } from '../ticket-world.ts';

/**
 * What the rules say to an act on the present state, without doing it: null when it would go through.
 * The server may still say no, when something happened that this device does not know of.
 */
export function previewAct(muster: Muster, ticket: Ticket, act: TicketAct): RefusalContent | null {
  const { process, id } = ticket;
  const command = { process, ...act };
  const decider = deciderOf(process);
  const related = new Map<RecordId, Ticket>();
  for (const other of decider.relatedTo(command)) {
    const row = muster.tickets.get(other);
    if (row) related.set(other, row);
  }
  const result = decider.decide(ticket, command, {
    actor: actorOf(muster.me),
    now: muster.now,
    clientAt: muster.now,
    target: id,
    since: [],
    number: null,
    directory: muster.directory.current,
    related,
  });
  return result.ok ? null : result.refusal;
}
