import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { canRead, canReadAsStaff } from './access.ts';
import { apply, no } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import type { TicketAct } from './commands.ts';
import { movedOn } from './openness.ts';
import { ticketRefusal } from './refusals.ts';
import type { TicketRefusal } from './refusals.ts';
import type { LinkKind, Ticket } from './ticket.ts';

/** What the record at the other end calls the same link. */
export const INVERSE_LINK: Readonly<Record<LinkKind, LinkKind>> = {
  parent: 'child',
  child: 'parent',
  duplicate: 'duplicate',
  related: 'related',
  'caused-by': 'causes',
  causes: 'caused-by',
};

/** Links two records at both ends. */
export function decideLink(kase: TicketCase, act: Extract<TicketAct, { verb: 'link' }>): TicketAnswer {
  const { ticket } = kase;
  const elsewhere = movedOn(kase);
  if (elsewhere !== null) return elsewhere;
  if (act.target === ticket.id) return no(kase, 'invalid-value', { field: 'target', value: act.target });
  const other = workableRelated(kase, act.target);
  if (!other.ok) return other;
  const inverse = INVERSE_LINK[act.kind];
  if (hasLink(ticket, act.kind, act.target) || hasLink(ticket, inverse, act.target)) {
    return no(kase, 'already-linked', { target: act.target });
  }
  return apply(
    [{ type: 'linked', kind: act.kind, target: act.target }],
    [],
    hasLink(other.value, inverse, ticket.id)
      ? []
      : [{ target: act.target, events: [{ type: 'linked', kind: inverse, target: ticket.id }] }],
  );
}

/** Takes a link away at both ends; at this one only when the other may not be worked on. */
export function decideUnlink(kase: TicketCase, act: Extract<TicketAct, { verb: 'unlink' }>): TicketAnswer {
  const { ticket } = kase;
  if (!hasLink(ticket, act.kind, act.target)) return no(kase, 'not-linked', { target: act.target });
  const other = workableRelated(kase, act.target);
  const inverse = INVERSE_LINK[act.kind];
  return apply(
    [{ type: 'unlinked', kind: act.kind, target: act.target }],
    [],
    other.ok && hasLink(other.value, inverse, ticket.id)
      ? [{ target: act.target, events: [{ type: 'unlinked', kind: inverse, target: ticket.id }] }]
      : [],
  );
}

/**
 * Another record that a command names, when the actor may work on it: a requester reads their own record and yet
 * writes nothing into it that is for staff.
 */
export function workableRelated(
  { ticket, context: { related, actor } }: TicketCase,
  id: Ticket['id'],
): Result<Ticket, TicketRefusal> {
  const other = related.get(id);
  if (other === undefined || !canRead(actor, other))
    return refuse(ticketRefusal(ticket.process, 'no-such-record', { record: id }));
  const permission = `${other.process}.work` as const;
  return canReadAsStaff(actor, other) && actor.permissions.has(permission)
    ? ok(other)
    : refuse(ticketRefusal(ticket.process, 'not-permitted', { permission }));
}

function hasLink(ticket: Ticket, kind: LinkKind, target: Ticket['id']): boolean {
  return ticket.links.some((link) => link.kind === kind && link.target === target);
}
