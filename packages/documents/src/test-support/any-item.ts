/** Random items and relations for property tests, with every value that the types allow. */
import { ITEM_STATES } from '@muster/domain/configuration';
import type { ConfigurationItem, Criticality, ItemCare, Redundancy } from '@muster/domain/configuration';
import type { ItemId, PersonId, TeamId } from '@muster/domain/shared';
import fc from 'fast-check';

const ULID = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const of = <Id>(): fc.Arbitrary<Id> => ULID.map((id) => id as Id);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null });
const words = fc.string({ unit: 'grapheme', maxLength: 40 });
const key = fc.stringMatching(/^[a-z_]{1,12}$/);
const instant = fc.integer({ min: 1_400_000_000_000, max: 2_100_000_000_000 });
const state = fc.constantFrom(...ITEM_STATES);
const value = fc.oneof(
  words,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
  fc.boolean(),
);

const care = fc.record<ItemCare>({
  confirmedAt: maybe(instant),
  askedAt: maybe(instant),
  different: fc.array(of<ItemId>(), { maxLength: 3 }),
});

const anyPlainItem: fc.Arbitrary<ConfigurationItem> = fc.record({
  id: of<ItemId>(),
  version: fc.nat({ max: 1_000 }),
  number: maybe(words),
  class: key,
  name: words,
  state,
  owner: maybe(of<PersonId>()),
  team: maybe(of<TeamId>()),
  criticality: maybe(fc.constantFrom<Criticality>(1, 2, 3, 4)),
  attributes: fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true }),
  redundancy: fc.array(
    fc.record<Redundancy>({
      relation: key,
      by: fc.constantFrom('count' as const, 'percent' as const),
      minimum: fc.integer({ min: 1, max: 100 }),
    }),
    { maxLength: 3 },
  ),
  suspended: maybe(fc.record({ to: state, reason: maybe(words), by: of<PersonId>(), at: instant })),
  updatedAt: instant,
});

/** With and without what was said about how well it is known, what it is the same as and when it was changed. */
export const anyItem: fc.Arbitrary<ConfigurationItem> = fc
  .tuple(anyPlainItem, maybe(care), maybe(of<ItemId>()), maybe(fc.oneof(fc.constant(0), instant)))
  .map(([item, said, same, changed]) => ({
    ...item,
    ...(said !== null && { care: said }),
    ...(same !== null && { sameAs: same }),
    ...(changed !== null && { changedAt: changed }),
  }));
