import type { Instant } from '../instant.ts';
import type { TicketAct } from './commands.ts';
import { apply, no, tellEach } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import { notOpen } from './openness.ts';
import { MAX_NOTE } from './text.ts';

/** First come, first served: whoever claims second is told who owns it and since when. */
export function decideClaim(kase: TicketCase): TicketAnswer {
  const { ticket, context } = kase;
  if (ticket.owner === context.actor.id) return no(kase, 'already-owner', { owner: context.actor.id });
  const closed = notOpen(kase);
  if (closed !== null) return closed;
  if (ticket.owner === null) return apply([{ type: 'claimed', owner: context.actor.id, before: null }]);
  return no(kase, 'already-claimed', { owner: ticket.owner, at: ownedSince(kase) });
}

/** When the present owner became it, if that is newer than what the author saw. */
function ownedSince({ ticket, context }: TicketCase): Instant | null {
  const taken = context.since.findLast(
    ({ event }) => (event.type === 'claimed' || event.type === 'assigned') && event.owner === ticket.owner,
  );
  return taken?.at ?? null;
}

export function decideCoOwn(kase: TicketCase): TicketAnswer {
  const { ticket, context } = kase;
  const person = context.actor.id;
  if (ticket.owner === person) return no(kase, 'already-owner', { owner: person });
  const closed = notOpen(kase);
  if (closed !== null) return closed;
  if (ticket.owner === null) return no(kase, 'missing-field', { field: 'owner' });
  if (ticket.coOwners.includes(person)) return no(kase, 'nothing-to-change', { field: 'coOwners' });
  return apply([{ type: 'co-owned', person }]);
}

export function decideHandoverRequest(
  kase: TicketCase,
  act: Extract<TicketAct, { verb: 'request-handover' }>,
): TicketAnswer {
  const { ticket, context } = kase;
  if (ticket.owner === context.actor.id) return no(kase, 'already-owner', { owner: context.actor.id });
  const closed = notOpen(kase);
  if (closed !== null) return closed;
  if (ticket.owner === null) return no(kase, 'missing-field', { field: 'owner' });
  const note = act.note.trim();
  if (note.length > MAX_NOTE) return no(kase, 'invalid-value', { field: 'note', value: note.length });
  const { owner } = ticket;
  return apply(
    [{ type: 'handover-requested', owner, note }],
    tellEach(kase, [owner], 'handover-requested', { by: context.actor.id, note, at: context.now }),
  );
}
