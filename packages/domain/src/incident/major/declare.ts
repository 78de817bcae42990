/** How an incident becomes a major one, and ceases to be it. */
import type { DecisionContext, Tell, Verdict } from '../../shared/decider.ts';
import type { PersonId } from '../../shared/ids.ts';
import { SYSTEM } from '../../shared/ids.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { couldRead } from '../../shared/ticket/access.ts';
import { apply, lastUnseen, no, supersede, tellEach } from '../../shared/ticket/answer.ts';
import type { TicketAnswer, TicketCase } from '../../shared/ticket/answer.ts';
import type { TicketAct } from '../../shared/ticket/commands.ts';
import type { TicketEvent } from '../../shared/ticket/events.ts';
import type { MajorAct, Severity } from '../../shared/ticket/major.ts';
import { SEVERITIES, phaseOf } from '../../shared/ticket/major.ts';
import { notOpen } from '../../shared/ticket/openness.ts';
import type { TicketOverlay } from '../../shared/ticket/overlay.ts';
import { ticketRefusal } from '../../shared/ticket/refusals.ts';
import type { TicketRefusal } from '../../shared/ticket/refusals.ts';
import { MAX_LABEL, MAX_NOTE, cleanText } from '../../shared/ticket/text.ts';
import type { Ticket } from '../../shared/ticket/ticket.ts';
import { permissionsOf } from '../../shared/roles.ts';
import { manages, refuseState, refuseUnfit, unfitPerson } from './parties.ts';

type ActOf<Verb extends MajorAct['verb']> = Extract<MajorAct, { verb: Verb }>;
type Context = DecisionContext<Ticket, TicketEvent>;
type NewTicket = Parameters<TicketOverlay['open']>[2];

/** Declares a new incident as a major one: accepted if its author manages those, proposed otherwise. */
export function openMajor(
  act: Extract<TicketAct, { verb: 'create' }>,
  context: Context,
  ticket: NewTicket,
): Result<Pick<Verdict<TicketEvent>, 'events' | 'tell'>, TicketRefusal> {
  if (act.major === undefined) return ok({ events: [], tell: [] });
  const { severity } = act.major;
  const { actor } = context;
  const permission = 'incident.declare-major';
  if (!actor.permissions.has(permission))
    return refuse(ticketRefusal('incident', 'not-permitted', { permission }));
  if (!SEVERITIES.includes(severity)) {
    return refuse(ticketRefusal('incident', 'invalid-value', { field: 'severity', value: severity }));
  }
  const proposed: TicketEvent = { type: 'major-proposed', severity, reason: null, rule: null };
  const accepts = manages(actor) && unfitPerson({ ticket, context }, actor.id) === null;
  const accepted: TicketEvent = { type: 'major-accepted', severity, commander: actor.id };
  return ok({
    events: accepts ? [proposed, accepted] : [proposed],
    tell: tellManagers({ ticket, context }, severity, accepts),
  });
}

export function decidePropose(kase: TicketCase, act: ActOf<'propose-major'>): TicketAnswer {
  const closed = notOpen(kase);
  if (closed !== null) return closed;
  const { ticket, context } = kase;
  const standing = ticket.major?.state;
  if (standing === 'proposed' || standing === 'accepted') {
    const same = lastUnseen(kase, 'major-proposed') ?? lastUnseen(kase, 'major-accepted');
    return same === undefined ? refuseState(kase) : supersede(kase, same, 'already-done');
  }
  if (!SEVERITIES.includes(act.severity)) return unfitSeverity(kase, act.severity);
  const reason = cleanText(act.reason, MAX_NOTE);
  if (reason === null) return lacking(kase, 'reason', act.reason);
  if (act.rule !== undefined && (context.actor.id !== SYSTEM || cleanText(act.rule, MAX_LABEL) === null)) {
    return no(kase, 'invalid-value', { field: 'rule', value: act.rule });
  }
  const event: TicketEvent = {
    type: 'major-proposed',
    severity: act.severity,
    reason,
    rule: act.rule ?? null,
  };
  return apply([event], tellManagers(kase, act.severity));
}

/** Accepts; without a proposal it declares and accepts in one. From here on there is exactly one commander. */
export function decideAccept(kase: TicketCase, act: ActOf<'accept-major'>): TicketAnswer {
  const closed = notOpen(kase);
  if (closed !== null) return closed;
  const { major } = kase.ticket;
  if (major?.state === 'accepted') {
    const same = lastUnseen(kase, 'major-accepted');
    return same === undefined ? refuseState(kase) : supersede(kase, same, 'already-done');
  }
  const proposed = major?.state === 'proposed' ? major : null;
  const severity = act.severity ?? proposed?.severity;
  if (severity === undefined) return no(kase, 'missing-field', { field: 'severity' });
  if (!SEVERITIES.includes(severity)) return unfitSeverity(kase, severity);
  const { actor, now } = kase.context;
  const commander = act.commander ?? actor.id;
  const unfit = refuseUnfit(kase, 'commander', commander);
  if (unfit !== null) return unfit;
  const proposal: TicketEvent = { type: 'major-proposed', severity, reason: null, rule: null };
  const named = tellEach(kase, [commander], 'role-assigned', { by: actor.id, role: 'commander', at: now });
  const accepted: TicketEvent = { type: 'major-accepted', severity, commander };
  if (proposed !== null) return apply([accepted], named);
  const others = tellManagers(kase, severity, true).filter(({ person }) => person !== commander);
  return apply([proposal, accepted], [...named, ...others]);
}

export function decideReject(kase: TicketCase, act: ActOf<'reject-major'>): TicketAnswer {
  if (kase.ticket.major?.state !== 'proposed') return decidedMeanwhile(kase, 'major-rejected');
  const reason = cleanText(act.reason, MAX_NOTE);
  return reason === null ? lacking(kase, 'reason', act.reason) : apply([{ type: 'major-rejected', reason }]);
}

export function decideDemote(kase: TicketCase, act: ActOf<'demote-major'>): TicketAnswer {
  if (kase.ticket.major?.state !== 'accepted') return decidedMeanwhile(kase, 'major-demoted');
  const reason = cleanText(act.reason, MAX_NOTE);
  return reason === null ? lacking(kase, 'reason', act.reason) : apply([{ type: 'major-demoted', reason }]);
}

/** Ends the response and the incident with it: resolved, and its review begun or said not to be required. */
export function decideCloseMajor(kase: TicketCase): TicketAnswer {
  const { major, state } = kase.ticket;
  if (major?.state !== 'accepted') return decidedMeanwhile(kase, 'major-closed');
  const phase = phaseOf(major) ?? 'triage';
  if (state !== 'resolved' || major.review === null) return no(kase, 'major-not-resolved', { phase });
  return apply([
    { type: 'major-closed' },
    { type: 'transitioned', from: state, to: 'closed', holdReason: null, reason: null, resolution: null },
  ]);
}

function decidedMeanwhile(
  kase: TicketCase,
  type: 'major-rejected' | 'major-demoted' | 'major-closed',
): TicketAnswer {
  const same = lastUnseen(kase, type);
  return same === undefined ? refuseState(kase) : supersede(kase, same, 'already-done');
}

export function unfitSeverity(kase: TicketCase, severity: Severity): TicketAnswer {
  return no(kase, 'invalid-value', { field: 'severity', value: severity });
}

export function lacking(kase: TicketCase, field: string, text: string): TicketAnswer {
  return text.trim() === ''
    ? no(kase, 'missing-field', { field })
    : no(kase, 'invalid-value', { field, value: text.length });
}

/**
 * A proposal waits for somebody who may accept it, and a response that began without one needs the others too:
 * all who manage major incidents hear of either.
 */
function tellManagers(
  kase: { readonly ticket: NewTicket; readonly context: Context },
  severity: Severity,
  accepted = false,
): readonly Tell[] {
  const { ticket, context } = kase;
  const managers: PersonId[] = [...context.directory.people.values()]
    .filter((person) => person.active && couldRead(person, ticket))
    .filter((person) => permissionsOf(person.roles).has('incident.manage-major'))
    .map(({ id }) => id);
  const detail = { by: context.actor.id, severity, at: context.now, ...(accepted ? { accepted } : {}) };
  return tellEach(kase, managers, 'major-proposed', detail);
}
