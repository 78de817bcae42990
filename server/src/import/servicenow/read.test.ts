import { CsvError } from 'csv-parse';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SERVICENOW_MAPPING } from './mapping.ts';
import { NotAnEventLog, readGroups } from './read.ts';
import type { Group } from './read.ts';
import { line, log } from './test-log.ts';

async function read(content: string | Buffer): Promise<Group[]> {
  const groups: Group[] = [];
  for await (const group of readGroups(Readable.from([Buffer.from(content)]), DEFAULT_SERVICENOW_MAPPING))
    groups.push(group);
  return groups;
}

describe('reading an event log', () => {
  test('rows of one number stand together as one group', async () => {
    const groups = await read(
      log(line(), line({ incident_state: 'Active' }), line({ number: 'INC0000046' })),
    );
    expect(groups.map((group) => [group.number, group.rows.length])).toEqual([
      ['INC0000045', 2],
      ['INC0000046', 1],
    ]);
  });

  test('a gzip file reads like the plain one', async () => {
    const content = log(line(), line({ incident_state: 'Resolved' }));
    expect(await read(gzipSync(content))).toEqual(await read(content));
  });

  test('a gzip file that was cut off is said to be damaged', async () => {
    const content = log(
      ...Array.from({ length: 2000 }, (_, index) =>
        line({ number: `INC${index}`, location: `L ${index * 7919}` }),
      ),
    );
    const cut = gzipSync(content).subarray(0, 4000);
    await expect(read(cut)).rejects.toThrow(NotAnEventLog);
  });

  test('a file of something else is refused with the columns that are missing', async () => {
    await expect(read('name,colour\nroof,red\n')).rejects.toThrow(/missing: number, incident_state/);
  });

  test.each([
    [{ incident_state: '-100' }, 'state "-100" is not in the mapping'],
    [
      { opened_at: '31/2/2016 10:00' },
      'opened_at "31/2/2016 10:00" is not a time of the form d/m/yyyy HH:MM',
    ],
    [{ sys_updated_at: 'yesterday' }, 'sys_updated_at "yesterday" is not a time of the form d/m/yyyy HH:MM'],
    [{ incident_state: 'constructor' }, 'state "constructor" is not in the mapping'],
    [{ impact: 'High' }, 'impact "High" is not 1, 2 or 3'],
    [{ priority: '9 - Odd' }, 'priority "9 - Odd" is not 1 to 5'],
  ])('a bad row is set aside with its line and reason: %o', async (columns, reason) => {
    const [group] = await read(log(line(), line(columns), line({ incident_state: 'Active' })));
    expect(group?.rows).toHaveLength(2);
    expect(group?.problems).toEqual([{ line: 3, record: 'INC0000045', reason }]);
  });

  test('a quote that is never closed does not take the rest of the file into memory', async () => {
    const rest = `${line()}\n`.repeat(3_000);
    await expect(read(`${log(line(), line({ location: '"open' }))}${rest}`)).rejects.toThrow(CsvError);
  });

  test('a record with more rows than anybody works is refused with the line', async () => {
    await expect(read(log(...Array<string>(5_001).fill(line())))).rejects.toThrow(
      /^line 5002: more than 5000/,
    );
  });

  test('a row with too few columns is set aside, the next one is read', async () => {
    const [group] = await read(log(line(), 'INC0000045,Active', line({ incident_state: 'Resolved' })));
    expect(group?.problems).toMatchObject([
      { line: 3, reason: 'the row does not have the columns of the header' },
    ]);
    expect(group?.rows).toHaveLength(2);
  });
});
