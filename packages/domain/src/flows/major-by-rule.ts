import { couldWorkOn } from '../shared/index.ts';
import type { Directory, MajorRule, PersonId, Recorded, Ticket, TicketEvent } from '../shared/index.ts';
import { childrenOf } from './parent-and-child.ts';
import type { Reaction } from './reaction.ts';

/** What may turn a rule's condition from not holding to holding. */
const CHANGES: ReadonlySet<TicketEvent['type']> = new Set([
  'created',
  'edited',
  'priority-overridden',
  'linked',
]);

/**
 * The first rule kept as data that an open incident meets proposes it as a major one, or declares it. Children are
 * their parent's matter, and what people once decided of an incident no rule opens again.
 */
export function majorByRule(
  { event, version }: Recorded<TicketEvent>,
  ticket: Ticket,
  directory: Directory,
): readonly Reaction[] {
  if (ticket.process !== 'incident' || ticket.major !== null || !CHANGES.has(event.type)) return [];
  if (version !== ticket.version || !['new', 'in_progress', 'on_hold'].includes(ticket.state)) return [];
  if (ticket.channel === 'import' || ticket.links.some(({ kind }) => kind === 'parent')) return [];
  const rule = directory.majorRules.find((each) => meets(ticket, each, directory));
  if (rule === undefined) return [];
  const { severity } = rule;
  const commander = rule.then === 'declare' ? commanderFor(ticket, directory) : null;
  const about = { process: ticket.process, target: ticket.id } as const;
  const propose = { verb: 'propose-major', severity, reason: rule.name, rule: rule.id } as const;
  return [
    { ...about, part: 'major', act: propose },
    ...(commander === null
      ? []
      : [{ ...about, part: 'major-accept', act: { verb: 'accept-major', severity, commander } as const }]),
  ];
}

/** All that a rule states must hold; one that states nothing holds for no incident. */
function meets(ticket: Ticket, rule: MajorRule, { services }: Directory): boolean {
  const { criticality, priority, moreChildrenThan } = rule;
  if (criticality === null && priority === null && moreChildrenThan === null) return false;
  const service = ticket.service === null ? undefined : services.get(ticket.service);
  if (criticality !== null && (service === undefined || service.criticality > criticality)) return false;
  if (priority !== null && ticket.priority > priority) return false;
  return moreChildrenThan === null || childrenOf(ticket).length > moreChildrenThan;
}

/** Who commands what a rule declares: its owner, or the lead of its team, if they may work on it. */
function commanderFor(ticket: Ticket, { people, teams }: Directory): PersonId | null {
  const lead = ticket.team === null ? null : (teams.get(ticket.team)?.lead ?? null);
  const fit = [ticket.owner, lead].find((id) => {
    const person = id === null ? undefined : people.get(id);
    return person?.active === true && couldWorkOn(person, ticket);
  });
  return fit ?? null;
}
