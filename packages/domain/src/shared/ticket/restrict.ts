import type { Tell } from '../decider.ts';
import type { PersonId } from '../ids.ts';
import { SYSTEM } from '../ids.ts';
import type { Person } from '../people.ts';
import { canReadAsStaff, couldRead, couldReadAsStaff, couldWorkOn } from './access.ts';
import { apply, lastUnseen, no, supersede, tellReplaced } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import type { TicketAct } from './commands.ts';
import { isMajor } from './major.ts';
import { ended } from './openness.ts';
import { cleanRestriction, isRestricted, restrictionOf, sameRestriction } from './restriction.ts';
import { MAX_NOTE } from './text.ts';
import type { Ticket } from './ticket.ts';

/**
 * Says who alone may read a ticket, or opens it again. What had not seen another restriction applies only if it lets
 * in nobody whom that one keeps out: whoever is unsure keeps it closer, and its author decides again on what stands.
 */
export function decideRestrict(
  kase: TicketCase,
  act: Extract<TicketAct, { verb: 'restrict' }>,
): TicketAnswer {
  const { ticket, context } = kase;
  const closed = ended(kase);
  if (closed !== null) return closed;
  const cleaned = cleanRestriction(ticket.process, act, context.directory);
  if (!cleaned.ok) return cleaned;
  const { team, people } = cleaned.value;
  const after: Ticket = { ...ticket, restrictedTo: team, readers: people };
  const reason = act.reason.trim();
  if (reason === '' && isRestricted(after)) return no(kase, 'missing-field', { field: 'reason' });
  if (reason.length > MAX_NOTE) return no(kase, 'invalid-value', { field: 'reason', value: reason.length });

  const unseen = lastUnseen(kase, 'restricted');
  const before = restrictionOf(ticket);
  if (sameRestriction(before, cleaned.value)) {
    if (unseen !== undefined) return supersede(kase, unseen, 'already-done');
    return no(kase, 'nothing-to-change', { field: 'restrictedTo' });
  }
  if (unseen !== undefined && letsAnybodyIn(kase, after))
    return supersede(kase, unseen, 'restricted-meanwhile');
  const keptOut = keptFromTheirWork(kase, after);
  if (keptOut.length > 0) return no(kase, 'keeps-out', { people: keptOut });

  const tell: readonly Tell[] =
    unseen === undefined ? [] : tellReplaced(kase, unseen.actor, 'restrictedTo', before, { team, people });
  const left = leavers(kase, after);
  return apply(
    [{ type: 'restricted', team, people, before, reason: reason === '' ? null : reason, left }],
    tell,
  );
}

function letsAnybodyIn({ ticket, context }: TicketCase, after: Ticket): boolean {
  return [...context.directory.people.values()].some(
    (person) => couldReadAsStaff(person, after) && !couldReadAsStaff(person, ticket),
  );
}

/** Those in the middle of their work: who restricts, the owner, and whoever takes part in the response. */
function keptFromTheirWork({ ticket, context }: TicketCase, after: Ticket): readonly PersonId[] {
  const { actor, directory } = context;
  const shutsItself = actor.id !== SYSTEM && !canReadAsStaff(actor, after);
  const response = isMajor(ticket) ? ticket.major : null;
  const working = [
    ticket.owner,
    ...(response?.roles.map(({ person }) => person) ?? []),
    response?.offer?.to ?? null,
  ];
  const keptOut = working.filter((id): id is PersonId => {
    const person = id === null ? undefined : directory.people.get(id);
    return person !== undefined && couldWorkOn(person, ticket) && !couldWorkOn(person, after);
  });
  return [...new Set([...(shutsItself ? [actor.id] : []), ...keptOut])];
}

/** Co-owners and watchers who may not read it any more. */
function leavers({ ticket, context }: TicketCase, after: Ticket): readonly PersonId[] {
  const followers = [...new Set([...ticket.coOwners, ...ticket.watchers])];
  return followers.filter((id) => {
    const person: Person | undefined = context.directory.people.get(id);
    return person !== undefined && !couldRead(person, after);
  });
}
