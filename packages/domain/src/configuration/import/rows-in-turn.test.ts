import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { file, id, item, reasons, there } from '../test-support/imports.ts';
import type { ImportedItem } from './imported.ts';
import { planImport } from './plan-import.ts';

describe('which item a row is', () => {
  it('[CFG-91] finds what somebody made by hand by what identifies it, and nothing that is retired', () => {
    const serial = { serial: 'X1' };
    const rows = file([{ name: 'from file', attributes: serial }]);
    const byHand = item('by hand', { attributes: serial });
    expect(planImport(rows, there([byHand]))).toMatchObject({
      made: [],
      changed: [{ id: 'by hand', changes: [{ field: 'name', was: 'by hand', is: 'from file' }] }],
    });
    const retired = { ...byHand, state: 'retired' as const };
    expect(planImport(rows, there([retired])).made).toHaveLength(1);
    const two = file([
      { name: 'one', attributes: serial },
      { name: 'two', attributes: serial },
    ]);
    expect(reasons(planImport(two, there([byHand])))).toEqual([
      '2 two: line 1, "one", is the same item; that row is taken',
    ]);
  });

  it('[CFG-113] sees before anything is made that two rows are the same item', () => {
    const rows = file([
      { name: 'a', attributes: { serial: 'S1', address: '.1' } },
      { name: 'b', attributes: { serial: ' S1 ' } },
      { name: 'c', attributes: { serial: 'S3', address: '.1' } },
    ]);
    const plan = planImport(rows, there());
    expect(plan.made.map((each) => each.from.name)).toEqual(['a']);
    expect(reasons(plan)).toEqual([
      '2 b: line 1, "a", is the same item; that row is taken',
      '3 c: its "Network address" is that of line 1, "a", whose "Serial number" is "S1" and not "S3"',
    ]);
  });

  it('[CFG-113] takes no row that is two items, or another than the one whose address it has', () => {
    const items = [
      item('A', { number: 'CI-1', attributes: { serial: 'S1', address: '.1' } }),
      item('B', { number: 'CI-2', attributes: { serial: 'S2', address: '.2' } }),
    ];
    const known = new Map([['k', id('A')]]);
    const rows = file([
      { name: 'x', attributes: { serial: 'S1', address: '.2' } },
      { name: 'y', attributes: { serial: 'S9', address: '.2' } },
      { name: 'z', key: 'k', attributes: { serial: 'S2' } },
      { name: 'w', attributes: { serial: 'S7', address: '.7' } },
    ]);
    const plan = planImport(rows, there(items, { known }));
    expect(plan).toMatchObject({ changed: [], left: [], made: [{ from: { name: 'w' } }] });
    expect(reasons(plan)).toEqual([
      '1 x: it is "A" (CI-1) by its "Serial number", and "B" (CI-2) by its "Network address"',
      '2 y: its "Network address" is that of "B" (CI-2), whose "Serial number" is "S2" and not "S9"',
      '3 z: it is "A" (CI-1) by what its source calls it, and "B" (CI-2) by its "Serial number"',
    ]);
  });

  it('[CFG-113] leaves to others what an item gives up, and what it has in common with others already', () => {
    const known = new Map(['A', 'B', 'C'].map((name) => [name, id(name)]));
    const items = [
      item('A', { attributes: { address: '.1' } }),
      item('B', { attributes: { address: '.2' } }),
      item('C', { attributes: { address: '.2', vendor: 'Dell' } }),
      item('D', { state: 'retired', attributes: { address: '.4' } }),
    ];
    const rows = file([
      { name: 'A', attributes: { address: '.4' } },
      { name: 'B', attributes: { address: '.1' } },
      { name: 'C', attributes: { address: '.2', vendor: 'HP' } },
      { name: 'D', attributes: { address: '.5' } },
    ]);
    const plan = planImport(rows, there(items, { known }));
    expect(plan.changed.map((each) => each.id)).toEqual(['A', 'B', 'C']);
    expect(plan.made.map((each) => each.from.name)).toEqual(['D']);
    expect(plan.faults).toEqual([]);
  });

  it('[CFG-113] takes what rows give up to each other, whichever comes first in the file', () => {
    const names = ['A', 'B', 'C', 'D'];
    const known = new Map(names.map((name) => [name, id(name)]));
    const items = names.map((name, place) => item(name, { attributes: { address: `.${place}` } }));
    const rows = names.map((name, place) => ({ name, attributes: { address: `.${place + 1}` } }));
    const taker = { name: 'E', attributes: { address: '.0' } };
    for (const order of [
      [...rows, taker],
      [taker, ...rows.toReversed()],
    ]) {
      const plan = planImport(file(order), there(items, { known }));
      expect(plan.faults).toEqual([]);
      expect(plan.made.map((each) => each.from.name)).toEqual(['E']);
      // whoever gives up goes before whoever takes
      expect(plan.changed.map((each) => each.id)).toEqual(names.toReversed());
    }
  });

  it('[CFG-113] takes addresses that all move on, in whatever order the rows stand', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 30 }).chain((count) =>
          fc.tuple(
            fc.constant(count),
            fc.shuffledSubarray(
              Array.from({ length: count }, (_, place) => place),
              { minLength: count },
            ),
            fc.array(fc.boolean(), { minLength: count, maxLength: count }),
          ),
        ),
        ([count, order, isKnown]) => {
          const names = Array.from({ length: count }, (_, place) => `n${place}`);
          const said = (address: number, name: string) => ({ address: `.${address}`, serial: name });
          const items = names.map((name, place) => item(name, { attributes: said(place, name) }));
          const known = new Map(names.filter((_, place) => isKnown[place]).map((name) => [name, id(name)]));
          const rows = order.map((place) => {
            const name = names[place] ?? '';
            return { name, attributes: said(place + 1, name) };
          });
          const plan = planImport(file(rows), there(items, { known }));
          expect(plan.faults).toEqual([]);
          // whoever gives up goes before whoever takes
          expect(plan.changed.map((each) => each.id)).toEqual(names.toReversed());
        },
      ),
    );
  });

  it('[CFG-113] takes the first of two rows of one key, and of two that want the same, though both wait', () => {
    const known = new Map(['A', 'B', 'C', 'D'].map((name) => [name, id(name)]));
    const items = ['A', 'B', 'C', 'D'].map((name, place) =>
      item(name, { attributes: { address: `.${place}` } }),
    );
    const rows: readonly Partial<ImportedItem>[] = [
      { name: 'A', attributes: { address: '.3', vendor: 'HP' } },
      { name: 'A', attributes: { address: '.3', vendor: 'Dell' } },
      { name: 'A', attributes: { vendor: 'Sun' } },
      { name: 'B', attributes: { address: '.3' } },
      { name: 'D', attributes: { address: '.4' } },
    ];
    const plan = planImport(file(rows), there(items, { known }));
    expect(plan.changed.map((each) => each.from.line)).toEqual([5, 1]);
    expect(plan.faults.map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  it('[CFG-113] takes for a row that its source names what a row gives up that it does not name', () => {
    const items = [
      item('H', { attributes: { serial: 'S1', address: '.1' } }),
      item('K', { attributes: { address: '.2' } }),
    ];
    const rows: readonly Partial<ImportedItem>[] = [
      { name: 'K', attributes: { address: '.1' } },
      { name: 'H', attributes: { serial: 'S1', address: '.9' } },
    ];
    for (const order of [rows, rows.toReversed()]) {
      const plan = planImport(file(order), there(items, { known: new Map([['K', id('K')]]) }));
      expect(plan.faults).toEqual([]);
      expect(plan.changed.map((each) => each.id)).toEqual(['H', 'K']);
    }
  });

  it('[CFG-113] leaves two that would change places as they are, and says of each whose it would be', () => {
    const known = new Map(['A', 'B'].map((name) => [name, id(name)]));
    const items = [
      item('A', { attributes: { address: '.1' } }),
      item('B', { attributes: { address: '.2' } }),
    ];
    const rows = [
      { name: 'A', attributes: { address: '.2' } },
      { name: 'B', attributes: { address: '.1' } },
    ];
    const plan = planImport(file(rows), there(items, { known }));
    expect(plan.changed).toEqual([]);
    expect(plan.faults.map(({ line }) => line)).toEqual([1, 2]);
  });

  it('[CFG-104] finds the item that stays by what one was called or identified by that was joined into it', () => {
    const items = [
      item('web', { number: 'CI-1', attributes: { serial: 'S1' } }),
      item('twin', { state: 'retired', sameAs: id('web'), attributes: { serial: 'S2' } }),
    ];
    const rows = [
      { name: 'by serial', attributes: { serial: 'S2' } },
      { name: 'by name', attributes: { serial: 'S1' } },
    ];
    const plan = planImport(file(rows), there(items));
    expect(plan.made).toEqual([]);
    expect(plan.changed.map((each) => each.id)).toEqual(['web']);
    expect(reasons(plan)).toEqual([
      '2 by name: line 1, "by serial", is the same item since they were joined into "web" (CI-1); that row is taken',
    ]);
    const known = new Map([['twin', id('twin')]]);
    expect(planImport(file([{ name: 'twin' }]), there(items, { known })).changed).toMatchObject([
      { id: 'web', changes: [{ field: 'name', was: 'web', is: 'twin' }] },
    ]);
  });

  it('[CFG-111] names what was joined into another by itself, whatever by and whatever the one that stays has taken over', () => {
    const twin = item('twin', { state: 'retired', sameAs: id('web'), attributes: { serial: 'S2' } });
    const rows = [{ name: 'web', attributes: { serial: 'S2' } }];
    for (const serial of ['S1', 'S2']) {
      const plan = planImport(file(rows), there([item('web', { attributes: { serial } }), twin]));
      expect([...plan.changed, ...plan.left]).toMatchObject([{ id: 'web', found: 'twin' }]);
    }
    const other = planImport(
      file([{ name: 'web', attributes: { serial: 'S1' } }]),
      there([item('web', { attributes: { serial: 'S1' } }), twin]),
    );
    expect(other.left).toMatchObject([{ id: 'web', found: 'web' }]);
  });
});
