import { personId } from '../ids.ts';
import type { PersonId, RecordId } from '../ids.ts';
import type { Recorded } from '../decider.ts';
import type { Instant } from '../instant.ts';
import { DEFAULT_MATRIX } from '../priority.ts';
import type { TicketProcess } from '../process.ts';
import type { TicketEvent } from './events.ts';
import { TERMINAL_STATES } from './lifecycle.ts';
import { effectiveAt, markClock, runsIn } from './clock-marks.ts';
import { endCalls, evolveCalls } from './evolve-call.ts';
import { evolveEscalation } from './evolve-escalation.ts';
import { evolveMajor } from './evolve-major.ts';
import { itemsAfter } from './items.ts';
import type { Ticket } from './ticket.ts';

/**
 * Folds one event into a ticket. Total: any event in any order gives a ticket, an unknown event only counts.
 * No rule is checked here; what was decided has happened. `version` is the event's own.
 */
export function evolveTicket(
  process: TicketProcess,
  state: Ticket | null,
  recorded: Recorded<TicketEvent>,
  target: RecordId,
): Ticket {
  const before = state ?? blankTicket(process, target, recorded.at);
  const after = applyEvent(before, recorded);
  return { ...after, id: target, version: recorded.version, updatedAt: recorded.at };
}

function applyEvent(ticket: Ticket, recorded: Recorded<TicketEvent>): Ticket {
  const { event, at } = recorded;
  switch (event.type) {
    case 'created':
      return {
        ...ticket,
        ...event.ticket,
        process: event.process,
        number: event.number,
        createdAt: at,
        clock: [at],
      };
    case 'claimed':
      return owned(ticket, event.owner);
    case 'co-owned':
      return { ...ticket, coOwners: added(ticket.coOwners, event.person) };
    case 'assigned':
      return owned({ ...ticket, team: event.team }, event.owner);
    case 'transitioned':
      return {
        ...moved(ticket, event.to, recorded),
        holdReason: event.to === 'on_hold' ? event.holdReason : null,
        resolution: resolutionAfter(ticket, event),
      };
    case 'edited':
      return {
        ...ticket,
        ...event.fields,
        priority: event.priority ?? ticket.priority,
        matrixVersion: event.matrixVersion ?? ticket.matrixVersion,
      };
    case 'priority-overridden':
      return { ...ticket, priority: event.priority, priorityReason: event.reason };
    case 'linked':
      return { ...ticket, links: linksWith(ticket, event.kind, event.target) };
    case 'unlinked':
      return { ...ticket, links: linksWithout(ticket, event.kind, event.target) };
    case 'items-named':
      return { ...ticket, items: itemsAfter(ticket.items, event) };
    case 'merged':
      return { ...moved(ticket, 'merged', recorded), holdReason: null, mergedInto: event.into };
    case 'absorbed':
      return { ...ticket, links: linksWith(ticket, 'duplicate', event.from) };
    case 'replied':
      return {
        ...ticket,
        lastReplyAt: at,
        lastReplyBy: event.side,
        firstResponseAt:
          ticket.firstResponseAt ?? (event.side === 'staff' ? effectiveAt(recorded, ticket.createdAt) : null),
      };
    case 'watched':
      return { ...ticket, watchers: added(ticket.watchers, event.person) };
    case 'unwatched':
      return { ...ticket, watchers: ticket.watchers.filter((person) => person !== event.person) };
    case 'restricted': {
      const stays = (person: PersonId): boolean => !event.left.includes(person);
      return {
        ...ticket,
        restrictedTo: event.team,
        readers: event.people,
        coOwners: ticket.coOwners.filter(stays),
        watchers: ticket.watchers.filter(stays),
      };
    }
    case 'snoozed':
      return { ...ticket, snoozedUntil: event.until, snoozedBy: recorded.actor };
    case 'unsnoozed':
      return awake(ticket);
    case 'imported':
      return imported(ticket, event.set, recorded);
    case 'major-proposed':
    case 'major-accepted':
    case 'major-rejected':
    case 'major-demoted':
    case 'major-closed':
    case 'severity-set':
    case 'phase-moved':
    case 'role-assigned':
    case 'role-renounced':
    case 'command-offered':
    case 'command-declined':
    case 'command-passed':
    case 'review-begun':
    case 'review-waived':
    case 'review-moved':
    case 'review-action-added':
    case 'review-action-dropped':
    case 'report-sent':
    case 'report-interval-set':
      return { ...ticket, major: evolveMajor(ticket.major, { ...recorded, event }) };
    case 'escalated-to-team':
      return {
        ...owned({ ...ticket, team: event.team }, null),
        escalation: evolveEscalation(ticket.escalation, { ...recorded, event }),
      };
    case 'escalated-upward':
    case 'escalation-ended':
    case 'threshold-passed':
      return { ...ticket, escalation: evolveEscalation(ticket.escalation, { ...recorded, event }) };
    case 'call-begun':
    case 'call-step-taken':
    case 'call-acknowledged':
    case 'call-stopped':
    case 'call-used-up':
      return { ...ticket, calls: evolveCalls(ticket.calls, { ...recorded, event }) };
    case 'commented':
    case 'handover-requested':
    case 'alerts-noted':
    case 'alerts-acknowledged':
    case 'alerts-silenced':
      return ticket;
    default:
      return later(ticket, event);
  }
}

/** An event of a later version of Muster: kept in the history, without effect on the row. */
function later(ticket: Ticket, event: never): Ticket {
  void event;
  return ticket;
}

/** The marks that a state leaves on a ticket: clock, ends, reopening. */
function moved(ticket: Ticket, to: string, recorded: Recorded<TicketEvent>): Ticket {
  const ended = TERMINAL_STATES.has(to);
  const wasDone = ticket.state === 'resolved' || TERMINAL_STATES.has(ticket.state);
  const reopens = wasDone && to === 'in_progress';
  const done = to === 'resolved' || ended;
  return {
    ...(done ? awake(ticket) : ticket),
    state: to,
    resolvedAt: to === 'resolved' ? recorded.at : done ? ticket.resolvedAt : null,
    closedAt: ended ? recorded.at : null,
    reopenCount: ticket.reopenCount + (reopens ? 1 : 0),
    calls: done ? endCalls(ticket.calls, recorded.at) : ticket.calls,
    clock: markClock(ticket.clock, runsIn(to), effectiveAt(recorded, ticket.createdAt)),
  };
}

function resolutionAfter(
  ticket: Ticket,
  event: Extract<TicketEvent, { type: 'transitioned' }>,
): Ticket['resolution'] {
  if (event.to === 'resolved') return event.resolution;
  return TERMINAL_STATES.has(event.to) ? ticket.resolution : null;
}

/** What a source says stands as it is; what it leaves unsaid follows from the state it names. */
function imported(ticket: Ticket, set: Partial<Ticket>, recorded: Recorded<TicketEvent>): Ticket {
  const to = set.state;
  const base = to !== undefined && to !== ticket.state ? moved(ticket, to, recorded) : ticket;
  return { ...base, ...set };
}

function owned(ticket: Ticket, owner: Ticket['owner']): Ticket {
  return { ...ticket, owner, coOwners: ticket.coOwners.filter((person) => person !== owner) };
}

function awake(ticket: Ticket): Ticket {
  return { ...ticket, snoozedUntil: null, snoozedBy: null };
}

function added<Item>(list: readonly Item[], item: Item): readonly Item[] {
  return list.includes(item) ? list : [...list, item];
}

function linksWithout(ticket: Ticket, kind: string, target: RecordId): Ticket['links'] {
  return ticket.links.filter((link) => link.kind !== kind || link.target !== target);
}

function linksWith(ticket: Ticket, kind: Ticket['links'][number]['kind'], target: RecordId): Ticket['links'] {
  return [...linksWithout(ticket, kind, target), { kind, target }];
}

function blankTicket(process: TicketProcess, id: RecordId, at: Instant): Ticket {
  return {
    id,
    process,
    number: null,
    version: 0,
    kind: process === 'incident' ? 'incident' : 'request',
    title: '',
    state: 'new',
    holdReason: null,
    impact: 3,
    urgency: 3,
    priority: 5,
    matrixVersion: DEFAULT_MATRIX.version,
    priorityReason: null,
    requester: personId(''),
    team: null,
    owner: null,
    coOwners: [],
    service: null,
    items: [],
    category: null,
    channel: 'desk',
    tags: [],
    links: [],
    watchers: [],
    mergedInto: null,
    snoozedUntil: null,
    snoozedBy: null,
    resolution: null,
    createdAt: at,
    updatedAt: at,
    resolvedAt: null,
    closedAt: null,
    firstResponseAt: null,
    lastReplyAt: null,
    lastReplyBy: null,
    reopenCount: 0,
    clock: [at],
    restrictedTo: null,
    readers: [],
    major: null,
    escalation: null,
    calls: [],
  };
}
