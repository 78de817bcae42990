/** Random tickets and events for property tests, with every value that the types allow. */
import {
  ALERT_CHANGES,
  ALERT_STANCES,
  CALL_CAUSES,
  CALL_STATES,
  CHANNELS,
  ESCALATION_LEVELS,
  HOLD_REASONS,
  LINK_KINDS,
  MAJOR_PHASES,
  MAJOR_ROLES,
  MAJOR_STATES,
  METRICS,
  REVIEW_STATES,
  SEVERITIES,
  TEAM_PARTS,
  THRESHOLD_PERCENTS,
  TICKET_KINDS,
  TICKET_PROCESSES,
} from '@muster/domain/shared';
import type {
  Call,
  CallEvent,
  ChainStep,
  Escalation,
  EscalationEvent,
  Level,
  MajorEvent,
  MajorIncident,
  PersonId,
  Priority,
  RecordId,
  Recorded,
  ReviewEvent,
  ScheduleId,
  ServiceId,
  TeamId,
  Ticket,
  TicketEvent,
} from '@muster/domain/shared';
import fc from 'fast-check';

const ULID = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const of = <Id>(): fc.Arbitrary<Id> => ULID.map((id) => id as Id);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null });
const words = fc.string({ unit: 'grapheme', maxLength: 40 });
const instant = fc.integer({ min: 1_400_000_000_000, max: 2_100_000_000_000 });
const level = fc.constantFrom<Level>(1, 2, 3);
const priority = fc.constantFrom<Priority>(1, 2, 3, 4, 5);

const severity = fc.constantFrom(...SEVERITIES);
const phase = fc.constantFrom(...MAJOR_PHASES);
const role = fc.constantFrom(...MAJOR_ROLES);
const someone = of<PersonId>();

const reviewState = fc.constantFrom(...REVIEW_STATES);
const anyAction = fc.record({ id: of<RecordId>(), text: words, owner: someone, dueAt: instant });

const anyMajor: fc.Arbitrary<MajorIncident> = fc.record({
  state: fc.constantFrom(...MAJOR_STATES),
  severity,
  since: instant,
  proposedBy: someone,
  rule: maybe(words),
  reason: maybe(words),
  acceptedAt: maybe(instant),
  endedAt: maybe(instant),
  phases: fc.array(fc.record({ phase, at: instant }), { maxLength: 3 }),
  roles: fc.array(fc.record({ role, person: someone, since: instant }), { maxLength: 3 }),
  offer: maybe(fc.record({ to: someone, by: someone, at: instant })),
  review: maybe(
    fc.record({
      state: reviewState,
      since: instant,
      reason: maybe(words),
      actions: fc.array(anyAction, { maxLength: 2 }),
    }),
  ),
  reports: maybe(fc.record({ count: fc.nat(99), lastAt: maybe(instant), minutes: maybe(fc.nat(1_440)) })),
});

const escalationLevel = fc.constantFrom(...ESCALATION_LEVELS);
const threshold = fc.record({
  metric: fc.constantFrom(...METRICS),
  percent: fc.constantFrom(...THRESHOLD_PERCENTS),
});

const anyEscalation: fc.Arbitrary<Escalation> = fc.record({
  level: escalationLevel,
  by: maybe(someone),
  at: maybe(instant),
  reason: maybe(words),
  contact: maybe(someone),
  passed: fc.array(threshold, { maxLength: 4 }),
});

const anyStep: fc.Arbitrary<ChainStep> = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.nat(1_440) }),
  fc.record({ kind: fc.constant('person' as const), person: someone }),
  fc.record({ kind: fc.constant('schedule' as const), schedule: of<ScheduleId>(), name: words }),
  fc.record({
    kind: fc.constant('team' as const),
    team: of<TeamId>(),
    part: fc.constantFrom(...TEAM_PARTS),
  }),
);
const cause = fc.constantFrom(...CALL_CAUSES);
const steps = fc.array(anyStep, { maxLength: 5 });
const called = fc.array(someone, { maxLength: 3 });

const anyCall: fc.Arbitrary<Call> = fc.record({
  id: fc.nat(999),
  state: fc.constantFrom(...CALL_STATES),
  team: maybe(of<TeamId>()),
  name: words,
  cause,
  by: someone,
  at: instant,
  steps,
  repeats: fc.nat(5),
  taken: fc.array(fc.record({ round: fc.nat(5), step: fc.nat(29), at: instant, people: called }), {
    maxLength: 3,
  }),
  endedBy: maybe(someone),
  endedAt: maybe(instant),
});

export const anyTicket: fc.Arbitrary<Ticket> = fc.record({
  id: of<RecordId>(),
  process: fc.constantFrom(...TICKET_PROCESSES),
  number: maybe(fc.stringMatching(/^(REQ|INC)-20[0-9]{2}-[0-9]{5}$/)),
  version: fc.nat(),
  kind: fc.constantFrom(...TICKET_KINDS),
  title: words,
  state: fc.constantFrom('new', 'assigned', 'in-progress', 'on-hold', 'resolved', 'closed'),
  holdReason: maybe(fc.constantFrom(...HOLD_REASONS)),
  impact: level,
  urgency: level,
  priority,
  matrixVersion: fc.nat(),
  priorityReason: maybe(words),
  requester: of<PersonId>(),
  team: maybe(of<TeamId>()),
  owner: maybe(of<PersonId>()),
  coOwners: fc.array(of<PersonId>(), { maxLength: 3 }),
  service: maybe(of<ServiceId>()),
  category: maybe(words),
  channel: fc.constantFrom(...CHANNELS),
  tags: fc.array(words, { maxLength: 3 }),
  links: fc.array(fc.record({ kind: fc.constantFrom(...LINK_KINDS), target: of<RecordId>() }), {
    maxLength: 3,
  }),
  watchers: fc.array(of<PersonId>(), { maxLength: 3 }),
  mergedInto: maybe(of<RecordId>()),
  snoozedUntil: maybe(instant),
  snoozedBy: maybe(of<PersonId>()),
  resolution: maybe(fc.record({ code: words, notes: words })),
  createdAt: instant,
  updatedAt: instant,
  resolvedAt: maybe(instant),
  closedAt: maybe(instant),
  firstResponseAt: maybe(instant),
  lastReplyAt: maybe(instant),
  lastReplyBy: maybe(fc.constantFrom('requester', 'staff')),
  reopenCount: fc.nat({ max: 20 }),
  clock: fc.array(instant, { maxLength: 6 }),
  restrictedTo: maybe(of<TeamId>()),
  readers: fc.array(of<PersonId>(), { maxLength: 3 }),
  major: maybe(anyMajor),
  escalation: maybe(anyEscalation),
  calls: fc.array(anyCall, { maxLength: 2 }),
  items: fc.array(of<RecordId>(), { maxLength: 3 }),
});

const fields = fc.record(
  {
    title: words,
    kind: fc.constantFrom(...TICKET_KINDS),
    impact: level,
    urgency: level,
    service: maybe(of<ServiceId>()),
    category: maybe(words),
    tags: fc.array(words, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

const place = fc.record({ team: maybe(of<TeamId>()), owner: maybe(of<PersonId>()) });
const person = of<PersonId>();
const type = <const Type extends string>(name: Type): fc.Arbitrary<Type> => fc.constant(name);

const anyMajorEvent: fc.Arbitrary<MajorEvent> = fc.oneof(
  fc.record({ type: type('major-proposed'), severity, reason: maybe(words), rule: maybe(words) }),
  fc.record({ type: type('major-accepted'), severity, commander: person }),
  fc.record({ type: fc.constantFrom('major-rejected', 'major-demoted'), reason: words }),
  fc.record({ type: type('major-closed') }),
  fc.record({ type: type('severity-set'), severity, before: severity }),
  fc.record({ type: type('phase-moved'), phase, before: phase, reason: maybe(words) }),
  fc.record({ type: type('role-assigned'), role, person, before: maybe(person) }),
  fc.record({ type: type('role-renounced'), role, person }),
  fc.record({ type: fc.constantFrom('command-offered', 'command-declined'), to: person }),
  fc.record({ type: type('command-passed'), to: person, before: person }),
  fc.record({ type: type('report-sent'), conditions: words, actions: words, needs: words }),
  fc.record({
    type: type('report-interval-set'),
    minutes: maybe(fc.nat(1_440)),
    before: maybe(fc.nat(1_440)),
  }),
);

const anyEscalationEvent: fc.Arbitrary<EscalationEvent> = fc.oneof(
  fc.record({
    type: type('escalated-to-team'),
    team: of<TeamId>(),
    before: place,
    contact: maybe(person),
    reason: words,
  }),
  fc.record({
    type: type('escalated-upward'),
    level: escalationLevel,
    before: escalationLevel,
    reason: maybe(words),
  }),
  fc.record({ type: type('escalation-ended'), before: escalationLevel, reason: words }),
  threshold.map((passed) => ({ type: 'threshold-passed' as const, ...passed })),
);

const ofTeam = maybe(of<TeamId>());

const anyCallEvent: fc.Arbitrary<CallEvent> = fc.oneof(
  fc.record({ type: type('call-begun'), team: ofTeam, name: words, cause, steps, repeats: fc.nat(5) }),
  fc.record({
    type: type('call-step-taken'),
    team: ofTeam,
    round: fc.nat(5),
    step: fc.nat(29),
    means: anyStep,
    people: called,
  }),
  fc.record({ type: type('call-acknowledged'), team: ofTeam, late: fc.boolean() }),
  fc.record({ type: type('call-stopped'), team: ofTeam, reason: words }),
  fc.record({ type: type('call-used-up'), team: ofTeam }),
);

const anyReviewEvent: fc.Arbitrary<ReviewEvent> = fc.oneof(
  fc.record({ type: type('review-begun') }),
  fc.record({ type: type('review-waived'), reason: words }),
  fc.record({ type: type('review-moved'), from: reviewState, to: reviewState, reason: maybe(words) }),
  fc.record({
    type: type('review-action-added'),
    action: of<RecordId>(),
    text: words,
    owner: person,
    dueAt: instant,
  }),
  fc.record({ type: type('review-action-dropped'), action: of<RecordId>(), text: words }),
);

export const anyEvent: fc.Arbitrary<TicketEvent> = fc.oneof(
  anyMajorEvent,
  anyEscalationEvent,
  anyCallEvent,
  anyReviewEvent,
  anyTicket.chain((ticket) =>
    fc.record({
      type: type('created'),
      process: fc.constant(ticket.process),
      number: fc.constant(ticket.number),
      ticket: fc.constant(seedOf(ticket)),
      description: words,
    }),
  ),
  fc.record({ type: type('claimed'), owner: person, before: maybe(person) }),
  fc.record({ type: type('co-owned'), person }),
  fc.record({ type: type('handover-requested'), owner: person, note: words }),
  fc.record({
    type: type('assigned'),
    team: maybe(of<TeamId>()),
    owner: maybe(person),
    before: place,
    reason: maybe(words),
  }),
  fc.record({
    type: type('transitioned'),
    from: words,
    to: words,
    holdReason: maybe(fc.constantFrom(...HOLD_REASONS)),
    reason: maybe(words),
    resolution: maybe(fc.record({ code: words, notes: words })),
  }),
  fc.record({
    type: type('edited'),
    fields,
    before: fc.tuple(fields, fc.record({ priority }, { requiredKeys: [] })).map(([held, moved]) => ({
      ...held,
      ...moved,
    })),
    priority: maybe(priority),
    matrixVersion: maybe(fc.nat()),
  }),
  fc.record({ type: type('priority-overridden'), priority, before: priority, reason: maybe(words) }),
  fc.record({ type: type('linked'), kind: fc.constantFrom(...LINK_KINDS), target: of<RecordId>() }),
  fc.record({ type: type('unlinked'), kind: fc.constantFrom(...LINK_KINDS), target: of<RecordId>() }),
  fc.record({
    type: type('items-named'),
    added: fc.array(of<RecordId>(), { maxLength: 3 }),
    removed: fc.array(of<RecordId>(), { maxLength: 3 }),
  }),
  fc.record({ type: type('merged'), into: of<RecordId>() }),
  fc.record({ type: type('absorbed'), from: of<RecordId>(), requester: person }),
  fc.record({ type: type('commented'), text: words, draft: maybe(words) }),
  fc.record({
    type: type('replied'),
    text: words,
    draft: maybe(words),
    side: fc.constantFrom('requester', 'staff'),
  }),
  fc.record({ type: type('watched'), person }),
  fc.record({ type: type('unwatched'), person }),
  fc.record({
    type: type('restricted'),
    team: maybe(of<TeamId>()),
    people: fc.array(person, { maxLength: 3 }),
    before: fc.record({ team: maybe(of<TeamId>()), people: fc.array(person, { maxLength: 2 }) }),
    reason: maybe(words),
    left: fc.array(person, { maxLength: 2 }),
  }),
  fc.record({ type: type('snoozed'), until: instant }),
  fc.record({ type: type('unsnoozed') }),
  fc.record({
    type: type('alerts-noted'),
    change: fc.constantFrom(...ALERT_CHANGES),
    source: words,
    firing: fc.nat(),
    total: fc.nat(),
    untold: fc.nat(),
    named: fc.array(words, { maxLength: 5 }),
    stance: maybe(fc.constantFrom(...ALERT_STANCES)),
  }),
  fc.record({ type: type('alerts-acknowledged') }),
  fc.record({ type: type('alerts-silenced'), until: instant }),
  fc.record({
    type: type('imported'),
    source: words,
    externalId: words,
    set: anyTicket.chain((ticket) =>
      fc.constant({ id: ticket.id, state: ticket.state, clock: ticket.clock }),
    ),
  }),
);

export const anyRecorded: fc.Arbitrary<Recorded<TicketEvent>> = fc.record({
  seq: fc.nat(),
  version: fc.nat(),
  event: anyEvent,
  actor: person,
  at: instant,
  clientAt: instant,
});

function seedOf(ticket: Ticket): Extract<TicketEvent, { type: 'created' }>['ticket'] {
  const { kind, title, impact, urgency, priority: rank, matrixVersion, requester } = ticket;
  const { team, service, category, channel, tags, restrictedTo, readers } = ticket;
  return {
    kind,
    title,
    impact,
    urgency,
    priority: rank,
    matrixVersion,
    requester,
    team,
    service,
    category,
    channel,
    tags,
    restrictedTo,
    ...(readers.length > 0 && { readers }),
  };
}
