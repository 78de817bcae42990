import { SYSTEM, tokenOf } from '../shared/index.ts';
import type { Recorded, RecordId, Ticket, TicketEvent } from '../shared/index.ts';
import type { Reaction } from './reaction.ts';

/**
 * A requester's word on an ended ticket is not lost: after a merge it becomes a note on the survivor, otherwise it
 * makes a new ticket of the same process with the fields copied and linked to the old one (A1).
 */
export function replyAfterEnd(
  { event, actor }: Recorded<TicketEvent>,
  ticket: Ticket,
  related: ReadonlyMap<RecordId, Ticket>,
): readonly Reaction[] {
  if (event.type !== 'replied' || event.side !== 'requester' || actor === SYSTEM) return [];
  if (ticket.state === 'merged') return onSurvivor(event.text, ticket, related);
  return ticket.state === 'closed' || ticket.state === 'cancelled' ? asNewTicket(event.text, ticket) : [];
}

function onSurvivor(
  text: string,
  ticket: Ticket,
  related: ReadonlyMap<RecordId, Ticket>,
): readonly Reaction[] {
  const passed = new Set<RecordId>([ticket.id]);
  let survivor: Ticket | undefined = ticket;
  while (survivor !== undefined && survivor.mergedInto !== null) {
    const next: RecordId = survivor.mergedInto;
    if (passed.has(next)) return [];
    passed.add(next);
    survivor = related.get(next);
  }
  if (survivor === undefined) return [];
  const { process, id } = survivor;
  const note = `${ticket.number ?? tokenOf(ticket.process, ticket.id)}: ${text}`;
  return [{ process, target: id, part: 'note', act: { verb: 'comment', text: note } }];
}

function asNewTicket(text: string, ticket: Ticket): readonly Reaction[] {
  const { process, kind, title, impact, urgency, requester, service, category, team, channel, tags } = ticket;
  const { restrictedTo, readers, items } = ticket;
  return [
    {
      process,
      target: 'new',
      part: 'create',
      act: {
        verb: 'create',
        kind,
        title,
        description: text,
        impact,
        urgency,
        requester,
        service,
        category,
        team,
        channel,
        tags,
        restrictedTo,
        ...(readers.length > 0 && { readers }),
      },
    },
    // apart: what was retired meanwhile is not named again, and the ticket is made all the same
    ...items.map((item): Reaction => ({
      ...{ process, target: 'new' },
      part: `item-${item}`,
      act: { verb: 'name-items', add: [item], remove: [] },
    })),
    { process, target: 'new', part: 'link', act: { verb: 'link', kind: 'related', target: ticket.id } },
  ];
}
