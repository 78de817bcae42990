import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { personId, recordId, serviceId } from '../../shared/index.ts';
import type { Dependencies, ItemId } from '../model/items.ts';
import type { ChangeWindow } from '../window/window.ts';
import { cleanWindow } from '../window/clean.ts';
import { isForItem } from '../window/window.ts';
import { DAY, HOUR, freeze, refusedFor } from '../test-board.ts';
import { CONFLICT_KINDS } from './conflict.ts';
import type { Planned } from './conflict.ts';
import { ConflictIndex } from './conflicts.ts';
import { nextFreeSlot } from './slot.ts';

/** Friday, the day of `freeze()`. */
const FRIDAY = Date.UTC(2026, 5, 5);
const [WEB, DB, DISK] = ['web', 'db', 'disk'].map((name) => recordId(name)) as [ItemId, ItemId, ItemId];
const SHOP = serviceId('shop');

/** The shop's web server hangs on a database that hangs on a disk. */
const HANGS: Dependencies = {
  isKnown: () => true,
  isRetired: () => false,
  stayingOf: (item) => item,
  joinedInto: () => [],
  parentsOf: (item) => (item === WEB ? [DB] : item === DB ? [DISK] : []),
  childrenOf: (item) => (item === DB ? [WEB] : item === DISK ? [DB] : []),
  classOf: (item) => (item === WEB ? 'server' : item === DB ? 'database' : item === DISK ? 'disk' : null),
  servicesOf: (items) => (items.includes(WEB) ? [SHOP] : []),
  zoneOf: () => null,
};

const planned = (id: string, given: Partial<Planned> = {}): Planned => ({
  id: recordId(id),
  model: 'normal',
  items: [DB],
  owner: null,
  begins: FRIDAY + 10 * HOUR,
  ends: FRIDAY + 12 * HOUR,
  ...given,
});

const maintenance = (given: Partial<ChangeWindow> = {}): ChangeWindow =>
  freeze({
    id: 'night',
    kind: 'maintenance',
    hard: false,
    classes: ['database'],
    when: {
      zone: 'UTC',
      begins: '2026-06-05T20:00',
      ends: '2026-06-05T23:00',
      repeats: { unit: 'day', every: 1, weekdays: [], until: null },
    },
    ...given,
  });

const index = (windows: readonly ChangeWindow[], ...changes: readonly Planned[]): ConflictIndex =>
  new ConflictIndex({ windows, dependencies: HANGS, zone: 'UTC' }, changes);

const kinds = (found: ConflictIndex, change: Planned): readonly string[] =>
  found.conflictsOf(change).map(({ kind }) => kind);

describe('the ten kinds', () => {
  const ana = personId('ana');
  test.each([
    ['same-item', [], [planned('x')]],
    ['parent-item', [], [planned('x', { items: [DISK] })]],
    ['child-item', [], [planned('x', { items: [WEB] })]],
    ['item-outside', [maintenance()], []],
    ['parent-outside', [maintenance({ classes: ['disk'] })], []],
    ['child-outside', [maintenance({ classes: ['server'] })], []],
    ['item-frozen', [freeze({ classes: ['database'] })], []],
    ['parent-frozen', [freeze({ classes: ['disk'] })], []],
    ['child-frozen', [freeze({ services: [SHOP] })], []],
    ['assignee-busy', [], [planned('x', { items: [], owner: ana })]],
  ] as const)('[CHG-37] %s is found, alone', (kind, windows, changes) => {
    expect(CONFLICT_KINDS).toContain(kind);
    const found = index(windows, ...changes);
    expect(kinds(found, planned('mine', { owner: ana }))).toEqual([kind]);
    const later = planned('mine', {
      owner: ana,
      begins: FRIDAY + 20 * DAY + 20 * HOUR,
      ends: FRIDAY + 20 * DAY + 21 * HOUR,
    });
    expect(kinds(found, later)).toEqual([]);
  });

  test('[CHG-37] what ends when the other begins does not collide, and nothing collides with itself', () => {
    const found = index(
      [],
      planned('mine'),
      planned('x', { begins: FRIDAY + 12 * HOUR, ends: FRIDAY + 13 * HOUR }),
    );
    expect(kinds(found, planned('mine'))).toEqual([]);
    expect(kinds(found, planned('mine', { ends: FRIDAY + 12 * HOUR + 1 }))).toEqual(['same-item']);
  });

  test('[CHG-37] only a hard freeze of the item itself is hard', () => {
    const hard = (windows: readonly ChangeWindow[]) =>
      index(windows)
        .conflictsOf(planned('mine'))
        .map((each) => each.hard);
    expect(hard([freeze()])).toEqual([true]);
    expect(hard([freeze({ classes: ['disk'] })])).toEqual([false]);
    expect(hard([freeze({ hard: false, classes: ['database'] })])).toEqual([false]);
  });

  test('[CHG-36] a freeze is for models, services and classes, or for everything, what has no items too', () => {
    expect(kinds(index([freeze({ models: ['standard'] })]), planned('mine'))).toEqual([]);
    expect(kinds(index([freeze()]), planned('mine', { items: [] }))).toEqual(['item-frozen']);
    expect(kinds(index([freeze({ classes: ['database'] })]), planned('mine', { items: [] }))).toEqual([]);
    const both = freeze({ services: [SHOP], classes: ['database'] });
    expect(isForItem(both, WEB, HANGS)).toBe(false);
    expect(isForItem({ ...both, classes: ['server'] }, WEB, HANGS)).toBe(true);
  });

  test('[CHG-35] a floating freeze goes by the clock of the item', () => {
    const floating = freeze({ classes: ['database'], when: { ...freeze().when, zone: null } });
    const east = { ...HANGS, zoneOf: () => 'Asia/Tokyo' };
    const found = new ConflictIndex({ windows: [floating], dependencies: east, zone: 'UTC' });
    const evening = planned('mine', { begins: FRIDAY - 8 * HOUR, ends: FRIDAY - 7 * HOUR });
    expect(kinds(found, evening)).toEqual(['item-frozen']);
    expect(kinds(index([floating]), evening)).toEqual([]);
  });

  test('[CHG-38] windows that follow on one another are one, and who has none is never outside', () => {
    const night = { begins: FRIDAY + 22 * HOUR, ends: FRIDAY + 25 * HOUR };
    const second = maintenance({
      id: 'late',
      when: { zone: 'UTC', begins: '2026-06-05T23:00', ends: '2026-06-06T02:00', repeats: null },
    });
    expect(kinds(index([maintenance()]), planned('mine', night))).toEqual(['item-outside']);
    expect(kinds(index([maintenance(), second]), planned('mine', night))).toEqual([]);
    expect(kinds(index([maintenance()]), planned('mine', { items: [DISK] }))).toEqual(['child-outside']);
    expect(kinds(index([maintenance({ models: ['standard'] })]), planned('mine'))).toEqual([]);
  });

  test('[CHG-36] a window that ends before it begins is refused, and only a freeze is hard', () => {
    const when = { ...freeze().when, ends: '2026-06-04T00:00' };
    expect(cleanWindow(freeze({ when }))).toMatchObject(refusedFor('window-ends-first'));
    expect(cleanWindow(freeze({ name: ' ' }))).toMatchObject(refusedFor('missing-field', { field: 'name' }));
    expect(cleanWindow(maintenance({ hard: true }))).toMatchObject({ ok: true, value: { hard: false } });
  });
});

const item = fc.constantFrom(WEB, DB, DISK, SHOP);
const change = (id: string): fc.Arbitrary<Planned> =>
  fc
    .record({
      items: fc.array(item, { maxLength: 3 }),
      owner: fc.constantFrom(null, personId('ana'), personId('bo')),
      from: fc.integer({ min: 0, max: 200 }),
      hours: fc.integer({ min: 1, max: 60 }),
    })
    .map(({ items, owner, from, hours }) =>
      planned(id, { items, owner, begins: FRIDAY + from * HOUR, ends: FRIDAY + (from + hours) * HOUR }),
    );
const changes = fc
  .integer({ min: 1, max: 12 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => change(`c${at}`))));
const WINDOWS = [
  maintenance(),
  maintenance({ id: 'disks', classes: ['disk'], hard: false }),
  freeze({ id: 'short', classes: ['server'], hard: false }),
  freeze(),
];

/** Finds what collides by looking at everything. */
function bySight(all: readonly Planned[], mine: Planned): Set<string> {
  const found = new Set<string>();
  const own = new Set(mine.items);
  const parents = [...own].flatMap(HANGS.parentsOf).filter((each) => !own.has(each));
  const children = [...own]
    .flatMap(HANGS.childrenOf)
    .filter((each) => !own.has(each) && !parents.includes(each));
  for (const other of all) {
    if (other.id === mine.id || other.begins >= mine.ends || other.ends <= mine.begins) continue;
    const touches = (items: readonly ItemId[]) => items.some((each) => other.items.includes(each));
    if (touches([...own])) found.add(`same-item ${other.id}`);
    if (touches(parents)) found.add(`parent-item ${other.id}`);
    if (touches(children)) found.add(`child-item ${other.id}`);
    if (mine.owner !== null && other.owner === mine.owner) found.add(`assignee-busy ${other.id}`);
  }
  return found;
}

/** The windows of `WINDOWS` that a change meets, told hour by hour from what they are. */
function windowsBySight({ items, begins, ends }: Planned): Set<string> {
  const own = new Set(items);
  const parents = new Set([...own].flatMap(HANGS.parentsOf).filter((each) => !own.has(each)));
  const children = new Set(
    [...own].flatMap(HANGS.childrenOf).filter((each) => !own.has(each) && !parents.has(each)),
  );
  const hours = Array.from({ length: (ends - begins) / HOUR }, (_, at) => new Date(begins + at * HOUR));
  const isByDay = hours.some((hour) => hour.getUTCHours() < 20 || hour.getUTCHours() > 22);
  const isFriday = hours.some((hour) => hour.toISOString().startsWith('2026-06-05'));
  const found = new Set<string>(isFriday ? ['item-frozen freeze'] : []);
  let isTold = false;
  for (const [side, related] of [
    ['item', own],
    ['parent', parents],
    ['child', children],
  ] as const) {
    if (isByDay && related.has(DB)) found.add(`${side}-outside night`);
    if (isByDay && related.has(DISK)) found.add(`${side}-outside disks`);
    if (isFriday && related.has(WEB) && !isTold) found.add(`${side}-frozen short`);
    isTold ||= related.has(WEB);
  }
  return found;
}

describe('any calendar', () => {
  test('[CHG-39] the index finds the windows that sight finds', () => {
    fc.assert(
      fc.property(change('mine'), (mine) => {
        const seen = index(WINDOWS)
          .conflictsOf(mine)
          .flatMap(({ kind, windows }) => windows.map((window) => `${kind} ${window}`));
        expect(new Set(seen)).toEqual(windowsBySight(mine));
      }),
    );
  });

  test('[CHG-39] the index finds what sight finds, after changes moved and went too', () => {
    fc.assert(
      fc.property(changes, changes, fc.nat(11), (before, moved, gone) => {
        const found = index([], ...before);
        for (const each of moved) found.set(each);
        found.delete(recordId(`c${gone}`));
        const standing = new Map([...before, ...moved].map((each) => [each.id, each]));
        standing.delete(recordId(`c${gone}`));
        for (const mine of [...before, ...moved]) {
          const seen = found.conflictsOf(mine).map(({ kind, change: other }) => `${kind} ${other ?? ''}`);
          expect(new Set(seen)).toEqual(bySight([...standing.values()], mine));
          expect(new Set(seen).size).toBe(seen.length);
        }
      }),
    );
  });

  test('[CHG-41] the next free place collides with nothing, and no full hour before it is free', () => {
    fc.assert(
      fc.property(changes, change('mine'), fc.subarray(WINDOWS), (others, mine, windows) => {
        const found = index(windows, ...others);
        const slot = nextFreeSlot(found, mine, mine.begins);
        const length = mine.ends - mine.begins;
        const at = (begins: number) => found.conflictsOf({ ...mine, begins, ends: begins + length }).length;
        const until = slot.found ? slot.begins : mine.begins + 90 * DAY;
        for (let begins = mine.begins; begins < until; begins += HOUR) expect(at(begins)).toBeGreaterThan(0);
        if (slot.found) expect(at(slot.begins)).toBe(0);
        else expect(slot.obstacles.length).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the next free place', () => {
  test('[CHG-41] it is after what collides, in the first window that is long enough', () => {
    const busy = planned('x', { begins: FRIDAY + 20 * HOUR, ends: FRIDAY + 22 * HOUR });
    const found = index([maintenance()], busy);
    expect(nextFreeSlot(found, planned('mine'), FRIDAY)).toEqual({
      found: true,
      begins: FRIDAY + DAY + 20 * HOUR,
      ends: FRIDAY + DAY + 22 * HOUR,
    });
  });

  test('[CHG-41] where there is none within 90 days it says why', () => {
    const long = planned('mine', { ends: FRIDAY + 14 * HOUR });
    const slot = nextFreeSlot(index([maintenance()]), long, FRIDAY);
    expect(slot).toMatchObject({
      found: false,
      obstacles: [{ kind: 'item-outside', last: { windows: ['night'] } }],
    });
    const year = freeze({
      when: { zone: 'UTC', begins: '2026-01-01T00:00', ends: '2027-01-01T00:00', repeats: null },
    });
    expect(nextFreeSlot(index([year]), planned('mine'), FRIDAY)).toMatchObject({
      found: false,
      obstacles: [{ kind: 'item-frozen', times: 1 }],
    });
  });
});
