import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordId, type RecordId } from '@muster/domain/shared';
import { StableList, type ListRules } from './stable-list.ts';
import { ViewCounts } from './view-counts.ts';

interface Row {
  readonly id: RecordId;
  readonly rank: number;
  readonly open: boolean;
}

const rules: ListRules<Row> = {
  matches: (row) => row.open,
  sort: (rows) => [...rows].sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1)),
  groupOf: () => '',
};

const ids = Array.from({ length: 12 }, (_, index) => recordId(`r${String(index).padStart(2, '0')}`));

type Step =
  | { readonly do: 'put'; readonly row: Row }
  | { readonly do: 'remove'; readonly id: RecordId }
  | { readonly do: 'refresh' }
  | { readonly do: 'settle'; readonly visible: readonly RecordId[] };

const row = fc.record({
  id: fc.constantFrom(...ids),
  rank: fc.integer({ min: 0, max: 5 }),
  open: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: row.map((made): Step => ({ do: 'put', row: made })) },
  { weight: 1, arbitrary: fc.constantFrom(...ids).map((id): Step => ({ do: 'remove', id })) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'refresh' }) },
  {
    weight: 1,
    arbitrary: fc.subarray(ids).map((visible): Step => ({ do: 'settle', visible })),
  },
);

describe('the stable list under any changes', () => {
  test('counts and matches equal a full recount after every step', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const rows = new Map<RecordId, Row>();
        const list = new StableList(rules, []);
        const views = new Map([
          ['open', rules.matches],
          ['low', (candidate: Row) => candidate.rank > 2],
        ]);
        const counts = new ViewCounts(views, []);
        for (const one of steps) {
          run(one, rows, list, counts);
          const matching = [...rows.values()].filter(rules.matches).map(({ id }) => id);
          expect([...list.matching].sort()).toEqual(matching.sort());
          for (const [view, matches] of views) {
            expect(counts.counts.get(view)).toBe([...rows.values()].filter(matches).length);
          }
        }
      }),
    );
  });

  test('rows keep their order and place until a refresh, and a refresh sorts everything', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const rows = new Map<RecordId, Row>();
        const list = new StableList(rules, []);
        const counts = new ViewCounts<Row>(new Map(), []);
        for (const one of steps) {
          const before = list.snapshot.places.map(({ id }) => id);
          run(one, rows, list, counts);
          const after = list.snapshot.places.map(({ id }) => id);
          if (one.do === 'refresh') {
            expect(after).toEqual(rules.sort([...rows.values()].filter(rules.matches)).map(({ id }) => id));
          } else if (one.do === 'settle') {
            expect(after).toEqual(before.filter((id) => after.includes(id)));
          } else {
            expect(after).toEqual(before);
          }
        }
      }),
    );
  });
});

function run(one: Step, rows: Map<RecordId, Row>, list: StableList<Row>, counts: ViewCounts<Row>): void {
  const get = (id: RecordId) => rows.get(id);
  switch (one.do) {
    case 'put':
      rows.set(one.row.id, one.row);
      list.follow([one.row.id], get);
      counts.follow([one.row.id], get);
      return;
    case 'remove':
      rows.delete(one.id);
      list.follow([one.id], get);
      counts.follow([one.id], get);
      return;
    case 'refresh':
      return list.refresh([...rows.values()]);
    case 'settle':
      list.settle(new Set(one.visible));
  }
}
