/** Any command that somebody may think of: all verbs of both processes, mostly sensible, sometimes not. */
import { lifecycleOf } from '@muster/domain';
import {
  CHANNELS,
  HOLD_REASONS,
  LINK_KINDS,
  MAJOR_PHASES,
  MAJOR_ROLES,
  REVIEW_STATES,
  SEVERITIES,
  commandId,
  recordId,
} from '@muster/domain/shared';
import type {
  CommandEnvelope,
  Level,
  PersonId,
  Priority,
  RecordId,
  ServiceId,
  TeamId,
  Ticket,
  TicketAct,
  TicketProcess,
  TicketVerb,
} from '@muster/domain/shared';
import type { Random } from './random.ts';

/** Whom and what acts may name. */
export interface Cast {
  readonly people: readonly PersonId[];
  readonly teams: readonly TeamId[];
  readonly services: readonly ServiceId[];
}

const LEVELS: readonly Level[] = [1, 2, 3];
const PRIORITIES: readonly Priority[] = [1, 2, 3, 4, 5];
const HOUR_MS = 3_600_000;

/** How often which verb; what takes a ticket off the table is rarer than what goes on with it. */
const VERBS: readonly (readonly [number, TicketVerb])[] = [
  [5, 'create'],
  [8, 'claim'],
  [2, 'co-own'],
  [2, 'request-handover'],
  [6, 'assign'],
  [24, 'transition'],
  [8, 'edit'],
  [3, 'override-priority'],
  [4, 'link'],
  [2, 'unlink'],
  [1, 'merge'],
  [8, 'comment'],
  [12, 'reply'],
  [2, 'watch'],
  [2, 'unwatch'],
  [2, 'snooze'],
  [2, 'unsnooze'],
  [1, 'acknowledge-alerts'],
  [1, 'silence-alerts'],
  [1, 'end-silence'],
  [2, 'escalate-to-team'],
  [2, 'escalate-upward'],
  [1, 'end-escalation'],
  [2, 'begin-call'],
  [2, 'acknowledge-call'],
  [1, 'stop-call'],
  [2, 'propose-major'],
  [3, 'accept-major'],
  [1, 'reject-major'],
  [1, 'demote-major'],
  [1, 'close-major'],
  [2, 'set-severity'],
  [3, 'move-phase'],
  [2, 'assign-role'],
  [1, 'renounce-role'],
  [3, 'offer-command'],
  [3, 'answer-command'],
  [2, 'begin-review'],
  [1, 'waive-review'],
  [2, 'move-review'],
  [1, 'add-review-action'],
  [1, 'drop-review-action'],
  [2, 'send-report'],
  [1, 'set-report-interval'],
];

/** A command on one of the tickets that its author sees, as they see it or as they saw it before. */
export function randomCommand(random: Random, seen: readonly Ticket[], cast: Cast): CommandEnvelope {
  const ticket = seen.length === 0 ? null : random.pick(seen);
  const verb = ticket === null ? 'create' : random.weighted(VERBS);
  const process = ticket?.process ?? random.pick<TicketProcess>(['desk', 'incident']);
  const act = verb === 'create' || ticket === null ? creation(process, random, cast) : null;
  const target = act !== null || ticket === null ? recordId(random.ulid()) : ticket.id;
  const asked = act ?? actOn(verb, ticket as Ticket, seen, random, cast);
  const stale = random.chance(35) ? random.below(6) : 0;
  const basis = act === null ? Math.max(0, (ticket?.version ?? 0) - stale) : 0;
  return envelope(process, target, asked, basis, random);
}

export function envelope(
  process: TicketProcess,
  target: RecordId,
  { verb, ...args }: TicketAct,
  basis: number,
  random: Random,
): CommandEnvelope {
  const clientAt = Date.now() - (random.chance(20) ? random.below(30) * HOUR_MS : 0);
  return { id: commandId(random.ulid()), type: `${process}.${verb}`, target, args, basis, clientAt };
}

export function creation(process: TicketProcess, random: Random, cast: Cast): TicketAct {
  return {
    verb: 'create',
    kind: process === 'incident' ? 'incident' : 'request',
    title: `Case ${random.word()}`,
    description: random.word(),
    impact: random.pick(LEVELS),
    urgency: random.pick(LEVELS),
    requester: random.pick(cast.people),
    service: random.chance(80) ? random.pick(cast.services) : null,
    category: null,
    team: random.chance(50) ? random.pick(cast.teams) : null,
    channel: random.pick(CHANNELS),
    ...(random.chance(10) && { restrictedTo: random.pick(cast.teams) }),
  };
}

/** A new ticket that everybody on the staff may read. */
export function plainCreation(process: TicketProcess, requester: PersonId, title = 'A case'): TicketAct {
  return {
    verb: 'create',
    kind: process === 'incident' ? 'incident' : 'request',
    title,
    description: 'as told on the phone',
    impact: 2,
    urgency: 2,
    requester,
    service: null,
    category: null,
    team: null,
    channel: 'phone',
  };
}

function actOn(
  verb: TicketVerb,
  ticket: Ticket,
  seen: readonly Ticket[],
  random: Random,
  cast: Cast,
): TicketAct {
  const other = (): RecordId => (random.chance(95) ? random.pick(seen).id : recordId(random.ulid()));
  switch (verb) {
    case 'create':
      return creation(ticket.process, random, cast);
    case 'note-alerts':
      return { verb: 'acknowledge-alerts' };
    case 'claim':
    case 'co-own':
    case 'unsnooze':
    case 'acknowledge-alerts':
    case 'end-silence':
      return { verb };
    case 'request-handover':
      return { verb, note: random.word() };
    case 'assign':
      return { verb, team: maybe(random, cast.teams), owner: maybe(random, cast.people) };
    case 'transition':
      return transition(ticket, random);
    case 'edit':
      return { verb, fields: fields(random, cast) };
    case 'override-priority':
      return { verb, priority: maybe(random, PRIORITIES), reason: random.word() };
    case 'link':
    case 'unlink':
      return { verb, kind: random.pick(LINK_KINDS), target: other() };
    case 'name-items':
      return { verb, add: [other()], remove: ticket.items.slice(0, 1) };
    case 'merge':
      return { verb, into: other() };
    case 'comment':
    case 'reply': {
      // two devices that send one draft say the same words
      const words = random.chance(20) ? `draft-${random.below(4)}` : null;
      return words === null ? { verb, text: random.ulid() } : { verb, text: words, draft: words };
    }
    case 'watch':
    case 'unwatch':
      return random.chance(50) ? { verb } : { verb, person: random.pick(cast.people) };
    case 'escalate-to-team':
      return { verb, team: random.pick(cast.teams), reason: random.word() };
    case 'escalate-upward':
    case 'end-escalation':
      return { verb, reason: random.word() };
    case 'pass-threshold':
      return { verb: 'escalate-upward', reason: random.word() };
    case 'begin-call':
    case 'acknowledge-call':
      return { verb, team: maybe(random, cast.teams) };
    case 'take-call-step':
      return { verb: 'acknowledge-call', team: null };
    case 'stop-call':
      return { verb, team: maybe(random, cast.teams), reason: random.word() };
    case 'propose-major':
      return { verb, severity: random.pick(SEVERITIES), reason: random.word() };
    case 'accept-major':
    case 'close-major':
    case 'begin-review':
      return { verb };
    case 'reject-major':
    case 'demote-major':
    case 'waive-review':
      return { verb, reason: random.word() };
    case 'set-severity':
      return { verb, severity: random.pick(SEVERITIES) };
    case 'move-phase':
      return { verb, to: random.pick(MAJOR_PHASES) };
    case 'assign-role':
    case 'renounce-role':
      return { verb, role: random.pick(MAJOR_ROLES), person: random.pick(cast.people) };
    case 'offer-command':
      return { verb, to: random.pick(cast.people) };
    case 'move-review':
      return { verb, to: random.pick(REVIEW_STATES), reason: random.word() };
    case 'add-review-action':
      return {
        verb,
        action: recordId(random.ulid()),
        text: random.word(),
        owner: random.pick(cast.people),
        dueAt: Date.now() + random.below(20) * HOUR_MS,
      };
    case 'drop-review-action':
      return { verb, action: ticket.major?.review?.actions[0]?.id ?? recordId(random.ulid()) };
    case 'send-report':
    case 'remind-report':
      return {
        verb: 'send-report',
        conditions: random.word(),
        actions: random.word(),
        needs: random.word(),
      };
    case 'set-report-interval':
      return { verb, minutes: random.pick([null, 15, 90]) };
    case 'answer-command':
      return { verb, answer: random.pick(['accept', 'decline'] as const) };
    case 'restrict':
      return { verb, team: maybe(random, cast.teams), people: [], reason: random.word() };
    case 'snooze':
    case 'silence-alerts':
      return { verb, until: Date.now() + (random.below(20) - 1) * HOUR_MS };
  }
}

/** Mostly a step that the ticket's state has, with all that it needs; sometimes any. */
function transition(ticket: Ticket, random: Random): TicketAct {
  const { states, transitions } = lifecycleOf(ticket.process);
  const ways = transitions.filter(({ from, to }) => from === ticket.state && to !== 'cancelled');
  const to = ways.length > 0 && random.chance(85) ? random.pick(ways).to : random.pick(states);
  return {
    verb: 'transition',
    to,
    ...(to === 'on_hold' && { holdReason: random.pick(HOLD_REASONS) }),
    ...(random.chance(95) && { reason: random.word() }),
    ...(to === 'resolved' && { code: 'fixed', notes: random.word() }),
  };
}

function fields(random: Random, cast: Cast): Extract<TicketAct, { verb: 'edit' }>['fields'] {
  return {
    ...(random.chance(50) && { title: `Case ${random.word()}` }),
    ...(random.chance(40) && { impact: random.pick(LEVELS) }),
    ...(random.chance(40) && { urgency: random.pick(LEVELS) }),
    ...(random.chance(30) && { service: maybe(random, cast.services) }),
    ...(random.chance(30) && { tags: [random.pick(['a', 'b', 'c'])] }),
  };
}

function maybe<Item>(random: Random, items: readonly Item[]): Item | null {
  return random.chance(75) ? random.pick(items) : null;
}
