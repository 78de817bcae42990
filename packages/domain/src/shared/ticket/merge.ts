import { apply, lastUnseen, no, supersede } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import type { TicketAct } from './commands.ts';
import { workableRelated } from './links.ts';
import { notOpen } from './openness.ts';
import { isRestricted, restrictionOf, sameRestriction } from './restriction.ts';
import type { Ticket } from './ticket.ts';

/**
 * Ends a ticket in favour of another. Merging is one-way and has no cycles: of two merges in opposite directions the
 * first in server order stands and the second does nothing, so exactly one of the two survives.
 */
export function decideMerge(kase: TicketCase, act: Extract<TicketAct, { verb: 'merge' }>): TicketAnswer {
  const { ticket } = kase;
  if (act.into === ticket.id) return no(kase, 'merge-self', { record: ticket.id });
  const same = lastUnseen(kase, 'merged', ({ into }) => into === act.into);
  if (same !== undefined) return supersede(kase, same, 'already-done');
  const closed = notOpen(kase);
  if (closed !== null) return closed;

  const found = workableRelated(kase, act.into);
  if (!found.ok) return found;
  const survivor = found.value;
  if (survivor.process !== ticket.process) return no(kase, 'merge-other-process', { into: act.into });
  if (isRestricted(ticket) && !sameRestriction(restrictionOf(ticket), restrictionOf(survivor))) {
    return no(kase, 'merge-wider', { into: act.into });
  }
  if (endsIn(kase, survivor)) {
    const opposite = lastUnseen(kase, 'absorbed', ({ from }) => from === act.into);
    return opposite === undefined
      ? no(kase, 'merge-cycle', { into: act.into })
      : supersede(kase, opposite, 'merged-the-other-way');
  }
  if (survivor.mergedInto !== null) {
    return no(kase, 'merge-into-merged', { into: act.into, mergedInto: survivor.mergedInto });
  }
  if (kase.lifecycle.terminal.has(survivor.state)) {
    return no(kase, 'not-open', { state: survivor.state, mergedInto: null, record: survivor.id });
  }
  return apply(
    [{ type: 'merged', into: survivor.id }],
    [],
    [{ target: survivor.id, events: [{ type: 'absorbed', from: ticket.id, requester: ticket.requester }] }],
  );
}

/** Whether following the merges from a ticket leads back to the one being decided. */
function endsIn({ ticket, context }: TicketCase, start: Ticket): boolean {
  const passed = new Set<Ticket['id']>();
  let at: Ticket | undefined = start;
  while (at !== undefined && !passed.has(at.id)) {
    if (at.mergedInto === ticket.id) return true;
    passed.add(at.id);
    at = at.mergedInto === null ? undefined : context.related.get(at.mergedInto);
  }
  return false;
}
