import type { PersonId, TeamId, Ticket, TicketAct, TicketFields } from '@muster/domain/shared';

const FIELDS: ReadonlySet<unknown> = new Set<keyof TicketFields>([
  'title',
  'kind',
  'impact',
  'urgency',
  'service',
  'category',
]);

/** Opening needs no reason; why somebody was to be kept out is not known here. */
function openedAgain(value: unknown): TicketAct | null {
  const { team, people } = (value ?? {}) as { readonly team?: unknown; readonly people?: unknown };
  const isOpen = team === null && Array.isArray(people) && people.length === 0;
  return isOpen ? { verb: 'restrict', team: null, people: [], reason: '' } : null;
}

/**
 * The act that puts back a value that somebody else replaced, on top of the ticket as it stands now.
 * Null for what one act cannot put back: a step of the lifecycle, or a priority whose reason is not known.
 */
export function putBackOf(
  detail: Readonly<Record<string, unknown>>,
  ticket: Ticket | undefined,
): TicketAct | null {
  const { field, value } = detail;
  if (FIELDS.has(field)) return { verb: 'edit', fields: { [String(field)]: value } };
  if (ticket === undefined) return null;
  if (field === 'owner') return { verb: 'assign', team: ticket.team, owner: value as PersonId | null };
  if (field === 'restrictedTo') return openedAgain(value);
  // the owner of now may not be of that team
  if (field === 'team') return { verb: 'assign', team: value as TeamId | null, owner: null };
  return null;
}
