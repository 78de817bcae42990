import type { PersonId } from '../ids.ts';
import { permissionsOf } from '../roles.ts';
import { couldWorkOn } from './access.ts';
import type { TicketCase } from './answer.ts';

/** Who manages major incidents and may work on this. */
export function managersOf({ ticket, context }: Pick<TicketCase, 'ticket' | 'context'>): readonly PersonId[] {
  return [...context.directory.people.values()]
    .filter((person) => person.active && couldWorkOn(person, ticket))
    .filter(({ roles }) => permissionsOf(roles).has('incident.manage-major'))
    .map(({ id }) => id);
}
