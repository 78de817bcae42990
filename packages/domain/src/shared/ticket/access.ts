import { SYSTEM } from '../ids.ts';
import { PERMISSIONS } from '../people.ts';
import type { Actor, Person } from '../people.ts';
import { permissionsOf } from '../roles.ts';
import { isRestricted } from './restriction.ts';
import type { Ticket } from './ticket.ts';

/** What of a ticket decides who may read it. */
export type Readable = Pick<Ticket, 'process' | 'requester' | 'restrictedTo' | 'readers'>;

/** Who acts for reactions and clocks: may do everything, on restricted records too. */
export const SYSTEM_ACTOR: Actor = {
  id: SYSTEM,
  name: 'Muster',
  permissions: new Set(PERMISSIONS),
  teams: [],
};

/**
 * Whether a person reads a ticket as staff: its journal, its internal notes and every field.
 * A restricted ticket is for its team and its readers alone, whatever else a role grants.
 */
export function canReadAsStaff(actor: Actor, ticket: Readable): boolean {
  if (actor.id === SYSTEM) return true;
  if (!actor.permissions.has(`${ticket.process}.read`)) return false;
  if (!isRestricted(ticket) || ticket.readers.includes(actor.id)) return true;
  return ticket.restrictedTo !== null && actor.teams.includes(ticket.restrictedTo);
}

/** Whether a person reads a ticket at all: as staff, or as the one who asked. */
export function canRead(actor: Actor, ticket: Readable): boolean {
  return ticket.requester === actor.id || canReadAsStaff(actor, ticket);
}

/** A ticket as its requester reads it: without what only events for staff tell (`audienceOf`). */
export function asSeenByRequester(ticket: Ticket): Ticket {
  return {
    ...ticket,
    priorityReason: null,
    coOwners: [],
    tags: [],
    items: [],
    links: [],
    watchers: [],
    restrictedTo: null,
    readers: [],
    snoozedUntil: null,
    snoozedBy: null,
    major: majorAsTold(ticket.major),
    escalation: null,
    calls: [],
  };
}

/** What the requester is told of a major incident: that it is one and how far it has come, not who does what. */
function majorAsTold(major: Ticket['major']): Ticket['major'] {
  if (major === null || major.acceptedAt === null) return null;
  return { ...major, rule: null, reason: null, roles: [], offer: null, review: null, reports: null };
}

/** A ticket as far as somebody may read it who may read it at all; `null` stands for a person without any role. */
export function asSeenBy(reader: Actor | Person | null, ticket: Ticket): Ticket {
  const actor = reader !== null && 'roles' in reader ? asActor(reader) : reader;
  return actor !== null && canReadAsStaff(actor, ticket) ? ticket : asSeenByRequester(ticket);
}

/** The actor that a person of the directory would be. */
export function asActor({ id, name, roles, teams }: Person): Actor {
  return { id, name, permissions: permissionsOf(roles), teams };
}

/** Whether a person may follow a ticket: nobody is told of what they may not read. */
export function couldRead(person: Person, ticket: Readable): boolean {
  return canRead(asActor(person), ticket);
}

/** Whether a person reads a ticket as staff. */
export function couldReadAsStaff(person: Person, ticket: Readable): boolean {
  return canReadAsStaff(asActor(person), ticket);
}

/** Whether a person may be given a ticket to work on. */
export function couldWorkOn(person: Person, ticket: Readable): boolean {
  const actor = asActor(person);
  return canReadAsStaff(actor, ticket) && actor.permissions.has(`${ticket.process}.work`);
}
