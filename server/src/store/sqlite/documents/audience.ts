import { boardName, personBoardName } from '@muster/documents';
import type { DocumentName } from '@muster/documents';
import { isRestricted } from '@muster/domain/shared';
import type { Ticket, TicketProcess } from '@muster/domain/shared';

/** Whose a board is: everybody's on the staff, a team's, or one person's. */
export type BoardAudience = Pick<
  Extract<DocumentName, { readonly kind: 'board' }>,
  'process' | 'team' | 'person'
>;

export function wholeStaff(process: TicketProcess): BoardAudience {
  return { process, team: null, person: null };
}

/**
 * The boards that show a ticket: together they are read by exactly those who may read it as staff. Whoever is named
 * finds it on a board of their own, so that a new set of people needs no document that somebody must hear of first.
 */
export function audiencesOf(ticket: Ticket): readonly BoardAudience[] {
  const { process, restrictedTo, readers } = ticket;
  if (!isRestricted(ticket)) return [wholeStaff(process)];
  const teams = restrictedTo === null ? [] : [{ process, team: restrictedTo, person: null }];
  return [...teams, ...readers.map((person) => ({ process, team: null, person }))];
}

export function nameFor({ process, team, person }: BoardAudience, epoch: number): string {
  return person === null ? boardName(process, epoch, team) : personBoardName(process, epoch, person);
}
