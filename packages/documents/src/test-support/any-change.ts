/** Random changes for property tests, with every value that the types allow. */
import {
  APPROVAL_STAGES,
  CHANGE_RESULTS,
  CHANGE_STATES,
  PLANS,
  RISK_LEVELS,
  TASK_KINDS,
  TASK_STATES,
  VALUE_FATES,
} from '@muster/domain/change';
import type {
  Approval,
  ApprovalRule,
  Change,
  ChangeTask,
  Grade,
  ItemId,
  PlanDigests,
  PlannedValue,
  Requirement,
  Risk,
  RiskFinding,
} from '@muster/domain/change';
import { REVIEW_STATES } from '@muster/domain/shared';
import type { PersonId, RecordId, TeamId } from '@muster/domain/shared';
import fc from 'fast-check';

const ULID = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const of = <Id>(): fc.Arbitrary<Id> => ULID.map((id) => id as Id);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null });
const words = fc.string({ unit: 'grapheme', maxLength: 40 });
const instant = fc.integer({ min: 1_400_000_000_000, max: 2_100_000_000_000 });
const count = fc.nat({ max: 1_000 });
const grade = fc.constantFrom<Grade>(1, 2, 3, 4, 5);
const person = of<PersonId>();
const few = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> => fc.array(value, { maxLength: 3 });

const finding: fc.Arbitrary<RiskFinding> = fc.oneof(
  fc.record({ engine: fc.constant('conditions'), level: fc.constantFrom(...RISK_LEVELS), condition: words }),
  fc.record({
    engine: fc.constant('matrix'),
    level: fc.constantFrom(...RISK_LEVELS),
    likelihood: grade,
    impact: grade,
  }),
) as fc.Arbitrary<RiskFinding>;

const risk: fc.Arbitrary<Risk> = fc.record({
  level: fc.constantFrom(...RISK_LEVELS),
  by: fc.constantFrom('conditions', 'questionnaire', 'matrix', 'history'),
  findings: few(finding),
  settingsVersion: count,
});

const requirement: fc.Arbitrary<Requirement> = fc.record({
  policy: ULID,
  policyVersion: count,
  name: words,
  stage: fc.constantFrom(...APPROVAL_STAGES),
  rule: fc.constantFrom<ApprovalRule>({ kind: 'all' }, { kind: 'quorum', votes: 2 }),
  voters: few(fc.record({ person, weight: count })),
  delegates: maybe(few(person)),
  ownMayVote: fc.boolean(),
});

const approval: fc.Arbitrary<Approval> = fc.record({
  person,
  instead: maybe(person),
  revision: count,
  state: fc.constantFrom('requested', 'approved', 'rejected', 'abstained', 'delegated', 'expired', 'void'),
  askedAt: instant,
  dueAt: maybe(instant),
  decidedAt: maybe(instant),
  content: maybe(words),
  note: maybe(words),
});

const task: fc.Arbitrary<ChangeTask> = fc.record({
  id: ULID,
  title: words,
  kind: fc.constantFrom(...TASK_KINDS),
  owner: maybe(person),
  team: maybe(of<TeamId>()),
  after: few(ULID),
  plannedMinutes: maybe(count),
  backout: words,
  state: fc.constantFrom(...TASK_STATES),
  startedAt: maybe(instant),
  endedAt: maybe(instant),
  actualMinutes: maybe(count),
  reason: maybe(words),
});

const plans = fc.dictionary(fc.constantFrom(...PLANS), words) as fc.Arbitrary<PlanDigests>;

const plannedValue: fc.Arbitrary<PlannedValue> = fc.oneof(
  fc.record({
    kind: fc.constant('field' as const),
    ...{ item: of<ItemId>(), field: fc.constantFrom('name', 'attribute:vendor') },
    ...{ was: maybe(words), to: fc.oneof(words, count, fc.boolean()) },
  }),
  fc.record({
    ...{ kind: fc.constant('unrelate' as const), relation: of<RecordId>() },
    ...{ type: fc.constant('runs_on'), from: of<ItemId>(), to: of<ItemId>() },
  }),
);

export const anyChange: fc.Arbitrary<Change> = fc.record({
  id: of<RecordId>(),
  number: maybe(fc.constant('CHG-2026-00042')),
  version: count,
  model: fc.constantFrom('normal', 'standard', 'night'),
  template: maybe(fc.record({ id: of<RecordId>(), version: count })),
  state: fc.constantFrom(...CHANGE_STATES),
  held: maybe(fc.record({ by: person, at: instant, reason: words })),
  title: words,
  items: few(of<ItemId>()),
  begins: maybe(instant),
  ends: maybe(instant),
  outage: fc.boolean(),
  madeBy: person,
  madeAt: instant,
  updatedAt: instant,
  team: maybe(of<TeamId>()),
  owner: maybe(person),
  plans: plans.map((each) => ({ ...each })),
  riskInput: maybe(
    fc.record({
      answers: fc.dictionary(fc.constantFrom('tested', 'reach'), words).map((each) => ({ ...each })),
      likelihood: grade,
      impact: grade,
    }),
  ),
  risk: maybe(risk),
  revision: count,
  requirements: few(requirement),
  approvals: few(approval),
  waived: few(fc.record({ key: words, by: person, at: instant, reason: words })),
  tasks: few(task),
  result: maybe(fc.constantFrom(...CHANGE_RESULTS)),
  caused: few(fc.record({ incident: maybe(of<RecordId>()), priority: count })),
  review: maybe(
    fc.record({ state: fc.constantFrom(...REVIEW_STATES), since: instant, reason: maybe(words) }),
  ),
  startedAt: maybe(instant),
  endedAt: maybe(instant),
  closedAt: maybe(instant),
  announcements: few(of<RecordId>()),
  values: few(plannedValue),
  valueOutcomes: few(
    fc.record({
      key: words,
      fate: fc.constantFrom(...VALUE_FATES),
      why: maybe(fc.record({ code: fc.constant('planned/retired') })),
    }),
  ),
});
