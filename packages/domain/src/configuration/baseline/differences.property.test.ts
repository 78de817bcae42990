import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personId, recordId } from '../../shared/index.ts';
import type { ConfigurationItem } from '../item/item.ts';
import { ITEM_STATES, isRetired } from '../item/lifecycle.ts';
import { differenceOfItem, differencesOfRelations } from './differences.ts';
import type { ItemDifference, RelationSpan } from './differences.ts';

const ids = ['a', 'b', 'c'];
const value = fc.constantFrom('x', 'y', 1, 2, true, false);
const anyItem: fc.Arbitrary<ConfigurationItem> = fc.record({
  id: fc.constant(recordId('i')),
  version: fc.nat(5),
  number: fc.constant('CI-1'),
  class: fc.constantFrom('server', 'database'),
  name: fc.constantFrom('One', 'Two'),
  state: fc.constantFrom(...ITEM_STATES),
  owner: fc.constantFrom(null, personId('ana')),
  team: fc.constant(null),
  criticality: fc.constantFrom(null, 1 as const, 2 as const),
  attributes: fc.dictionary(fc.constantFrom(...ids), value),
  redundancy: fc.uniqueArray(
    fc.record({
      relation: fc.constantFrom(...ids),
      by: fc.constantFrom('count' as const, 'percent' as const),
      minimum: fc.constantFrom(1, 50),
    }),
    { selector: ({ relation }) => relation },
  ),
  suspended: fc.constant(null),
  updatedAt: fc.nat(9),
});
const anyState = fc.option(anyItem);

/** All that an item says, thing by thing. */
function said(item: ConfigurationItem | null): Map<string, unknown> {
  if (item === null) return new Map();
  const { name, state, owner, criticality, attributes, redundancy } = item;
  const plain = Object.entries({ class: item.class, name, state, owner, criticality });
  return new Map<string, unknown>([
    ...plain.filter(([, what]) => what !== null),
    ...Object.entries(attributes).map(([of, what]) => [`attribute ${of}`, what] as const),
    ...redundancy.map(
      ({ relation, by, minimum }) =>
        [`redundancy ${relation}`, by === 'count' ? minimum : `${minimum} %`] as const,
    ),
  ]);
}

/** What was said, with the differences carried out on it. */
function carriedOut(before: Map<string, unknown>, difference: ItemDifference | null): Map<string, unknown> {
  const result = new Map(before);
  for (const { part, of, from, to } of difference?.parts ?? []) {
    const key = of === undefined ? part : `${part} ${of}`;
    expect(result.get(key) ?? null).toBe(from);
    if (to === null) result.delete(key);
    else result.set(key, to);
  }
  return result;
}

const sorted = (what: Map<string, unknown>) => [...what].toSorted(([a], [b]) => (a < b ? -1 : 1));

const isHere = (item: ConfigurationItem | null) => item !== null && !isRetired(item.state);

/** Not made at one moment, and retired at the other. */
const isInBetween = (before: ConfigurationItem | null, after: ConfigurationItem | null) =>
  (before === null || after === null) && !isHere(before) && !isHere(after);

const anySpan: fc.Arbitrary<RelationSpan> = fc
  .record({
    type: fc.constantFrom('uses', 'runs_on'),
    from: fc.constantFrom(...ids).map(recordId),
    to: fc.constantFrom(...ids).map(recordId),
    since: fc.nat(9),
    lasts: fc.option(fc.integer({ min: 1, max: 5 })),
  })
  .map(({ lasts, ...span }) => ({ ...span, until: lasts === null ? null : span.since + lasts }));

describe('differences of the configuration between two moments', () => {
  it('[CFG-47] lead from what an item said to what it says, and say nothing of what is the same', () => {
    fc.assert(
      fc.property(anyState, anyState, (before, after) => {
        const difference = differenceOfItem(before, after);
        if (isInBetween(before, after)) {
          expect(difference).toBeNull();
          return;
        }
        expect(sorted(carriedOut(said(before), difference))).toEqual(sorted(said(after)));
        for (const { from, to } of difference?.parts ?? []) expect(from).not.toBe(to);
        if (difference === null) expect(sorted(said(before))).toEqual(sorted(said(after)));
      }),
    );
  });

  it('[CFG-47] tell what came and what went, retired counted as gone, and backwards the other way round', () => {
    fc.assert(
      fc.property(anyState, anyState, (before, after) => {
        const [there, back] = [differenceOfItem(before, after), differenceOfItem(after, before)];
        if (there !== null && isHere(before) !== isHere(after))
          expect(there.kind).toBe(isHere(after) ? 'added' : 'gone');
        if (there !== null && before !== null && after !== null && isHere(before) === isHere(after))
          expect(there.kind).toBe('changed');
        const turned = { added: 'gone', gone: 'added', changed: 'changed' } as const;
        expect(back?.kind).toBe(there === null ? undefined : turned[there.kind]);
      }),
    );
  });

  it('[CFG-47] tell nothing of what was made and retired between the two', () => {
    fc.assert(
      fc.property(anyItem, fc.constantFrom('retired' as const, 'disposed' as const), (item, state) => {
        const gone = { ...item, state };
        expect([differenceOfItem(null, gone), differenceOfItem(gone, null)]).toEqual([null, null]);
      }),
    );
  });

  it('[CFG-48] of relations are those that stood at one of the two moments alone', () => {
    fc.assert(
      fc.property(fc.array(anySpan, { maxLength: 20 }), fc.nat(14), fc.nat(14), (spans, from, to) => {
        const standing = (at: number) =>
          new Set(
            spans
              .filter(({ since, until }) => since <= at && !(until !== null && until <= at))
              .map((span) => `${span.type} ${span.from} ${span.to}`),
          );
        const [before, after] = [standing(from), standing(to)];
        const expected = [
          ...[...after].filter((each) => !before.has(each)).map((each) => `added ${each}`),
          ...[...before].filter((each) => !after.has(each)).map((each) => `removed ${each}`),
        ];
        const found = differencesOfRelations(spans, from, to).map(
          (each) => `${each.kind} ${each.type} ${each.from} ${each.to}`,
        );
        expect(found.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});
