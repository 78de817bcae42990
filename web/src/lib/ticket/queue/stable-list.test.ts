import { describe, expect, test } from 'vitest';
import { makeDirectory, makeRow, makeRows } from '../test-support/tickets.ts';
import type { FilterRow } from '../filter/index.ts';
import { layOut } from './grouping.ts';
import { sortRows, SORT_KEYS, type SortWorld } from './sorting.ts';
import { StableList } from './stable-list.ts';

const directory = makeDirectory();
const world: SortWorld = {
  directory,
  states: ['new', 'in_progress', 'on_hold', 'resolved', 'closed'],
  dueAt: () => null,
};
const rules = {
  matches: (row: FilterRow) => row.state === 'new',
  sort: (rows: readonly FilterRow[]) => sortRows(rows, { key: 'priority', descending: false }, world),
  groupOf: () => '',
};

describe('StableList', () => {
  const [a, b, c] = [makeRow(1, { priority: 1 }), makeRow(2, { priority: 3 }), makeRow(3, { priority: 2 })];

  test('a row that newly matches waits behind the pill and comes in sorted with a refresh', () => {
    const list = new StableList(rules, [a, b]);
    list.follow([c.id], () => c);
    expect(list.snapshot.places.map(({ id }) => id)).toEqual([a.id, b.id]);
    expect([...list.snapshot.arrivals]).toEqual([c.id]);
    list.refresh([a, b, c]);
    expect(list.snapshot.places.map(({ id }) => id)).toEqual([a.id, c.id, b.id]);
    expect(list.snapshot.arrivals.size).toBe(0);
  });

  test('a row that no longer matches fades in its place, and comes back when it matches again', () => {
    const list = new StableList(rules, [a, b]);
    list.follow([a.id], () => ({ ...a, state: 'closed' }));
    expect(list.snapshot.places.map(({ id }) => id)).toEqual([a.id, b.id]);
    expect(list.snapshot.leaving.has(a.id)).toBe(true);
    list.follow([a.id], () => a);
    expect(list.snapshot.leaving.has(a.id)).toBe(false);
  });

  test('an arrival that stops matching before it was let in never shows', () => {
    const list = new StableList(rules, [a]);
    list.follow([b.id], () => b);
    list.follow([b.id], () => ({ ...b, state: 'closed' }));
    expect(list.snapshot.arrivals.size).toBe(0);
  });

  test('settling drops faded rows out of sight only', () => {
    const list = new StableList(rules, [a, b, c]);
    list.follow([a.id, c.id], (id) => ({ ...(id === a.id ? a : c), state: 'closed' }));
    list.settle(new Set([c.id]));
    expect(list.snapshot.places.map(({ id }) => id)).toEqual([c.id, b.id]);
  });

  test('a change within the row alone makes no new snapshot', () => {
    const list = new StableList(rules, [a, b]);
    const before = list.snapshot;
    list.follow([a.id], () => ({ ...a, title: 'another', priority: 5 }));
    expect(list.snapshot).toBe(before);
  });
});

describe('sortRows', () => {
  test('every column gives the same order whatever order the rows came in', () => {
    const rows = makeRows(300, directory);
    for (const key of SORT_KEYS) {
      for (const descending of [false, true]) {
        const order = sortRows(rows, { key, descending }, world).map(({ id }) => id);
        expect(sortRows([...rows].reverse(), { key, descending }, world).map(({ id }) => id)).toEqual(order);
      }
    }
  });

  test('rows without a value come last in both directions', () => {
    const rows = [makeRow(1, { number: null }), makeRow(2), makeRow(3)];
    for (const descending of [false, true]) {
      expect(sortRows(rows, { key: 'number', descending }, world).at(-1)?.number).toBeNull();
    }
  });
});

describe('layOut', () => {
  const groupWorld = { directory, states: world.states, stateName: (state: string) => state };
  const [first, second, third] = [makeRow(1), makeRow(2), makeRow(3)];

  test('groups stand in the order of work, with their counts, and collapse to a head', () => {
    const places = [
      { id: first.id, group: 'on_hold' },
      { id: second.id, group: 'new' },
      { id: third.id, group: 'new' },
    ];
    expect(layOut(places, 'state', new Set(['new']), groupWorld)).toEqual([
      { kind: 'group', key: 'new', label: 'new', count: 2, collapsed: true },
      { kind: 'group', key: 'on_hold', label: 'on_hold', count: 1, collapsed: false },
      { kind: 'row', id: first.id },
    ]);
  });

  test('what has no value stands last', () => {
    const [team] = directory.teams.keys();
    const places = [
      { id: first.id, group: '-' },
      { id: second.id, group: team ?? '' },
    ];
    expect(
      layOut(places, 'team', new Set(), groupWorld).map((item) => (item.kind === 'group' ? item.label : '')),
    ).toEqual(['Service Desk', '', 'No team', '']);
  });
});
