import type { Directory } from '../directory.ts';
import type { PersonId, TeamId } from '../ids.ts';
import type { TicketProcess } from '../process.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { permissionsOf } from '../roles.ts';
import { ticketRefusal } from './refusals.ts';
import type { TicketRefusal } from './refusals.ts';
import type { Ticket } from './ticket.ts';

/** Who alone may read a ticket as staff: the members of a team, named people, or both; of neither, everybody. */
export interface Restriction {
  readonly team: TeamId | null;
  readonly people: readonly PersonId[];
}

/** More than this is a team. */
export const MAX_READERS = 50;

export function restrictionOf({
  restrictedTo,
  readers,
}: Pick<Ticket, 'restrictedTo' | 'readers'>): Restriction {
  return { team: restrictedTo, people: readers };
}

/** Whether only some of the staff may read it. */
export function isRestricted({ restrictedTo, readers }: Pick<Ticket, 'restrictedTo' | 'readers'>): boolean {
  return restrictedTo !== null || readers.length > 0;
}

/** Whether two restrictions name the same team and the same people, in whatever order. */
export function sameRestriction(one: Restriction, other: Restriction): boolean {
  return (
    one.team === other.team &&
    one.people.length === other.people.length &&
    one.people.every((person) => other.people.includes(person))
  );
}

/** A restriction as it is kept, each person once; or what of it cannot be meant. */
export function cleanRestriction(
  process: TicketProcess,
  { team, people }: Restriction,
  directory: Directory,
): Result<Restriction, TicketRefusal> {
  if (team !== null && !directory.teams.has(team))
    return refuse(ticketRefusal(process, 'unknown-team', { team }));
  const named = [...new Set(people)];
  if (named.length > MAX_READERS)
    return refuse(ticketRefusal(process, 'invalid-value', { field: 'people', value: named.length }));
  for (const id of named) {
    const person = directory.people.get(id);
    if (person?.active !== true) return refuse(ticketRefusal(process, 'unknown-person', { person: id }));
    if (!permissionsOf(person.roles).has(`${process}.read`))
      return refuse(ticketRefusal(process, 'invalid-value', { field: 'people', value: id }));
  }
  return ok({ team, people: named });
}
