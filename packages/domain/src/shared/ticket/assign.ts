import type { Tell } from '../decider.ts';
import type { PersonId, TeamId } from '../ids.ts';
import { couldWorkOn } from './access.ts';
import { apply, no, tellEach, tellReplaced } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import type { TicketAct } from './commands.ts';
import { notOpen } from './openness.ts';
import { seenOwnership } from './seen.ts';
import { MAX_NOTE, cleanText } from './text.ts';

/**
 * Gives a ticket to a team and a person. What the author left as they saw it is not meant as a change, so that a
 * new team does not wipe out a claim made meanwhile. Whoever named an owner or team last stands; the one who is
 * replaced is told.
 */
export function decideAssign(kase: TicketCase, act: Extract<TicketAct, { verb: 'assign' }>): TicketAnswer {
  const { ticket, context } = kase;
  const closed = notOpen(kase);
  if (closed !== null) return closed;
  const unfit = unfitAssignee(kase, act);
  if (unfit !== null) return unfit;

  const seen = seenOwnership(kase);
  const team = act.team === seen.team ? ticket.team : act.team;
  const owner = act.owner === seen.owner ? ticket.owner : act.owner;
  if (team === ticket.team && owner === ticket.owner) return no(kase, 'nothing-to-change', { field: null });

  const replaced = [
    ...(owner === ticket.owner ? [] : tellOwnerReplaced(kase, owner)),
    ...(team === ticket.team ? [] : tellTeamReplaced(kase, team)),
  ];
  const reason = cleanText(act.reason, MAX_NOTE);
  const before = { team: ticket.team, owner: ticket.owner };
  const assigned =
    owner === ticket.owner
      ? []
      : tellEach(kase, [owner], 'assigned', { by: context.actor.id, team, reason, at: context.now });
  return apply([{ type: 'assigned', team, owner, before, reason }], [...assigned, ...replaced]);
}

function unfitAssignee(kase: TicketCase, act: Extract<TicketAct, { verb: 'assign' }>): TicketAnswer | null {
  const { people, teams } = kase.context.directory;
  const team = act.team === null ? null : teams.get(act.team);
  if (team === undefined) return no(kase, 'unknown-team', { team: String(act.team) });
  if (act.owner === null) return null;
  const person = people.get(act.owner);
  if (person?.active !== true) return no(kase, 'unknown-person', { person: act.owner });
  if (team !== null && !team.members.includes(person.id)) {
    return no(kase, 'not-in-team', { person: person.id, team: team.id });
  }
  if (!couldWorkOn(person, kase.ticket))
    return no(kase, 'invalid-value', { field: 'owner', value: person.id });
  return null;
}

function tellOwnerReplaced(kase: TicketCase, owner: PersonId | null): readonly Tell[] {
  const { ticket, unseen } = kase;
  const set = unseen.findLast(
    ({ event }) => (event.type === 'claimed' || event.type === 'assigned') && event.owner === ticket.owner,
  );
  return set === undefined ? [] : tellReplaced(kase, set.actor, 'owner', ticket.owner, owner);
}

function tellTeamReplaced(kase: TicketCase, team: TeamId | null): readonly Tell[] {
  const { ticket, unseen } = kase;
  const set = unseen.findLast(({ event }) => event.type === 'assigned' && event.team === ticket.team);
  return set === undefined ? [] : tellReplaced(kase, set.actor, 'team', ticket.team, team);
}
