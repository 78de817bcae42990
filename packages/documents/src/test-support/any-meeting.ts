/** Random meetings for property tests, with every value that the types allow. */
import { CHANGE_STATES, ITEM_VERDICTS, MEETING_STATES } from '@muster/domain/change';
import type { AgendaItem, Meeting } from '@muster/domain/change';
import type { PersonId, RecordId } from '@muster/domain/shared';
import fc from 'fast-check';

const ULID = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const of = <Id>(): fc.Arbitrary<Id> => ULID.map((id) => id as Id);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null });
const words = fc.string({ unit: 'grapheme', maxLength: 40 });
const instant = fc.integer({ min: 1_400_000_000_000, max: 2_100_000_000_000 });
const count = fc.nat({ max: 1_000 });
const person = of<PersonId>();
const record = of<RecordId>();
const few = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> => fc.array(value, { maxLength: 3 });

const itemColumns = {
  change: record,
  takenOver: fc.boolean(),
  addedBy: maybe(person),
  stretches: few(fc.record({ from: instant, to: maybe(instant) })),
  decision: maybe(
    fc.record({
      verdict: fc.constantFrom(...ITEM_VERDICTS),
      note: maybe(words),
      by: person,
      at: instant,
      votes: few(
        fc.record({
          person,
          vote: fc.constantFrom('approved' as const, 'rejected' as const, 'abstained' as const),
          note: maybe(words),
        }),
      ),
      revision: count,
      state: fc.constantFrom(...CHANGE_STATES),
    }),
  ),
};

export const anyItem: fc.Arbitrary<AgendaItem> = fc.oneof(
  fc.record(itemColumns),
  fc.record({ ...itemColumns, named: fc.record({ title: words, number: maybe(words) }) }),
);

const columns = {
  id: record,
  version: count,
  board: record,
  state: fc.constantFrom(...MEETING_STATES),
  beginsAt: instant,
  endsAt: instant,
  adHoc: fc.boolean(),
  itemMinutes: count,
  invited: few(person),
  plannedBy: person,
  chair: maybe(person),
  agenda: fc.uniqueArray(anyItem, { maxLength: 4, selector: ({ change }) => change }),
  current: maybe(record),
  attendance: few(fc.record({ person, from: instant, to: maybe(instant) })),
  openedAt: maybe(instant),
  closedAt: maybe(instant),
  reason: maybe(words),
  updatedAt: instant,
};

export const anyMeeting: fc.Arbitrary<Meeting> = fc.oneof(
  fc.record(columns),
  fc.record({ ...columns, heldAs: fc.record({ name: words, zone: maybe(words) }) }),
);
