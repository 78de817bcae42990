import { SYSTEM } from '../ids.ts';
import type { Recorded, Tell } from '../decider.ts';
import { canReadAsStaff } from './access.ts';
import { apply, lastUnseen, no, supersede, tellEach, tellReplaced } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import type { TicketAct } from './commands.ts';
import type { TicketEvent } from './events.ts';
import { mayTake } from './lifecycle.ts';
import type { Transition } from './lifecycle.ts';
import { ended } from './openness.ts';
import { MAX_LABEL, MAX_NOTE, MAX_TEXT, cleanText } from './text.ts';
import { HOLD_REASONS } from './ticket.ts';

type TransitionAct = Extract<TicketAct, { verb: 'transition' }>;
type Transitioned = Extract<TicketEvent, { type: 'transitioned' }>;

/**
 * Takes a step of the lifecycle. Races come before the table: who lost one is told of the other side, not that the
 * step does not exist.
 */
export function decideTransition(kase: TicketCase, act: TransitionAct): TicketAnswer {
  const lost = lostRace(kase, act);
  if (lost !== null) return lost;
  const step = findStep(kase, act.to);
  if (step === undefined) return ended(kase) ?? noSuchTransition(kase, act.to);
  if (!mayTake(step, kase.ticket, kase.context.actor)) {
    return no(kase, 'not-permitted', { permission: permissionOf(kase, step) });
  }
  const lacking = step.guard?.(kase.ticket) ?? null;
  if (lacking !== null) return no(kase, 'missing-field', { field: lacking });
  return unmetNeed(kase, step, act) ?? take(kase, act);
}

function lostRace(kase: TicketCase, act: TransitionAct): TicketAnswer | null {
  const { ticket } = kase;
  const done = lastUnseen(kase, 'transitioned', ({ to }) => to === act.to);
  if (done !== undefined && ticket.state === act.to) return supersede(kase, done, 'already-done');
  const reopened = lastUnseen(kase, 'transitioned', isReopening);
  if (act.to === 'closed' && reopened !== undefined) return supersede(kase, reopened, 'reopened');
  const answered = lastUnseen(kase, 'replied', ({ side }) => side === 'requester');
  const overlooks = act.to === 'resolved' || (act.to === 'on_hold' && act.holdReason === 'caller');
  if (overlooks && answered !== undefined) {
    return no(kase, 'caller-replied', { by: answered.actor, at: answered.at });
  }
  return null;
}

function isReopening({ from, to }: Transitioned): boolean {
  return to === 'in_progress' && (from === 'resolved' || from === 'closed');
}

/** The row of the table; reopening also finds it from `closed` when its author had seen `resolved`. */
function findStep({ ticket, lifecycle, ...rest }: TicketCase, to: string): Transition | undefined {
  const raced =
    ticket.state === 'closed' &&
    to === 'in_progress' &&
    lastUnseen(rest, 'transitioned', (event) => event.to === 'closed') !== undefined;
  const from = raced ? 'resolved' : ticket.state;
  return lifecycle.transitions.find((step) => step.from === from && step.to === to);
}

function noSuchTransition(kase: TicketCase, to: string): TicketAnswer {
  const { ticket, lifecycle, context } = kase;
  const allowed = lifecycle.allowedTransitions(ticket, context.actor).map((step) => step.to);
  const meanwhile = lastUnseen(kase, 'transitioned');
  const facts = { from: ticket.state, to, allowed };
  return no(
    kase,
    'no-such-transition',
    meanwhile === undefined ? facts : { ...facts, by: meanwhile.actor, at: meanwhile.at },
  );
}

function permissionOf({ ticket }: TicketCase, step: Transition): string {
  if (step.by.includes('approver')) return 'desk.approve';
  return step.by.includes('reopener') ? `${ticket.process}.reopen` : `${ticket.process}.work`;
}

function unmetNeed(kase: TicketCase, step: Transition, act: TransitionAct): TicketAnswer | null {
  for (const need of step.needs) {
    if (act[need] === undefined || act[need].trim() === '') return no(kase, 'missing-field', { field: need });
  }
  if (act.to === 'on_hold' && !HOLD_REASONS.some((reason) => reason === act.holdReason)) {
    return no(kase, 'invalid-value', { field: 'holdReason', value: act.holdReason });
  }
  const limits = { reason: MAX_NOTE, code: MAX_LABEL, notes: MAX_TEXT } as const;
  for (const field of ['reason', 'code', 'notes'] as const) {
    const length = act[field]?.trim().length ?? 0;
    if (length > limits[field]) return no(kase, 'invalid-value', { field, value: length });
  }
  return null;
}

function take(kase: TicketCase, act: TransitionAct): TicketAnswer {
  const { ticket, context } = kase;
  const event: Transitioned = {
    type: 'transitioned',
    from: ticket.state,
    to: act.to,
    holdReason: act.to === 'on_hold' ? (act.holdReason ?? null) : null,
    reason: cleanText(act.reason, MAX_NOTE),
    resolution:
      act.to === 'resolved'
        ? { code: cleanText(act.code, MAX_LABEL) ?? '', notes: cleanText(act.notes, MAX_TEXT) ?? '' }
        : null,
  };
  const detail = { by: context.actor.id, reason: event.reason, at: context.now };
  const reopened = isReopening(event)
    ? tellEach(kase, [ticket.owner, ...ticket.coOwners], 'reopened', detail)
    : [];
  return apply([...claimOnStart(kase, act.to), event], [...reopened, ...tellStateReplaced(kase, act.to)]);
}

/** Whoever starts work on a ticket that nobody owns takes it. */
function claimOnStart({ ticket, context }: TicketCase, to: string): readonly TicketEvent[] {
  const { actor } = context;
  const works = actor.permissions.has(`${ticket.process}.work`) && canReadAsStaff(actor, ticket);
  if (to !== 'in_progress' || ticket.owner !== null || !works || actor.id === SYSTEM) return [];
  return [{ type: 'claimed', owner: actor.id, before: null }];
}

function tellStateReplaced(kase: TicketCase, to: string): readonly Tell[] {
  const { ticket } = kase;
  const set: Recorded<Transitioned> | undefined = lastUnseen(
    kase,
    'transitioned',
    (event, { actor }) => event.to === ticket.state && actor !== ticket.requester,
  );
  return set === undefined ? [] : tellReplaced(kase, set.actor, 'state', ticket.state, to);
}
