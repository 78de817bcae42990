import type { Tell } from '../decider.ts';
import type { PersonId } from '../ids.ts';
import { SYSTEM } from '../ids.ts';
import { couldRead } from './access.ts';
import { apply, lastUnseen, no, supersede, tellEach, tellReplaced } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import { calledAtOnce } from './call-people.ts';
import { NOT_ESCALATED } from './escalation.ts';
import type { EscalationAct, EscalationLevel } from './escalation.ts';
import type { TicketEvent } from './events.ts';
import { managersOf } from './managers.ts';
import { notOpen } from './openness.ts';
import { MAX_NOTE, cleanText } from './text.ts';

type ActOf<Verb extends EscalationAct['verb']> = Extract<EscalationAct, { verb: Verb }>;

export function decideEscalation(kase: TicketCase, act: EscalationAct): TicketAnswer {
  const closed = notOpen(kase);
  if (closed !== null) return closed;
  switch (act.verb) {
    case 'escalate-to-team':
      return decideToTeam(kase, act);
    case 'escalate-upward':
      return decideUpward(kase, act);
    case 'end-escalation':
      return decideEnd(kase, act);
    case 'pass-threshold':
      return decideThreshold(kase, act);
  }
}

/** The work goes to another team; who held it, or gives it away, keeps in touch with the requester. */
function decideToTeam(kase: TicketCase, act: ActOf<'escalate-to-team'>): TicketAnswer {
  const { ticket, context } = kase;
  const reason = cleanText(act.reason, MAX_NOTE);
  if (reason === null) return unfitReason(kase, act.reason);
  const team = context.directory.teams.get(act.team);
  if (team === undefined) return no(kase, 'unknown-team', { team: act.team });
  if (ticket.team === act.team) {
    const same = lastUnseen(kase, 'escalated-to-team', (event) => event.team === act.team);
    if (same !== undefined) return supersede(kase, same, 'already-done');
    return no(kase, 'nothing-to-change', { field: 'team' });
  }
  const contact = ticket.escalation?.contact ?? ticket.owner ?? humanActor(kase);
  const earlier = lastUnseen(kase, 'escalated-to-team');
  const detail = { by: context.actor.id, team: act.team, reason, at: context.now };
  const called = calledAtOnce(kase, act.team);
  const told = [team.lead, ticket.owner, contact].filter((person) => person === null || !called.has(person));
  return apply(
    [
      {
        type: 'escalated-to-team',
        team: act.team,
        before: { team: ticket.team, owner: ticket.owner },
        contact,
        reason,
      },
    ],
    [
      ...tellEach(kase, told, 'escalated', detail),
      ...(earlier === undefined ? [] : tellReplaced(kase, earlier.actor, 'team', ticket.team, act.team)),
    ],
  );
}

/** One level up from what its author saw: two who raise it at once have raised it once. */
function decideUpward(kase: TicketCase, act: ActOf<'escalate-upward'>): TicketAnswer {
  const reason = cleanText(act.reason, MAX_NOTE);
  if (reason === null) return unfitReason(kase, act.reason);
  const raised = lastUnseen(kase, 'escalated-upward');
  if (raised !== undefined) return supersede(kase, raised, 'already-done');
  const up = raise(kase, reason);
  return up === null ? no(kase, 'nothing-to-change', { field: 'escalation' }) : apply(up.events, up.tell);
}

function decideEnd(kase: TicketCase, act: ActOf<'end-escalation'>): TicketAnswer {
  const { escalation } = kase.ticket;
  const reason = cleanText(act.reason, MAX_NOTE);
  if (reason === null) return unfitReason(kase, act.reason);
  if (escalation === null || escalation.level === 0) {
    const ended = lastUnseen(kase, 'escalation-ended');
    if (ended !== undefined) return supersede(kase, ended, 'already-done');
    return no(kase, 'nothing-to-change', { field: 'escalation' });
  }
  const detail = { by: kase.context.actor.id, ended: true, reason, at: kase.context.now };
  return apply(
    [{ type: 'escalation-ended', before: escalation.level, reason }],
    tellEach(kase, [escalation.by], 'escalated', detail),
  );
}

/**
 * Three quarters of a target warn who works on the ticket, or their lead where nobody does; the whole of it
 * escalates. Each threshold speaks once, whatever the clock does afterwards.
 */
function decideThreshold(kase: TicketCase, { metric, percent }: ActOf<'pass-threshold'>): TicketAnswer {
  const { ticket, context } = kase;
  if (context.actor.id !== SYSTEM) return no(kase, 'not-permitted', { permission: 'system' });
  const passed = ticket.escalation?.passed ?? [];
  if (passed.some((one) => one.metric === metric && one.percent === percent)) {
    return no(kase, 'nothing-to-change', { field: 'escalation' });
  }
  const event: TicketEvent = { type: 'threshold-passed', metric, percent };
  const up = percent === 100 ? raise(kase, null) : null;
  const detail = { metric, percent, at: context.now };
  const lead = leadOf(kase);
  const warned = tellEach(kase, ticket.owner === null ? [lead] : [ticket.owner], 'threshold-passed', detail);
  const told = new Set(up?.tell.map(({ person }) => person));
  return apply(
    [event, ...(up?.events ?? [])],
    [...(up?.tell ?? []), ...warned.filter(({ person }) => !told.has(person))],
  );
}

/**
 * The next level, with its people as watchers; null at the top. A team without a lead goes to the managers. Whom the
 * team's chain calls for it is not told twice.
 */
function raise(
  kase: TicketCase,
  reason: string | null,
): { readonly events: readonly TicketEvent[]; readonly tell: readonly Tell[] } | null {
  const { ticket, context } = kase;
  const before = ticket.escalation?.level ?? NOT_ESCALATED.level;
  const lead = before === 0 ? leadOf(kase) : null;
  const level: EscalationLevel = lead === null ? 2 : 1;
  if (before >= level) return null;
  const people = lead === null ? managersOf(kase) : [lead];
  const watchers = people.filter((person) => !ticket.watchers.includes(person));
  const detail = { by: context.actor.id, level, reason, at: context.now };
  const called = before === 0 ? calledAtOnce(kase, ticket.team) : new Set<PersonId>();
  const told = [...people, ticket.owner].filter((person) => person === null || !called.has(person));
  return {
    events: [
      { type: 'escalated-upward', level, before, reason },
      ...watchers.map((person): TicketEvent => ({ type: 'watched', person })),
    ],
    tell: tellEach(kase, told, 'escalated', detail),
  };
}

/** The lead of the ticket's team who may read it and does not escalate to themselves. */
function leadOf({ ticket, context }: TicketCase): PersonId | null {
  const { teams, people } = context.directory;
  const lead = ticket.team === null ? null : (teams.get(ticket.team)?.lead ?? null);
  const person = lead === null ? undefined : people.get(lead);
  if (person?.active !== true || !couldRead(person, ticket)) return null;
  return person.id === context.actor.id ? null : person.id;
}

function humanActor({ context }: TicketCase): PersonId | null {
  return context.actor.id === SYSTEM ? null : context.actor.id;
}

function unfitReason(kase: TicketCase, reason: string): TicketAnswer {
  return reason.trim() === ''
    ? no(kase, 'missing-field', { field: 'reason' })
    : no(kase, 'invalid-value', { field: 'reason', value: reason.length });
}
