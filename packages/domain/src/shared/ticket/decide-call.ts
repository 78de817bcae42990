/** Calls: begun, taken on step by step by the system, ended by somebody's word. Rules: DSK-150 and on. */
import { chainFor } from '../chain.ts';
import type { Tell, Verdict } from '../decider.ts';
import type { PersonId } from '../ids.ts';
import { SYSTEM } from '../ids.ts';
import { unreachable } from '../result.ts';
import { apply, lastUnseen, no, supersede, tellEach } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import { callOf, calledBy, canAnswer, isCalling, mayAnswer } from './call.ts';
import type { Call, CallAct } from './call.ts';
import { answerableFor, reachedBy } from './call-people.ts';
import { nextInCall, stepsSinceWait } from './call-plan.ts';
import type { TicketEvent } from './events.ts';
import { managersOf } from './managers.ts';
import { notOpen } from './openness.ts';
import { MAX_NOTE, cleanText } from './text.ts';

type ActOf<Verb extends CallAct['verb']> = Extract<CallAct, { verb: Verb }>;

/** What comes here longer than this after it was said is told to be late. */
const LATE_MS = 60_000;

export function decideCall(kase: TicketCase, act: CallAct): TicketAnswer {
  switch (act.verb) {
    case 'begin-call':
      return decideBegin(kase, act);
    case 'take-call-step':
      return decideStep(kase, act);
    case 'acknowledge-call':
      return decideAcknowledge(kase, act);
    case 'stop-call':
      return decideStop(kase, act);
    default:
      return unreachable(act);
  }
}

/** Whoever calls a team that is being called already has called it once. */
function decideBegin(kase: TicketCase, { team, cause }: ActOf<'begin-call'>): TicketAnswer {
  const { ticket, context } = kase;
  if (cause !== undefined && context.actor.id !== SYSTEM) return forSystem(kase);
  const closed = notOpen(kase);
  if (closed !== null) return closed;
  if (team !== null && !context.directory.teams.has(team)) return no(kase, 'unknown-team', { team });
  const same = lastUnseen(kase, 'call-begun', (event) => event.team === team);
  if (same !== undefined) return supersede(kase, same, 'already-done');
  const going = callOf(ticket.calls, team);
  if (going !== undefined && isCalling(going)) return nothingToDo(kase);
  const chain = chainFor(context.directory, team);
  if (chain === undefined) return no(kase, 'no-chain', { team });
  const { name, steps, repeats } = chain;
  return apply([{ type: 'call-begun', team, name, cause: cause ?? 'hand', steps, repeats }]);
}

/** Takes the step that comes next, once: any other changes nothing. That its time has come is the clock's to say. */
function decideStep(kase: TicketCase, { call: id, round, step }: ActOf<'take-call-step'>): TicketAnswer {
  const { ticket, context } = kase;
  if (context.actor.id !== SYSTEM) return forSystem(kase);
  const call = ticket.calls.find((each) => each.id === id);
  const next = call === undefined ? null : nextInCall(call);
  const isNext = next?.round === round && next.step === step;
  if (call === undefined || !isNext) return nothingToDo(kase);
  const { name, team, cause } = call;
  const means = call.steps[step];
  if (means === undefined) {
    const detail = { call: id, name, team, called: calledBy(call).length, at: context.now };
    return apply(
      [{ type: 'call-used-up', team }],
      tellEach(kase, answerableFor(kase, call), 'call-used-up', detail),
    );
  }
  const people = reachedBy(kase, means);
  return apply(
    [{ type: 'call-step-taken', team, round, step, means, people }],
    tellEach(kase, notYet(call, round, step, people), 'called', {
      call: id,
      name,
      team,
      cause,
      at: context.now,
    }),
  );
}

/**
 * The first word in server order stands. It is about the call that its author saw: one that began since goes on. A
 * chain that was used up is answered late rather than never.
 */
function decideAcknowledge(kase: TicketCase, { team }: ActOf<'acknowledge-call'>): TicketAnswer {
  const { ticket, context } = kase;
  const call = callOf(ticket.calls, team);
  if (call === undefined) return no(kase, 'call-state', { state: null });
  if (!canAnswer(call)) return overAlready(kase, call);
  const newer = lastUnseen(kase, 'call-begun', (event) => event.team === team);
  if (newer !== undefined) return supersede(kase, newer, 'called-anew');
  if (!mayAnswer(call, ticket.owner, context.actor.id)) return no(kase, 'not-called', { name: call.name });
  const { events, tell } = acknowledged(kase, call);
  return apply(events, tell);
}

type Acknowledged = Pick<Verdict<TicketEvent>, 'events' | 'tell'>;

function acknowledged(kase: TicketCase, call: Call): Acknowledged {
  const { clientAt, now } = kase.context;
  const managers = call.state === 'used-up' ? managersOf(kase) : [];
  return {
    events: [{ type: 'call-acknowledged', team: call.team, late: now - clientAt > LATE_MS }],
    tell: tellOver(kase, call, managers, { at: now }),
  };
}

function decideStop(kase: TicketCase, act: ActOf<'stop-call'>): TicketAnswer {
  const call = callOf(kase.ticket.calls, act.team);
  const reason = cleanText(act.reason, MAX_NOTE);
  if (reason === null) {
    return act.reason.trim() === ''
      ? no(kase, 'missing-field', { field: 'reason' })
      : no(kase, 'invalid-value', { field: 'reason', value: act.reason.length });
  }
  if (call === undefined) return no(kase, 'call-state', { state: null });
  if (!isCalling(call)) return overAlready(kase, call);
  const newer = lastUnseen(kase, 'call-begun', (event) => event.team === act.team);
  if (newer !== undefined) return supersede(kase, newer, 'called-anew');
  const { events, tell } = stopped(kase, call, reason);
  return apply(events, tell);
}

/**
 * What other acts mean for the calls of a ticket: whoever takes it on has it, and so has who was called and has seen
 * its alerts; what is no major incident any more calls nobody for one, a team that it was taken from is not called for
 * it, and who was called hears that the work is done.
 */
export function callsFollowing(kase: TicketCase, events: readonly TicketEvent[]): Acknowledged {
  const { calls } = kase.ticket;
  const following = events.flatMap((event): readonly Acknowledged[] => {
    if (isTakenOn(event, kase.context.actor.id)) {
      return calls.filter(canAnswer).map((call) => acknowledged(kase, call));
    }
    if (event.type === 'alerts-acknowledged') {
      return calls.filter((call) => isMeant(kase, call)).map((call) => acknowledged(kase, call));
    }
    const going = calls.filter(isCalling);
    if (event.type === 'major-demoted') {
      return going.filter(({ team }) => team === null).map((call) => stopped(kase, call, event.reason));
    }
    if (event.type === 'assigned' && event.team !== event.before.team) {
      return going
        .filter(({ team }) => team !== null && team === event.before.team)
        .map((call) => stopped(kase, call, event.reason ?? ''));
    }
    return isDone(kase, event) ? going.map((call) => ended(kase, call)) : [];
  });
  return { events: following.flatMap((each) => each.events), tell: following.flatMap((each) => each.tell) };
}

/** Whether somebody makes a ticket their own by an event. */
function isTakenOn(event: TicketEvent, actor: PersonId): boolean {
  if (event.type === 'claimed') return true;
  return event.type === 'assigned' && event.owner === actor && event.before.owner !== actor;
}

/** Whether a word about the ticket answers a call of it: one that its author had seen, and may answer. */
function isMeant(kase: TicketCase, call: Call): boolean {
  const { ticket, context } = kase;
  if (!canAnswer(call) || !mayAnswer(call, ticket.owner, context.actor.id)) return false;
  return lastUnseen(kase, 'call-begun', (event) => event.team === call.team) === undefined;
}

/** Whether an event ends a ticket's work; the fold ends its calls with it. */
function isDone({ lifecycle }: TicketCase, event: TicketEvent): boolean {
  return event.type === 'merged' || (event.type === 'transitioned' && !lifecycle.open.has(event.to));
}

function ended(kase: TicketCase, call: Call): Acknowledged {
  return { events: [], tell: tellOver(kase, call, [], { ended: true, at: kase.context.now }) };
}

function stopped(kase: TicketCase, call: Call, reason: string): Acknowledged {
  return {
    events: [{ type: 'call-stopped', team: call.team, reason }],
    tell: tellOver(kase, call, [], { stopped: true, reason, at: kase.context.now }),
  };
}

/** Those who were called, and who called, hear that they need not come. */
function tellOver(
  kase: TicketCase,
  call: Call,
  others: readonly PersonId[],
  detail: Tell['detail'],
): readonly Tell[] {
  const people = [...calledBy(call), call.by, ...others];
  return tellEach(kase, people, 'call-over', {
    by: kase.context.actor.id,
    name: call.name,
    team: call.team,
    ...detail,
  });
}

/** The call was over before this came: who ended it, if its author had not seen that. */
function overAlready(kase: TicketCase, call: Call): TicketAnswer {
  const ending =
    lastUnseen(kase, 'call-acknowledged', ({ team }) => team === call.team) ??
    lastUnseen(kase, 'call-stopped', ({ team }) => team === call.team) ??
    lastUnseen(kase, 'transitioned', ({ to }) => !kase.lifecycle.open.has(to)) ??
    lastUnseen(kase, 'merged');
  if (ending !== undefined) return supersede(kase, ending, 'already-done');
  return no(kase, 'call-state', { state: call.state });
}

/** Who was called by a step at once before this one hears it once. */
function notYet(call: Call, round: number, step: number, people: readonly PersonId[]): readonly PersonId[] {
  const atOnce = { ...call, taken: [...call.taken, { round, step, at: 0, people: [] }] };
  const heard = new Set(stepsSinceWait(atOnce).flatMap((taken) => taken.people));
  return people.filter((person) => !heard.has(person));
}

function nothingToDo(kase: TicketCase): TicketAnswer {
  return no(kase, 'nothing-to-change', { field: 'call' });
}

function forSystem(kase: TicketCase): TicketAnswer {
  return no(kase, 'not-permitted', { permission: 'system' });
}
