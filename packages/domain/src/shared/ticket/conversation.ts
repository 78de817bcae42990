import type { TicketAct } from './commands.ts';
import { apply, lastUnseen, no, supersede, tellEach } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import type { TicketEvent } from './events.ts';
import { isMajor } from './major.ts';
import { ended, movedOn } from './openness.ts';
import { MAX_TEXT, cleanText } from './text.ts';

/** An internal note: for staff, in any state but merged. */
export function decideComment(kase: TicketCase, act: Extract<TicketAct, { verb: 'comment' }>): TicketAnswer {
  const elsewhere = movedOn(kase);
  if (elsewhere !== null) return elsewhere;
  const text = cleanText(act.text, MAX_TEXT);
  if (text === null) return unfitText(kase, act.text);
  const sent = alreadySent(kase, 'commented', text, act.draft);
  if (sent !== null) return sent;
  return apply([{ type: 'commented', text, draft: act.draft ?? null }]);
}

/**
 * A public reply. The requester's word is always taken, on an ended ticket too, and wakes the ticket: it ends a
 * wait for the caller and a snooze, and it reopens a resolution that its author had not seen.
 */
export function decideReply(kase: TicketCase, act: Extract<TicketAct, { verb: 'reply' }>): TicketAnswer {
  const { ticket, context } = kase;
  const side = ticket.requester === context.actor.id ? 'requester' : 'staff';
  const closed = side === 'staff' ? ended(kase) : null;
  if (closed !== null) return closed;
  const text = cleanText(act.text, MAX_TEXT);
  if (text === null) return unfitText(kase, act.text);
  const sent = alreadySent(kase, 'replied', text, act.draft);
  if (sent !== null) return sent;

  const replied: TicketEvent = { type: 'replied', text, draft: act.draft ?? null, side };
  const detail = { by: context.actor.id, side, at: context.now };
  if (side === 'staff') {
    return apply([replied], tellEach(kase, [ticket.requester, ...ticket.watchers], 'replied', detail));
  }
  const contact = ticket.escalation?.contact ?? null;
  const team = [ticket.owner, contact, ...ticket.coOwners, ...ticket.watchers];
  return apply([replied, ...wakes(kase)], tellEach(kase, team, 'replied', detail));
}

/** What the requester's reply sets going again. */
function wakes(kase: TicketCase): readonly TicketEvent[] {
  const { ticket } = kase;
  const waitsForCaller = ticket.state === 'on_hold' && ticket.holdReason === 'caller';
  const unseenResolve =
    ticket.state === 'resolved' &&
    !isMajor(ticket) &&
    lastUnseen(kase, 'transitioned', ({ to }) => to === 'resolved') !== undefined;
  const resumed: TicketEvent = {
    type: 'transitioned',
    from: ticket.state,
    to: 'in_progress',
    holdReason: null,
    reason: null,
    resolution: null,
  };
  return [
    ...(waitsForCaller || unseenResolve ? [resumed] : []),
    ...(ticket.snoozedUntil === null ? [] : [{ type: 'unsnoozed' } as const]),
  ];
}

/**
 * One draft is sent once by its author. The same text again changes nothing; another text under the same draft is
 * refused, so that its author keeps it and decides.
 */
function alreadySent(
  kase: TicketCase,
  type: 'replied' | 'commented',
  text: string,
  draft: string | undefined,
): TicketAnswer | null {
  if (draft === undefined) return null;
  const { actor, since } = kase.context;
  const earlier = since.findLast(
    ({ event, actor: author }) => author === actor.id && event.type === type && event.draft === draft,
  );
  if (earlier === undefined || earlier.event.type !== type) return null;
  if (earlier.event.text === text) return supersede(kase, earlier, 'already-sent');
  return no(kase, 'already-sent', { draft });
}

function unfitText(kase: TicketCase, text: string): TicketAnswer {
  return text.trim() === ''
    ? no(kase, 'missing-field', { field: 'text' })
    : no(kase, 'invalid-value', { field: 'text', value: text.length });
}
