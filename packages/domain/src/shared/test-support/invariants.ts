import type { Lifecycle, Ticket, TicketEvent } from '../index.ts';
import { DEFAULT_MATRIX, INVERSE_LINK, isCalling, priorityOf } from '../index.ts';

/** What is wrong with a ticket by itself, in words; empty when every invariant holds. */
export function flawsOf(ticket: Ticket, lifecycle: Lifecycle): readonly string[] {
  const { state, clock } = ticket;
  const stopped = state === 'on_hold' || state === 'resolved' || lifecycle.terminal.has(state);
  const rules: readonly (readonly [holds: boolean, flaw: string])[] = [
    [lifecycle.states.includes(state), `state ${state}`],
    [ticket.owner === null || !ticket.coOwners.includes(ticket.owner), 'owner owns twice'],
    [new Set(ticket.coOwners).size === ticket.coOwners.length, 'a co-owner twice'],
    [new Set(ticket.watchers).size === ticket.watchers.length, 'a watcher twice'],
    [(ticket.holdReason !== null) === (state === 'on_hold'), 'hold reason'],
    [(ticket.mergedInto !== null) === (state === 'merged'), 'merged into'],
    [(ticket.closedAt !== null) === lifecycle.terminal.has(state), 'closed at'],
    [(ticket.snoozedUntil === null) === (ticket.snoozedBy === null), 'half a snooze'],
    [ticket.snoozedUntil === null || lifecycle.open.has(state), 'snoozed without work'],
    [state !== 'resolved' || (ticket.resolution !== null && ticket.resolvedAt !== null), 'resolution'],
    [
      !lifecycle.open.has(state) || (ticket.resolution === null && ticket.resolvedAt === null),
      'resolution kept',
    ],
    [(clock.length % 2 === 0) === stopped, 'clock against state'],
    [clock.every((mark, at) => at === 0 || mark >= (clock[at - 1] ?? mark)), 'clock goes back'],
    [clock[0] === ticket.createdAt, 'clock starts late'],
    [
      ticket.priorityReason !== null ||
        ticket.priority === priorityOf(DEFAULT_MATRIX, ticket.impact, ticket.urgency),
      'priority beside the matrix',
    ],
    [ticket.title.trim() !== '', 'no title'],
    ...majorRules(ticket),
    ...escalationRules(ticket),
    ...callRules(ticket, lifecycle),
  ];
  return rules.filter(([holds]) => !holds).map(([, flaw]) => `${ticket.id}: ${flaw}`);
}

/** One call a team at most, none beyond the work, and no step taken twice. */
function callRules(
  { calls, state }: Ticket,
  { open }: Lifecycle,
): readonly (readonly [holds: boolean, flaw: string])[] {
  const steps = calls.flatMap(({ id, taken }) => taken.map(({ round, step }) => `${id} ${round} ${step}`));
  return [
    [new Set(calls.map(({ team }) => team)).size === calls.length, 'two calls of a team'],
    [open.has(state) || !calls.some(isCalling), `calls while ${state}`],
    [new Set(steps).size === steps.length, 'a step taken twice'],
    [calls.every((call) => isCalling(call) === (call.endedAt === null)), 'a call over without an end'],
  ];
}

/** Exactly one commander from acceptance on, phases that never go back in time, and a phase that fits the state. */
function majorRules({ major, state }: Ticket): readonly (readonly [holds: boolean, flaw: string])[] {
  if (major === null) return [];
  const commanders = major.roles.filter(({ role }) => role === 'commander').length;
  const phase = major.phases.at(-1)?.phase;
  const over = phase === 'resolved' || phase === 'learning' || phase === 'closed';
  const active = major.state === 'accepted';
  const actions = major.review?.actions ?? [];
  const single = major.roles.filter(({ role }) => role !== 'expert').map(({ role }) => role);
  return [
    [commanders === (active || major.state === 'closed' ? 1 : 0), `${commanders} commanders`],
    [new Set(single).size === single.length, 'a role held twice'],
    [major.phases.every(({ at }, n) => at >= (major.phases[n - 1]?.at ?? 0)), 'phase before the last'],
    [!active || phase !== undefined, 'accepted without a phase'],
    [!active || over === (state === 'resolved'), `phase ${String(phase)} while ${state}`],
    [!active || !['closed', 'cancelled', 'merged'].includes(state), `major and ${state}`],
    [major.state !== 'closed' || state === 'closed', 'closed before its incident'],
    [(phase !== 'learning' && phase !== 'closed') || major.review !== null, 'learning without a review'],
    [new Set(actions.map(({ id }) => id)).size === actions.length, 'an action twice'],
    [major.offer === null || active, 'an offer outside the response'],
    [
      (major.reports?.count ?? 0) > 0 === ((major.reports?.lastAt ?? null) !== null),
      'reports without a time',
    ],
    [(major.endedAt !== null) === ['rejected', 'demoted', 'closed'].includes(major.state), 'ended at'],
  ];
}

/** Who raised a level is known while it is raised, and no threshold speaks twice. */
function escalationRules({ escalation }: Ticket): readonly (readonly [holds: boolean, flaw: string])[] {
  if (escalation === null) return [];
  const passed = escalation.passed.map(({ metric, percent }) => `${metric} ${percent}`);
  return [
    [escalation.level > 0 === (escalation.by !== null), `level ${escalation.level} by nobody`],
    [new Set(passed).size === passed.length, 'a threshold twice'],
  ];
}

/** What is wrong between tickets: circles of merges, links that stand at one end only. */
export function flawsAmong(tickets: readonly Ticket[]): readonly string[] {
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const circles = tickets.filter((start) => {
    let steps = 0;
    let at: Ticket | undefined = start;
    while (at?.mergedInto != null && steps <= tickets.length) {
      at = byId.get(at.mergedInto);
      steps += 1;
    }
    return steps > tickets.length;
  });
  const oneSided = tickets.flatMap(({ id, links }) =>
    links
      .filter(({ kind }) => kind !== 'duplicate')
      .filter(({ kind, target }) => {
        const back = byId.get(target)?.links ?? [];
        return !back.some((link) => link.kind === INVERSE_LINK[kind] && link.target === id);
      })
      .map(({ kind, target }) => `${id}: ${kind} ${target} is one-sided`),
  );
  return [...circles.map(({ id }) => `${id}: merged in a circle`), ...oneSided];
}

/** A change of state that no rule allows; null when it is one of the table, a merge or the reopening race. */
export function illegalStep(
  event: TicketEvent,
  before: Ticket,
  lifecycle: Lifecycle,
  raced: boolean,
): string | null {
  if (event.type === 'merged') return lifecycle.open.has(before.state) ? null : `merged from ${before.state}`;
  if (event.type !== 'transitioned') return null;
  if (event.from !== before.state) return `from ${event.from} while ${before.state}`;
  if (event.from === 'closed' && event.to === 'in_progress' && raced) return null;
  const inTable = lifecycle.transitions.some(({ from, to }) => from === event.from && to === event.to);
  return inTable ? null : `${event.from} → ${event.to}`;
}
