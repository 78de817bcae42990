import { SYSTEM } from '../ids.ts';
import type { Actor, Permission } from '../people.ts';
import { canRead, canReadAsStaff } from './access.ts';
import type { TicketCommand } from './commands.ts';
import { ticketRefusal } from './refusals.ts';
import type { TicketRefusal } from './refusals.ts';
import type { Ticket, TicketFields } from './ticket.ts';

/** The permission that lets staff run a command. What a requester may do with their own is in `authorise`. */
export function permissionFor(command: TicketCommand): Permission {
  switch (command.verb) {
    case 'create':
      return command.process === 'desk' ? 'desk.create' : 'incident.declare';
    case 'merge':
      return `${command.process}.merge`;
    case 'watch':
    case 'unwatch':
      return command.person === undefined ? `${command.process}.read` : `${command.process}.work`;
    case 'propose-major':
      return 'incident.declare-major';
    case 'accept-major':
    case 'reject-major':
    case 'demote-major':
    case 'close-major':
    case 'waive-review':
      return 'incident.manage-major';
    default:
      return `${command.process}.work`;
  }
}

/** What requesters may put right in a request that was rejected, before they hand it in again. */
const REQUESTER_FIELDS: readonly (keyof TicketFields)[] = ['title', 'kind', 'urgency', 'service', 'category'];

/**
 * Lets an actor run a command on a ticket, or says why not. Reading comes first: a ticket that may not be read
 * answers like one that is not there. Steps of the lifecycle name their own parties (`mayTake`).
 */
export function authorise(ticket: Ticket, command: TicketCommand, actor: Actor): TicketRefusal | null {
  if (!canRead(actor, ticket)) return ticketRefusal(command.process, 'no-such-record', { record: ticket.id });
  if (actor.id === SYSTEM || command.verb === 'transition') return null;
  const permission = permissionFor(command);
  if (canReadAsStaff(actor, ticket) && actor.permissions.has(permission)) return null;
  if (ticket.requester === actor.id && isForRequester(ticket, command)) return null;
  return ticketRefusal(command.process, 'not-permitted', { permission });
}

function isForRequester(ticket: Ticket, command: TicketCommand): boolean {
  if (command.verb === 'reply') return true;
  if (command.verb !== 'edit' || ticket.state !== 'rejected') return false;
  return Object.keys(command.fields).every((field) =>
    (REQUESTER_FIELDS as readonly string[]).includes(field),
  );
}
