/** Whom the steps of a chain mean at a moment. */
import { chainFor } from '../chain.ts';
import type { ChainStep } from '../chain.ts';
import type { PersonId, TeamId } from '../ids.ts';
import { couldWorkOn } from './access.ts';
import type { TicketCase } from './answer.ts';
import { callOf, isCalling } from './call.ts';

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

/** Who hears at once of a call that begins now for a team: what began it need not tell them too. */
export function calledAtOnce(kase: TicketCase, team: TeamId | null): ReadonlySet<PersonId> {
  const chain = team === null ? undefined : chainFor(kase.context.directory, team);
  const going = callOf(kase.ticket.calls, team);
  if (chain === undefined || (going !== undefined && isCalling(going))) return new Set();
  const wait = chain.steps.findIndex(({ kind }) => kind === 'wait');
  const first = wait === -1 ? chain.steps : chain.steps.slice(0, wait);
  return new Set(first.flatMap((step) => reachedBy(kase, step)));
}
