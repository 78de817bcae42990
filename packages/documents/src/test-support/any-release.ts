/** Random releases for property tests, with every value that the types allow. */
import {
  GO_ANSWERS,
  PACES,
  PHASE_STATES,
  RELEASE_KINDS,
  RELEASE_STATES,
  STAGES,
} from '@muster/domain/release';
import type { Gate, GateRule, Mark, Phase, Release, RollCall, Step } from '@muster/domain/release';
import type { PersonId, RecordId, ServiceId } from '@muster/domain/shared';
import fc from 'fast-check';

const ULID = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const of = <Id>(): fc.Arbitrary<Id> => ULID.map((id) => id as Id);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null });
const words = fc.string({ unit: 'grapheme', maxLength: 40 });
const instant = fc.integer({ min: 1_400_000_000_000, max: 2_100_000_000_000 });
const count = fc.nat({ max: 1_000 });
const measure = fc.oneof(
  count,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);
const person = of<PersonId>();
const record = of<RecordId>();
const few = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> => fc.array(value, { maxLength: 3 });
const fewOnce = <Value extends { readonly id: string }>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
  fc.uniqueArray(value, { maxLength: 4, selector: ({ id }) => id });

const mark: fc.Arbitrary<Mark> = fc.record({
  kind: fc.constantFrom('ticked', 'unticked', 'evidence'),
  person,
  at: instant,
  order: count,
  seen: count,
});

export const anyStep: fc.Arbitrary<Step> = fc.record({
  id: ULID,
  title: words,
  phase: fc.constantFrom(...STAGES),
  owner: maybe(person),
  change: maybe(record),
  minutes: measure,
  after: few(ULID),
  rollback: words,
  noReturn: fc.boolean(),
  startedAt: maybe(instant),
  startedBy: maybe(person),
  evidence: few(fc.record({ id: ULID, text: words, by: person, at: instant })),
  marks: few(mark),
  tick: maybe(mark),
  contest: maybe(fc.record({ stands: mark, gives: mark })),
  rolledBackAt: maybe(instant),
  rolledBackBy: maybe(person),
});

const rule: fc.Arbitrary<GateRule> = fc.oneof(
  fc.constantFrom<GateRule>({ kind: 'changes-closed' }, { kind: 'windows-fit' }),
  fc.record({
    kind: fc.constant('check' as const),
    check: words,
    bound: fc.constantFrom('at-least' as const, 'at-most' as const),
    threshold: count,
  }),
  fc.record({ kind: fc.constant('sign-offs' as const), people: few(person) }),
);

const gate: fc.Arbitrary<Gate> = fc.record({
  id: ULID,
  name: words,
  rule,
  run: maybe(fc.record({ value: measure, by: person, at: instant })),
  signed: few(fc.record({ person, note: words, at: instant })),
  exception: maybe(
    fc.record({ reason: words, by: person, at: instant, failing: few(ULID), value: maybe(measure) }),
  ),
});

const phase: fc.Arbitrary<Phase> = fc.record({
  id: ULID,
  name: words,
  stage: fc.constantFrom(...STAGES),
  beginsAt: maybe(instant),
  endsAt: maybe(instant),
  state: fc.constantFrom(...PHASE_STATES),
  round: count,
  startedAt: maybe(instant),
  completedAt: maybe(instant),
  gates: few(gate),
});

const rollCall: fc.Arbitrary<RollCall> = fc.record({
  leads: few(person),
  quorum: count,
  openedBy: person,
  openedAt: instant,
  answers: few(
    fc.record({
      person,
      answer: fc.constantFrom(...GO_ANSWERS),
      note: words,
      readiness: words,
      at: instant,
    }),
  ),
});

export const anyRelease: fc.Arbitrary<Release> = fc.record({
  id: record,
  number: maybe(fc.constant('REL-2026-00007')),
  version: count,
  state: fc.constantFrom(...RELEASE_STATES),
  kind: fc.constantFrom(...RELEASE_KINDS),
  title: words,
  label: words,
  services: few(of<ServiceId>()),
  owner: maybe(person),
  pace: fc.constantFrom(...PACES),
  beginsAt: maybe(instant),
  endsAt: maybe(instant),
  hypercareHours: measure,
  rollbackTestedAt: maybe(instant),
  madeBy: person,
  madeAt: instant,
  updatedAt: instant,
  members: few(record),
  units: few(
    fc.record({
      id: ULID,
      kind: fc.constantFrom('unit' as const, 'package' as const),
      name: words,
      version: words,
      parts: few(ULID),
    }),
  ),
  phases: fewOnce(phase),
  steps: fewOnce(anyStep),
  rollCall: maybe(rollCall),
  deployingAt: maybe(instant),
  hypercareAt: maybe(instant),
  endedAt: maybe(instant),
  alarms: few(fc.record({ incident: record, items: few(words), at: instant })),
});
