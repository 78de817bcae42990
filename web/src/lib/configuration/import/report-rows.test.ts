import { DEFAULT_CLASSES, DEFAULT_RELATION_TYPES } from '@muster/domain/configuration';
import type { ImportReport } from '@muster/domain/configuration';
import { describe, expect, it } from 'vitest';
import { filterRows, reportCsv, rowsOf } from './report-rows.ts';
import { bodyOf, sourceOf, stemOf, topOf } from './source-files.ts';

const WORDING = {
  ...{ classes: DEFAULT_CLASSES, types: DEFAULT_RELATION_TYPES },
  names: { person: (id: string) => `Person ${id}`, team: (id: string) => `Team ${id}` },
};
const row = (id: string, line: number) => ({ id, line, class: 'server', name: `Server ${id}` });
const REPORT: ImportReport = {
  ...{ source: 'csv racks', dryRun: true, made: 1, changed: 1, left: 1, related: 1 },
  ...{ relationsLeft: 0, replaced: 0, notReached: 0 },
  gone: [{ id: 'D', number: 'CI-7', name: 'Server D' }],
  unread: [],
  alike: [
    { line: 2, class: 'server', name: 'Server A', there: { id: 'Z', number: 'CI-3', name: 'server a' } },
  ],
  partly: [{ line: 3, what: 'B', reason: 'there is no team "Net"; no team is read from the row' }],
  faults: [{ line: 9, what: '=A9,"x', reason: 'a quote is opened and never closed' }],
  rows: {
    made: [
      {
        ...row('A', 2),
        said: [
          { field: 'state', is: 'in_service' },
          { field: 'memory_gb', is: 16 },
        ],
      },
    ],
    changed: [
      {
        ...row('B', 3),
        changes: [
          { field: 'memory_gb', was: 32, is: 64 },
          { field: 'vendor', was: null, is: 'Dell' },
          { field: 'owner', was: null, is: 'ann' },
        ],
      },
    ],
    left: [row('C', 4)],
    related: [{ type: 'hosted_on', from: 'A', to: 'R', fromName: 'Server A', toName: 'Rack 1' }],
    replaced: [],
  },
};

describe('the report of an import', () => {
  it('[CFG-90] has what was refused first, each change field by field, and pages of what is there', () => {
    const rows = rowsOf(REPORT, WORDING);
    expect(rows.map(({ kind }) => kind)).toEqual([
      'refused',
      'partly',
      'alike',
      'made',
      'changed',
      'left',
      'related',
      'gone',
    ]);
    expect(rows[3]?.said).toEqual([
      { field: 'State', is: 'In service' },
      { field: 'Memory (GB)', is: '16' },
    ]);
    expect(rows[4]?.changes).toEqual([
      { field: 'Memory (GB)', was: '32', is: '64' },
      { field: 'Vendor', was: 'nothing', is: 'Dell' },
      { field: 'Owner', was: 'nothing', is: 'Person ann' },
    ]);
    expect(rows.map(({ href }) => href)).toEqual([
      ...[
        null,
        null,
        '/configuration/Z',
        null,
        '/configuration/B',
        '/configuration/C',
        null,
        '/configuration/D',
      ],
    ]);
    expect(rowsOf({ ...REPORT, dryRun: false }, WORDING)[3]?.href).toBe('/configuration/A');
    expect(rows[6]).toMatchObject({ what: 'Server A', detail: 'hosted on Rack 1' });
  });

  it('[CFG-100] says of what would be made which item of its name and class is there, in its table too', () => {
    const rows = rowsOf(REPORT, WORDING);
    expect(rows[2]).toMatchObject({
      ...{ kind: 'alike', line: 2, what: 'Server A', class: 'Server', href: '/configuration/Z' },
      detail: 'an item of this name and class is there: CI-3 server a',
    });
    expect(reportCsv(rows)).toContain('\r\nsame name,2,Server A,Server,an item of this name');
  });

  it('[CFG-116] has what an earlier import made and what takes its place', () => {
    const by = { type: 'hosted_on', from: 'L', to: 'S', fromName: 'Room', toName: 'Site' };
    const was = { type: 'contains', from: 'S', to: 'L', fromName: 'Site', toName: 'Room' };
    const report = { ...REPORT, replaced: 1, rows: { ...REPORT.rows, replaced: [{ ...was, by }] } };
    expect(rowsOf(report, WORDING).find(({ kind }) => kind === 'replaced')).toMatchObject({
      what: 'Site',
      detail: 'contains Room, of an earlier import; instead Room hosted on Site',
    });
  });

  it('[CFG-90] is filtered by what becomes of a row and by words', () => {
    const rows = rowsOf(REPORT, WORDING);
    expect(filterRows(rows, { kind: 'made', words: '' })).toHaveLength(1);
    expect(filterRows(rows, { kind: '', words: 'RACK' }).map(({ kind }) => kind)).toEqual(['related']);
  });

  it('[CFG-90] is taken along as a table that no spreadsheet runs', () => {
    expect(reportCsv(rowsOf(REPORT, WORDING)).split('\r\n').slice(0, 8)).toEqual([
      'what became of it,line,item,class,detail,field,from,to',
      `refused,9,"'=A9,""x",,a quote is opened and never closed,,,`,
      'taken in part,3,B,,"there is no team ""Net""; no team is read from the row",,,',
      'same name,2,Server A,Server,an item of this name and class is there: CI-3 server a,,,',
      'made,2,Server A,Server,,State,,In service',
      'made,2,Server A,Server,,Memory (GB),,16',
      'changed,3,Server B,Server,,Memory (GB),32,64',
      'changed,3,Server B,Server,,Vendor,nothing,Dell',
    ]);
  });
});

describe('files that are chosen', () => {
  const packed = async (text: string): Promise<ArrayBuffer> =>
    new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();

  it('[CFG-99] go as a sequence where they are several, unpacked', async () => {
    const one = new File(['[1]'], 'one.json');
    const two = new File([await packed('[2]')], 'two.json.gz');
    expect(await bodyOf([one])).toBe(one);
    expect(await (await bodyOf([one, two])).text()).toBe('\u001E[1]\n\u001E[2]\n');
    await expect(bodyOf([one, new File([(await packed('[2]')).slice(0, 12)], 'cut.gz')])).rejects.toThrow(
      'cut.gz is damaged or cut off.',
    );
  });

  it('[CFG-119] say by their name where they come from, or else by how they begin', async () => {
    const seems = (name: string, text = ''): Promise<string | null> => sourceOf(new File([text], name));
    for (const name of ['racks.csv', 'Racks.TSV', 'racks.csv.gz']) expect(await seems(name)).toBe('csv');
    for (const name of ['compose.yaml', 'docker-compose.prod.yml', 'compose.override.yaml'])
      expect(await seems(name)).toBe('compose');
    expect(await seems('catalog-info.yaml')).toBe('backstage');
    expect(await seems('netbox.json')).toBe('netbox');
    const entity = '# Ours\napiVersion: backstage.io/v1alpha1\nkind: Component\n';
    expect(await seems('all.yaml', entity)).toBe('backstage');
    expect(await sourceOf(new File([await packed(entity)], 'all.yml.gz'))).toBe('backstage');
    expect(await seems('shop.yml', 'services:\n  web: {}\n')).toBe('compose');
    for (const name of ['values.yaml', 'racks.txt', 'racks']) expect(await seems(name, 'a: 1\n')).toBeNull();
  });

  it('[CFG-98] show their beginning, packed too, without a line that is cut in its middle', async () => {
    expect(await topOf(new File([await packed('A,B\n1,2')], 'x.csv.gz'))).toBe('A,B\n1,2');
    const long = await topOf(new File([`${'x'.repeat(99)}\n`.repeat(9_000)], 'long.csv'));
    expect(long.length).toBeLessThan(900_000);
    expect(long.endsWith('\n')).toBe(true);
    expect(stemOf('racks.csv.gz')).toBe('racks');
  });
});
