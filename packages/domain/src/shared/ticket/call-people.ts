/** Whom the steps of a chain mean at a moment. */
import { chainFor } from '../chain.ts';
import type { ChainStep } from '../chain.ts';
import type { PersonId, TeamId } from '../ids.ts';
import { couldReadAsStaff, couldWorkOn } from './access.ts';
import type { TicketCase } from './answer.ts';
import { callOf, isCalling } from './call.ts';
import type { Call } from './call.ts';
import { managersOf } from './managers.ts';

/** Each once: who is meant, is still here and may work on the ticket. */
export function reachedBy({ ticket, context }: TicketCase, step: ChainStep): readonly PersonId[] {
  const { people } = context.directory;
  return [...new Set(meantBy(step, context))].filter((id): id is PersonId => {
    const person = id === null ? undefined : people.get(id);
    return person?.active === true && couldWorkOn(person, ticket);
  });
}

function meantBy(
  step: ChainStep,
  { directory, onCall, now }: TicketCase['context'],
): readonly (PersonId | null)[] {
  switch (step.kind) {
    case 'wait':
      return [];
    case 'person':
      return [step.person];
    case 'schedule':
      return onCall?.(step.schedule, now) ?? [];
    case 'team': {
      const team = directory.teams.get(step.team);
      return step.part === 'lead' ? [team?.lead ?? null] : (team?.members ?? []);
    }
  }
}

/**
 * Who hears that nobody answered a call: managers, owner, caller and who has to do with the escalation behind it. Where
 * none of them is left, everybody who may work on the ticket: somebody always hears it.
 */
export function answerableFor(kase: TicketCase, call: Call): readonly PersonId[] {
  const { ticket, context } = kase;
  const { people } = context.directory;
  const { contact = null, by = null } = ticket.escalation ?? {};
  const near = [...managersOf(kase), ticket.owner, call.by, contact, by].filter((id): id is PersonId => {
    const person = id === null ? undefined : people.get(id);
    return person?.active === true && couldReadAsStaff(person, ticket);
  });
  if (near.length > 0) return near;
  return [...people.values()]
    .filter((person) => person.active && couldWorkOn(person, ticket))
    .map(({ id }) => id);
}

/** Who hears at once of a call that begins now for a team: what began it need not tell them too. */
export function calledAtOnce(kase: TicketCase, team: TeamId | null): ReadonlySet<PersonId> {
  const chain = team === null ? undefined : chainFor(kase.context.directory, team);
  const going = callOf(kase.ticket.calls, team);
  if (chain === undefined || (going !== undefined && isCalling(going))) return new Set();
  const called = new Set<PersonId>();
  for (const [index, step] of chain.steps.entries()) {
    // a wait behind steps that reached nobody is passed, one before the first step is not
    if (step.kind === 'wait' && (index === 0 || called.size > 0)) break;
    for (const person of reachedBy(kase, step)) called.add(person);
  }
  return called;
}
