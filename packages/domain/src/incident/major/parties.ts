import type { PersonId } from '../../shared/ids.ts';
import { SYSTEM } from '../../shared/ids.ts';
import type { Actor } from '../../shared/people.ts';
import { couldWorkOn } from '../../shared/ticket/access.ts';
import type { Readable } from '../../shared/ticket/access.ts';
import { no } from '../../shared/ticket/answer.ts';
import type { TicketAnswer, TicketCase } from '../../shared/ticket/answer.ts';
import type { MajorEvent, MajorIncident, MajorState } from '../../shared/ticket/major.ts';
import { commanderOf } from '../../shared/ticket/major.ts';

/** A case whose ticket has an overlay. */
export type MajorCase = TicketCase & { readonly major: MajorIncident };

/** Whether somebody leads the response: its commander, a deputy, or whoever manages major incidents. */
export function leads(actor: Actor, major: MajorIncident): boolean {
  return manages(actor) || commanderOf(major) === actor.id || holds(major, actor.id, 'deputy');
}

export function manages(actor: Actor): boolean {
  return actor.id === SYSTEM || actor.permissions.has('incident.manage-major');
}

export function holds(
  major: MajorIncident,
  person: PersonId,
  role: MajorIncident['roles'][number]['role'],
): boolean {
  return major.roles.some((held) => held.role === role && held.person === person);
}

/** The refusal for a person who cannot take part in this incident; null for one who can. */
export function unfitPerson(
  kase: Pick<TicketCase, 'context'> & {
    readonly ticket: Readable;
  },
  person: PersonId,
): 'unknown' | 'cannot-work' | null {
  const known = kase.context.directory.people.get(person);
  if (known?.active !== true) return 'unknown';
  return couldWorkOn(known, kase.ticket) ? null : 'cannot-work';
}

/** Refuses a person who cannot take part, in the words of the field that named them. */
export function refuseUnfit(kase: TicketCase, field: string, person: PersonId): TicketAnswer | null {
  switch (unfitPerson(kase, person)) {
    case 'unknown':
      return no(kase, 'unknown-person', { person });
    case 'cannot-work':
      return no(kase, 'invalid-value', { field, value: person });
    case null:
      return null;
  }
}

const STATE_AFTER: Partial<Record<MajorEvent['type'], MajorState>> = {
  'major-proposed': 'proposed',
  'major-accepted': 'accepted',
  'major-rejected': 'rejected',
  'major-demoted': 'demoted',
  'major-closed': 'closed',
};

/** Says no because of where the overlay stands, and who brought it there if its author had not seen that. */
export function refuseState(kase: TicketCase): TicketAnswer {
  const state = kase.ticket.major?.state ?? null;
  const moved = kase.unseen.findLast(
    ({ event }) => STATE_AFTER[event.type as MajorEvent['type']] !== undefined,
  );
  return no(kase, 'major-state', moved === undefined ? { state } : { state, by: moved.actor, at: moved.at });
}
