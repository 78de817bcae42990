/** Random problems for property tests, with every value that the types allow. */
import {
  ORIGIN_KINDS,
  PROBLEM_STATES,
  RESOLUTION_CODES,
  TASK_KINDS,
  TASK_STATES,
} from '@muster/domain/problem';
import type { Problem } from '@muster/domain/problem';
import type { ItemId, Level, PersonId, Priority, RecordId, ServiceId, TeamId } from '@muster/domain/shared';
import fc from 'fast-check';

const ULID = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const of = <Id>(): fc.Arbitrary<Id> => ULID.map((id) => id as Id);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null });
const few = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> => fc.array(value, { maxLength: 3 });
const words = fc.string({ unit: 'grapheme', maxLength: 40 });
const instant = fc.integer({ min: 1_400_000_000_000, max: 2_100_000_000_000 });
const person = of<PersonId>();
const record = of<RecordId>();
const level = fc.constantFrom<Level[]>(1, 2, 3);
const incidents = few(maybe(record));

export const anyProblem: fc.Arbitrary<Problem> = fc.record({
  id: record,
  number: maybe(words),
  version: fc.nat(),
  state: fc.constantFrom(...PROBLEM_STATES),
  title: words,
  service: maybe(of<ServiceId>()),
  items: few(of<ItemId>()),
  team: maybe(of<TeamId>()),
  owner: maybe(person),
  impact: level,
  urgency: level,
  priority: fc.constantFrom<Priority[]>(1, 2, 3, 4, 5),
  matrixVersion: fc.nat(),
  major: fc.boolean(),
  workaround: words,
  fix: words,
  // the incident that it began with is there, or was never named
  origin: fc.record({ kind: fc.constantFrom(...ORIGIN_KINDS), incident: maybe(record), evidence: words }),
  knownError: fc.boolean(),
  factors: few(fc.record({ id: ULID, text: words, by: person, at: instant, task: maybe(ULID) })),
  cause: maybe(ULID),
  contested: few(ULID),
  tasks: few(
    fc.record({
      ...{
        id: ULID,
        title: words,
        kind: fc.constantFrom(...TASK_KINDS),
        state: fc.constantFrom(...TASK_STATES),
      },
      ...{ assignee: maybe(person), cause: maybe(words), fix: maybe(words), endedAt: maybe(instant) },
    }),
  ),
  incidents,
  changes: few(record),
  told: maybe(
    fc
      .record({ text: words, incidents, callers: incidents, by: person, at: instant })
      // absent where there are none
      .map(({ callers, ...told }) => ({ ...told, ...(callers.length > 0 && { callers }) })),
  ),
  resolution: maybe(
    fc.record({ code: fc.constantFrom(...RESOLUTION_CODES), notes: words, by: person, at: instant }),
  ),
  risk: maybe(fc.record({ approver: person, reason: words, reviewAt: instant, at: instant })),
  duplicateOf: maybe(record),
  duplicates: few(record),
  madeBy: person,
  madeAt: instant,
  updatedAt: instant,
  activeAt: instant,
  remindedAt: maybe(instant),
  resolvedAt: maybe(instant),
  endedAt: maybe(instant),
});
