import type { TicketCase } from './answer.ts';
import type { Ticket, TicketFields } from './ticket.ts';

/**
 * What the author of a command saw, told from the present and the events since: others' events are taken back,
 * newest first, until one of the author's own, which they knew of when they wrote.
 */
export function seenField<Field extends keyof TicketFields>(
  { ticket, context }: TicketCase,
  field: Field,
): TicketFields[Field] {
  let seen: TicketFields[Field] = ticket[field];
  for (const { event, actor } of context.since.toReversed()) {
    if (event.type !== 'edited') continue;
    const side: Partial<TicketFields> = actor === context.actor.id ? event.fields : event.before;
    const value = side[field];
    if (value === undefined) continue;
    seen = value;
    if (actor === context.actor.id) break;
  }
  return seen;
}

export function seenOwnership({ ticket, context }: TicketCase): Pick<Ticket, 'team' | 'owner'> {
  let { team, owner } = ticket;
  for (const { event, actor } of context.since.toReversed()) {
    if (event.type !== 'claimed' && event.type !== 'assigned') continue;
    if (actor === context.actor.id) break;
    owner = event.type === 'claimed' ? event.before : event.before.owner;
    team = event.type === 'claimed' ? team : event.before.team;
  }
  return { team, owner };
}
