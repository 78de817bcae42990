import fc from 'fast-check';
import type {
  CallAct,
  EscalationAct,
  MajorAct,
  Priority,
  ReviewAct,
  Severity,
  TicketAct,
  TicketFields,
  TicketProcess,
} from '../index.ts';
import {
  HOLD_REASONS,
  LINK_KINDS,
  MAJOR_PHASES,
  MAJOR_ROLES,
  METRICS,
  THRESHOLD_PERCENTS,
  REVIEW_STATES,
  personId,
  recordId,
  serviceId,
  teamId,
} from '../index.ts';
import { HOUR, MONDAY_9, creating } from './records.ts';

/** One command of a random play: who does what to which record, how much of the past they had not seen. */
export interface Move {
  readonly who: string;
  readonly record: string;
  readonly process: TicketProcess;
  readonly act: TicketAct;
  /** Versions that the author's basis lies behind. */
  readonly behind: number;
  /** Time that the command waited on its author's device, in ms. */
  readonly waited: number;
}

const RECORDS: readonly (readonly [name: string, process: TicketProcess])[] = [
  ['d1', 'desk'],
  ['d2', 'desk'],
  ['d3', 'desk'],
  ['i1', 'incident'],
  ['i2', 'incident'],
  ['i3', 'incident'],
  ['i3', 'incident'],
  ['i4', 'incident'],
  ['i5', 'incident'],
];

const person = fc.constantFrom('rita', 'ruben', 'ana', 'bo', 'cem', 'lea', 'gone', 'nobody').map(personId);
const team = fc.constantFrom('network', 'payroll', 'moon').map(teamId);
const record = fc.constantFrom('d1', 'd2', 'd3', 'i1', 'i2', 'nowhere').map(recordId);
const words = fc.constantFrom('', ' ', 'hello', 'again', 'x'.repeat(300));
const until = fc.oneof(fc.integer({ min: MONDAY_9, max: MONDAY_9 + 99 * HOUR }), fc.constant(Number.NaN));
const level = fc.constantFrom(1, 2, 3, 4 as 3);

const fields: fc.Arbitrary<Partial<TicketFields>> = fc.record(
  {
    title: words,
    kind: fc.constantFrom('request', 'question', 'incident'),
    impact: level,
    urgency: level,
    service: fc.constantFrom(null, serviceId('vpn'), serviceId('moon')),
    category: fc.constantFrom(null, 'network', 'gardening'),
    tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', '')),
  },
  { requiredKeys: [] },
);

const STATES = [
  'triaged',
  'awaiting_approval',
  'approved',
  'rejected',
  'assigned',
  'in_progress',
  'in_progress',
  'on_hold',
  'resolved',
  'resolved',
  'closed',
  'closed',
  'cancelled',
  'merged',
  'new',
  'nonsense',
] as const;

/** Mostly complete, so that most steps get as far as the rules; sometimes with a gap. */
const transition: fc.Arbitrary<TicketAct> = fc.record(
  {
    verb: fc.constant('transition' as const),
    to: fc.constantFrom(...STATES),
    holdReason: fc.constantFrom(...HOLD_REASONS),
    reason: fc.constantFrom('because', 'because', 'because', ''),
    code: fc.constantFrom('fixed', 'fixed', 'fixed', ''),
    notes: fc.constant('done'),
  },
  { requiredKeys: ['verb', 'to', 'holdReason', 'reason', 'code', 'notes'] },
);

const severity = fc.constantFrom<Severity>(1, 2, 4, 5, 9 as 5);
const reason = fc.constantFrom('because', 'because', '');
const role = fc.constantFrom(...MAJOR_ROLES);
const responder = fc.constantFrom('ana', 'bo', 'lea', 'rita').map(personId);

const action = fc
  .constantFrom('01KT0000000000000000000001', '01KT0000000000000000000002', 'odd')
  .map(recordId);

const review: fc.Arbitrary<ReviewAct> = fc.oneof(
  fc.constant<ReviewAct>({ verb: 'begin-review' }),
  fc.record({ verb: fc.constant('waive-review' as const), reason }),
  {
    weight: 3,
    arbitrary: fc.record({
      verb: fc.constant('move-review' as const),
      to: fc.constantFrom(...REVIEW_STATES),
      reason,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('add-review-action' as const),
      action,
      text: fc.constantFrom('Renew in time', ''),
      owner: responder,
      dueAt: until,
    }),
  },
  fc.record({ verb: fc.constant('drop-review-action' as const), action }),
);

const major: fc.Arbitrary<MajorAct> = fc.oneof(
  { weight: 6, arbitrary: review },
  fc.record({ verb: fc.constant('propose-major' as const), severity, reason }),
  fc.record(
    { verb: fc.constant('accept-major' as const), severity, commander: responder },
    { requiredKeys: ['verb'] },
  ),
  fc.record({ verb: fc.constantFrom('reject-major' as const, 'demote-major' as const), reason }),
  { weight: 2, arbitrary: fc.constant<MajorAct>({ verb: 'close-major' }) },
  { weight: 5, arbitrary: fc.record({ verb: fc.constant('set-severity' as const), severity }) },
  {
    weight: 4,
    arbitrary: fc.record({
      verb: fc.constant('move-phase' as const),
      to: fc.constantFrom('investigating', 'identified', 'learning', ...MAJOR_PHASES),
    }),
  },
  fc.record({ verb: fc.constant('assign-role' as const), role, person: responder }),
  fc.record({ verb: fc.constant('renounce-role' as const), role, person: responder }),
  { weight: 3, arbitrary: fc.record({ verb: fc.constant('offer-command' as const), to: responder }) },
  fc.record({ verb: fc.constant('send-report' as const), conditions: words, actions: words, needs: words }),
  fc.record({
    verb: fc.constant('set-report-interval' as const),
    minutes: fc.constantFrom(null, 15, 90, 0, 0.5),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      verb: fc.constant('answer-command' as const),
      answer: fc.constantFrom('accept' as const, 'accept' as const, 'decline' as const),
    }),
  },
);

const escalation: fc.Arbitrary<EscalationAct> = fc.oneof(
  fc.record({ verb: fc.constant('escalate-to-team' as const), team, reason }),
  fc.record({ verb: fc.constantFrom('escalate-upward' as const, 'end-escalation' as const), reason }),
  fc.record({
    verb: fc.constant('pass-threshold' as const),
    metric: fc.constantFrom(...METRICS),
    percent: fc.constantFrom(...THRESHOLD_PERCENTS),
  }),
);

const whose = fc.constantFrom(null, teamId('network'), teamId('payroll'));
const calling: fc.Arbitrary<CallAct> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ verb: fc.constant('begin-call' as const), team: whose }) },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('take-call-step' as const),
      call: fc.nat(9),
      round: fc.nat(1),
      step: fc.nat(3),
    }),
  },
  fc.record({ verb: fc.constant('acknowledge-call' as const), team: whose }),
  fc.record({ verb: fc.constant('stop-call' as const), team: whose, reason }),
);

const restrict: fc.Arbitrary<TicketAct> = fc.record({
  verb: fc.constant('restrict' as const),
  team: fc.constantFrom(null, null, teamId('network'), teamId('network'), teamId('payroll')),
  people: fc.uniqueArray(fc.constantFrom('ana', 'bo', 'cem', 'lea', 'rita').map(personId), { maxLength: 3 }),
  reason,
});

const act: fc.Arbitrary<TicketAct> = fc.oneof(
  { weight: 15, arbitrary: transition },
  { weight: 20, arbitrary: major },
  { weight: 4, arbitrary: escalation },
  { weight: 4, arbitrary: calling },
  { weight: 3, arbitrary: fc.constant<TicketAct>({ verb: 'claim' }) },
  { weight: 1, arbitrary: fc.constant<TicketAct>({ verb: 'co-own' }) },
  { weight: 1, arbitrary: words.map((note): TicketAct => ({ verb: 'request-handover', note })) },
  {
    weight: 3,
    arbitrary: fc.record({
      verb: fc.constant('assign' as const),
      team: fc.option(team),
      owner: fc.option(person),
    }),
  },
  { weight: 4, arbitrary: fields.map((some): TicketAct => ({ verb: 'edit', fields: some })) },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('override-priority' as const),
      priority: fc.constantFrom<Priority | null>(null, 1, 3, 5, 9 as 5),
      reason: words,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      verb: fc.constantFrom('link' as const, 'unlink' as const),
      kind: fc.constantFrom(...LINK_KINDS),
      target: record,
    }),
  },
  { weight: 9, arbitrary: record.map((into): TicketAct => ({ verb: 'merge', into })) },
  {
    weight: 5,
    arbitrary: fc.record({
      verb: fc.constantFrom('reply' as const, 'reply' as const, 'comment' as const),
      text: words,
      draft: fc.constantFrom('d1', 'd2'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      { verb: fc.constantFrom('watch' as const, 'unwatch' as const), person },
      { requiredKeys: ['verb'] },
    ),
  },
  { weight: 2, arbitrary: restrict },
  { weight: 1, arbitrary: until.map((at): TicketAct => ({ verb: 'snooze', until: at })) },
  { weight: 1, arbitrary: fc.constant<TicketAct>({ verb: 'unsnooze' }) },
  { weight: 1, arbitrary: fc.constant<TicketAct>({ verb: 'acknowledge-alerts' }) },
  { weight: 1, arbitrary: until.map((at): TicketAct => ({ verb: 'silence-alerts', until: at })) },
  { weight: 1, arbitrary: fc.constant<TicketAct>({ verb: 'end-silence' }) },
  { weight: 1, arbitrary: severity.map((worst) => creating('incident', { major: { severity: worst } })) },
  { weight: 1, arbitrary: fields.map((some) => creating('desk', { ...some, tags: some.tags ?? [] })) },
);

export const move: fc.Arbitrary<Move> = fc
  .record({
    who: fc.constantFrom('rita', 'ruben', 'ana', 'ana', 'bo', 'bo', 'cem', 'lea', 'lea', 'lea', 'system'),
    place: fc.constantFrom(...RECORDS),
    act,
    behind: fc.constantFrom(0, 0, 1, 2, 3, 9),
    waited: fc.constantFrom(0, 0, HOUR, 30 * HOUR, -HOUR),
  })
  .map(({ place: [name, process], ...rest }) => ({ ...rest, record: name, process }));

export const play = fc.array(move, { minLength: 1, maxLength: 60, size: 'max' });
