import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.ts';
import type { CsvMapping } from './csv.ts';
import { MAPPING, NAMED } from './test-readers.ts';

describe('a table', () => {
  it('[CFG-94] [CFG-92] takes the class of each row from its column, and says which rows name none', () => {
    const mapping: CsvMapping = {
      ...{ source: 'racks', class: '', identity: ['Asset'] },
      columns: { Name: { kind: 'name' }, Type: { kind: 'class' } },
    };
    const { items, faults } = readCsv('Asset,Name,Type\n1,web,Server\n2,what,\n', mapping, NAMED);
    expect(items.map(({ name, class: itemClass }) => [name, itemClass])).toEqual([['web', 'server']]);
    expect(faults).toMatchObject([{ line: 3, reason: 'it names no class' }]);
  });

  it('[CFG-94] relates rows by their names as well, where a name is of one row alone', () => {
    const text = ['Asset,Name,On', 'A1,web,rack', 'A2,db,twin', 'A3,rack,', 'A4,twin,', 'A5,twin,A3'].join(
      '\n',
    );
    const { relations, keysCalled } = readCsv(text, MAPPING, NAMED);
    expect(relations.map(({ from, to }) => [from, to])).toEqual([
      ['A1', 'A3'],
      ['A2', 'twin'],
      ['A5', 'A3'],
    ]);
    expect(keysCalled).toBe('Asset');
  });

  it('[CFG-93] [CFG-94] takes a row without a name, and says how a new one is called', () => {
    const { items, faults } = readCsv('Asset,Name\nA1,\n', MAPPING, NAMED);
    expect(faults).toEqual([]);
    expect(items).toMatchObject([
      { name: 'A1', isNamedByKey: true, without: ['it has no name: a new one is called "A1"'] },
    ]);
    const [unnamed] = readCsv('Asset\nA1\n', { ...MAPPING, columns: {} }, NAMED).items;
    expect(unnamed).toMatchObject({ name: 'A1', isNamedByKey: true });
    expect(unnamed?.without).toBeUndefined();
  });

  it('[CFG-94] keeps rows apart that several columns tell, whatever stands in them', () => {
    const mapping: CsvMapping = {
      source: 'racks',
      class: 'server',
      identity: ['Site', 'Asset'],
      columns: {},
    };
    const text = ['Site,Asset', 'a | b,c', 'a,b | c', 'a\\,b', 'a,\\ | b', 'Basel,R1'].join('\n');
    const { items, faults } = readCsv(text, mapping, NAMED);
    expect(faults).toEqual([]);
    expect(new Set(items.map(({ key }) => key)).size).toBe(5);
    expect(items[0]).toMatchObject({ key: 'a \\| b | c', name: 'a | b | c' });
    expect(items.at(-1)).toMatchObject({ key: 'Basel | R1', name: 'Basel | R1' });
  });

  it(
    '[CFG-97] is read before anybody gives up where one line has a million quotes',
    { timeout: 60_000 },
    () => {
      const text = `Asset\n${'"'.repeat(2_000_001)}\nA2`;
      const { items, faults } = readCsv(text, { ...MAPPING, columns: {} }, NAMED);
      expect(items.map(({ key }) => key)).toEqual(['A2']);
      expect(faults).toMatchObject([{ line: 2 }]);
    },
  );

  it('[CFG-94] becomes items by its mapping, row by row, what is broken said with its line', () => {
    const text = [
      '\uFEFFAsset;Name;State;Memory;On',
      'A1;"web; one";in service;64;R1;R2',
      'A2;two;In Service;64;R1',
      ';three;in_service;1;',
      'A4;four;asleep;1;',
      'A5;five;;lots;',
      'A6;"six',
      'and a half";;1,5;"R1;R2"',
    ].join('\n');
    const read = readCsv(text, MAPPING, NAMED);
    expect(read.items).toEqual([
      {
        line: 3,
        key: 'A2',
        class: 'server',
        name: 'two',
        state: 'in_service',
        attributes: { memory_gb: 64 },
      },
      { line: 7, key: 'A6', class: 'server', name: 'six\nand a half', attributes: { memory_gb: 1.5 } },
    ]);
    expect(read.relations.map(({ line, from, to }) => `${line} ${from} ${to}`)).toEqual([
      '3 A2 R1',
      '7 A6 R1',
      '7 A6 R2',
    ]);
    expect(read.faults.map(({ line, what, reason }) => `${line} ${what}: ${reason}`)).toEqual([
      '2 A1: it has 6 columns and the head 5',
      '4 , three, in_service, 1, : a column that tells which item it is, is empty',
      '5 A4: there is no state "asleep"; there are Planned, Ordered, In stock, In implementation, In service, In maintenance, Retired, Disposed',
      '6 A5: "lots" does not fit "Memory (GB)"',
    ]);
  });

  it('[CFG-101] [CFG-102] a row whose owner is not known is taken without one, and states are read as they are called', () => {
    const columns = { State: { kind: 'state' }, Owner: { kind: 'owner' } } as const;
    const read = readCsv('Asset;State;Owner\nA1;In Implementation;Ann', { ...MAPPING, columns }, NAMED);
    expect(read.items).toMatchObject([{ key: 'A1', state: 'implementation' }]);
    expect(read.items[0]).not.toHaveProperty('owner');
    expect(read.faults).toEqual([]);
    expect(read.items[0]?.without).toEqual([expect.stringContaining('may not read the directory')]);
  });

  it('[CFG-94] says of a number that can be read in two ways that it can, and reads those that cannot', () => {
    const read = readCsv('Asset;Memory\nA1;1,234\nA2;1,5\nA3;1234\nA4;0,125', MAPPING, NAMED);
    expect(read.items.map(({ key, attributes }) => [key, attributes['memory_gb']])).toEqual([
      ['A2', 1.5],
      ['A3', 1234],
      ['A4', 0.125],
    ]);
    expect(read.faults).toMatchObject([
      {
        what: 'A1',
        reason: '"1,234" of "Memory (GB)" may be a fraction or thousands: write it without the comma',
      },
    ]);
  });

  it('[CFG-94] columns without a head, as spreadsheets leave them, do not stand in the way', () => {
    const read = readCsv('Asset,Name,,\nA1,one,,\n', MAPPING, NAMED);
    expect(read).toMatchObject({ items: [{ key: 'A1', name: 'one' }], faults: [] });
  });

  it('[CFG-97] a badly quoted row costs its own line; what stands behind it is taken', () => {
    const text = [
      ...['Asset,Name', 'A1,"one', 'A2,two', 'A3,"three" and more', 'A4,4" disk', 'A5,"five ""V"""'],
      ...['A6,"never', 'A7,seven'],
    ].join('\r\n');
    const read = readCsv(text, MAPPING, NAMED);
    expect(read.items.map(({ line, key, name }) => [line, key, name])).toEqual([
      [3, 'A2', 'two'],
      [6, 'A5', 'five "V"'],
      [8, 'A7', 'seven'],
    ]);
    expect(read.faults).toEqual([
      { line: 2, what: 'A1,"one', reason: 'something stands behind a closing quote' },
      { line: 4, what: 'A3,"three" and more', reason: 'something stands behind a closing quote' },
      { line: 5, what: 'A4,4" disk', reason: 'a quote stands inside a cell that does not begin with one' },
      { line: 7, what: 'A6,"never', reason: 'a quote is opened and never closed' },
    ]);
  });

  it.each([
    ['', 'The file is empty.'],
    ['Asset,Name,Name\nA1,one,two', 'The file has more than one column "Name"'],
    ['Asset,"Name\nA1,one', 'The head of the table cannot be read: a quote is opened and never closed.'],
    [`Asset${',x'.repeat(1_000)}`, 'The file has more than 1000 columns.'],
    [`Asset${'\nA1'.repeat(100_001)}`, 'The file has more than 100000 rows'],
    ['Name\nx', 'The file has no column "Asset", which tells its rows apart.'],
  ])('[CFG-94] a table that cannot be read as one is refused as a whole, in words: %#', (text, words) => {
    expect(() => readCsv(text, MAPPING, NAMED)).toThrow(words);
  });
});
