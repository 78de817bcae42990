import type { ConfigurationItem } from '@muster/domain/configuration';
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { SHOP, TABLE, beginImport, endedImport, keptRows, runImport, sendImport } from './test-imports.ts';

const DATA = new URL('../../../../shared/data/', import.meta.url);
const NETBOX = new URL('netbox/netbox-demo-v3.6.json.gz', DATA);
const COMPOSE = new URL('otel-demo/compose.yaml', DATA);
const WHY = 'the real files are not here';

let server: TestServer;
let admin: TestSession;
beforeEach(async () => {
  server = await startTestServer();
  admin = await server.signIn('admin@desk.test');
});
afterEach(() => server.stop());

const send = (query: string, body: BodyInit, by = admin) => sendImport(server, by, query, body);
const run = (query: string, body: BodyInit) => runImport(server, admin, query, body);
const kept = () => keptRows(server);

const nothing = { made: 0, changed: 0, related: 0, gone: [] };

const begin = (query: string, body: BodyInit, by = admin) => beginImport(server, by, query, body);
const ended = (id: string) => endedImport(admin, id);

describe('an import of the configuration over HTTP', () => {
  it.skipIf(!existsSync(NETBOX) || !existsSync(COMPOSE))(
    `[CFG-90] [CFG-93] brings the real files in as it said before, and changes nothing the second time (skipped where ${WHY})`,
    { timeout: 120_000 },
    async () => {
      const files = [
        ['format=netbox', readFileSync(NETBOX)],
        ['format=compose&name=otel-demo', readFileSync(COMPOSE)],
      ] as const;
      for (const [query, body] of files) {
        const before = await kept();
        const trial = await run(`${query}&dryRun=true`, body);
        expect(await kept()).toEqual(before);
        expect(trial.made).toBeGreaterThan(10);
        expect(trial.rows.made).toHaveLength(trial.made);
        const first = await run(query, body);
        expect(first).toEqual({ ...trial, dryRun: false });
        const after = await kept();
        const again = await run(query, body);
        expect(again).toMatchObject({ ...nothing, left: first.made, relationsLeft: first.related });
        expect(again.faults).toEqual(first.faults);
        expect(await kept()).toEqual(after);
      }
      expect((await server.store.verify()).findings).toEqual([]);
    },
  );

  it('[CFG-90] [CFG-91] [CFG-92] says row by row what is broken, takes the rest, and changes what says otherwise', async () => {
    const table = [
      'Asset;Name;Serial;Memory;On',
      'A1;One;S1;64;A2',
      'A2;Two;S2;much;',
      'A3;Three;S1;;',
      'A4;Four;S4;8;',
    ];
    const first = await run(TABLE, gzipSync(table.join('\n')));
    expect(first).toMatchObject({ source: 'csv racks', made: 2, changed: 0, related: 0 });
    expect(first.faults.map(({ line, what }) => `${line} ${what}`).toSorted()).toEqual([
      ...['2 A1 connects to A2', '3 A2', '4 Three'],
    ]);
    const mended = table.with(2, 'A2;Two;S2;32;').with(1, 'A1;Uno;S1;64;').slice(0, 3).join('\n');
    const trial = await run(`${TABLE}&dryRun=true`, mended);
    expect(trial.rows.changed).toMatchObject([
      { line: 2, name: 'Uno', changes: [{ field: 'name', was: 'One', is: 'Uno' }] },
    ]);
    expect(trial).toMatchObject({ made: 1, changed: 1, gone: [{ name: 'Four' }], faults: [] });
    expect(await run(TABLE, mended)).toMatchObject({ made: 1, changed: 1, faults: [] });
    expect(await run(TABLE, mended)).toMatchObject({
      made: 0,
      changed: 0,
      left: 2,
      gone: [{ name: 'Four' }],
    });
  });

  it('[CFG-90] [CFG-93] changes what a trial shows and no name that the file does not say', async () => {
    await run(TABLE, 'Asset;Name;Serial;Memory\nA1;web-01;S1;32');
    const columns = { Memory: { kind: 'attribute', attribute: 'memory_gb' } };
    const serial = { Serial: { kind: 'attribute', attribute: 'serial' } };
    const mapping = { class: 'server', identity: ['Serial'], columns: { ...columns, ...serial } };
    const query = `format=csv&name=stock&mapping=${encodeURIComponent(JSON.stringify(mapping))}`;
    expect((await run(query, 'Serial;Memory\nS1;64')).rows.changed).toMatchObject([
      { changes: [{ field: 'memory_gb', was: 32, is: 64 }] },
    ]);
    const { data } = await server.store.reader
      .selectFrom('configuration_item')
      .select('data')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(data)).toMatchObject({ name: 'web-01', attributes: { memory_gb: 64 } });
  });

  it('[CFG-113] takes what its trial says of rows that share what identifies them, and of what one gives up', async () => {
    const query = TABLE.replace('racks', 'moved');
    await run(query, 'Asset;Name;Serial\nA1;One;S1\nA2;Two;S2');
    const table = 'Asset;Name;Serial\nA1;One;S9\nA3;Three;S1\nA4;Four;S4\nA5;Five;S4';
    const trial = await run(`${query}&dryRun=true`, table);
    expect(trial).toMatchObject({ made: 2, changed: 1, faults: [{ line: 5, what: 'Five' }] });
    expect(await run(query, table)).toEqual({ ...trial, dryRun: false });
  });

  it('[CFG-100] warns in a trial of what would be made beside an item of the same name and class', async () => {
    await run(TABLE, 'Asset;Name\nA1;One\nA2;Two');
    const other = TABLE.replace('racks', 'other');
    const trial = await run(`${other}&dryRun=true`, 'Asset;Name\nB1;ONE\nB2;Three');
    expect(trial).toMatchObject({
      made: 2,
      alike: [{ line: 2, name: 'ONE', class: 'server', there: { name: 'One', number: 'CI-2026-00001' } }],
    });
    expect((await run(other, 'Asset;Name\nB2;Three')).alike).toEqual([]);
  });

  it('[CFG-101] takes owner and team by what they are called, and a row without whom it does not know', async () => {
    const columns = { Who: { kind: 'owner' }, Team: { kind: 'team' } };
    const mapping = JSON.stringify({ class: 'server', identity: ['Asset'], columns });
    const query = `format=csv&name=owned&mapping=${encodeURIComponent(mapping)}`;
    const table = ['Asset;Who;Team', 'A1;agent@desk.test;network', 'A2;Lena Lead;', 'A3;Nobody;Desk'];
    const first = await run(query, table.join('\n'));
    expect(first).toMatchObject({ made: 3, faults: [], partly: [{ line: 4, what: 'A3' }] });
    const rows = await server.store.reader.selectFrom('configuration_item').select('data').execute();
    const items = rows
      .map(({ data }) => JSON.parse(data) as ConfigurationItem)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(items.map(({ owner, team }) => [owner !== null, team !== null])).toEqual([
      ...[
        [true, true],
        [true, false],
      ],
      [false, true],
    ]);
    const again = await run(`${query}&dryRun=true`, table.with(2, 'A2;Arne Agent;').join('\n'));
    expect(again.rows.changed).toMatchObject([
      { changes: [{ field: 'owner', was: items[1]?.owner, is: items[0]?.owner }] },
    ]);
  });

  it('[CFG-27] [CFG-91] follows what people did meanwhile: a name said otherwise, a relation removed', async () => {
    const file = 'services:\n  web:\n    depends_on: [db]\n    network_mode: none\n  db:\n    image: db:1\n';
    const query = 'format=compose&name=shop';
    expect(await run(query, file)).toMatchObject({ made: 3, faults: [] });
    const { reader } = server.store;
    const items = await reader.selectFrom('configuration_item').select(['id', 'name', 'version']).execute();
    const web = items.find(({ name }) => name === 'web');
    const said = await admin.run('item.edit', web?.id ?? '', { fields: { name: 'Shop' } }, web?.version);
    expect(said.outcome).toBe('applied');
    for (let round = 0; round < 2; round += 1) {
      const standing = await reader
        .selectFrom('configuration_relation')
        .select('id')
        .where('type', '=', 'depends_on')
        .where('until', 'is', null)
        .executeTakeFirstOrThrow();
      expect((await admin.run('relation.remove', standing.id, {}, 1)).outcome).toBe('applied');
      expect(await run(query, file)).toMatchObject({ made: 0, changed: 1 - round, related: 1, faults: [] });
    }
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('[CFG-92] refuses as a whole what is none of its format, too large, or not said how to read', async () => {
    const before = await kept();
    const refused = [
      ['format=netbox', '{"a": 1}', 400, 'invalid-request'],
      ['format=netbox', gzipSync('[]').subarray(0, 12), 400, 'invalid-request'],
      ['format=backstage', new Uint8Array([0xff, 0xfe, 0x00]), 400, 'invalid-request'],
      ['format=backstage', gzipSync('#'.repeat(5 * 1024 * 1024)), 413, 'too-large'],
      ['format=csv&name=x', 'A\n1', 400, 'invalid-request'],
      [`format=csv&name=x&mapping=${encodeURIComponent('{"class":1}')}`, 'A\n1', 400, 'invalid-request'],
      ['format=compose', 'services: {}', 400, 'invalid-request'],
      ['format=word', 'x', 400, 'invalid-request'],
      ['format=netbox', '', 400, 'invalid-request'],
    ] as const;
    for (const [query, body, status, code] of refused) {
      const answer = await send(query, body);
      expect([query, answer.status]).toEqual([query, status]);
      expect(await answer.json()).toMatchObject({ code });
    }
    expect(await kept()).toEqual(before);
  });

  it('[CFG-20] is for those who manage the configuration and run imports, also trial, progress, report and stop', async () => {
    const { id } = (await (await begin('format=compose&name=x&dryRun=true', SHOP)).json()) as { id: string };
    await ended(id);
    for (const who of ['requester', 'agent', 'lead']) {
      const by = await server.signIn(`${who}@desk.test`);
      expect((await send('format=netbox&dryRun=true', '[]', by)).status).toBe(403);
      expect((await begin('format=netbox', '[]', by)).status).toBe(403);
      // the same answer whether there is such an import or not
      for (const path of ['', `/${id}`, `/${id}/report`, '/nothing'])
        expect((await by.call('GET', `/api/configuration/imports${path}`)).status).toBe(403);
      expect((await by.call('DELETE', `/api/configuration/imports/${id}`)).status).toBe(403);
    }
    expect((await server.call('GET', '/api/configuration/imports')).status).toBe(401);
    expect((await admin.call('GET', '/api/configuration/imports/nothing')).status).toBe(404);
  });

  it('[CFG-99] reads an export of NetBox that comes in several files, what hangs together across them', async () => {
    const record = (model: string, pk: number, fields: object) => JSON.stringify([{ model, pk, fields }]);
    const files = [
      record('dcim.site', 1, { name: 'Basel', status: 'active' }),
      record('dcim.rack', 7, { name: 'R7', status: 'active', site: 1 }),
    ];
    const body = files.map((file) => `\u001E${file}\n`).join('');
    expect(await run('format=netbox', body)).toMatchObject({ made: 2, related: 1, faults: [] });
    const refused = await send('format=netbox', `${body}\u001E{`);
    expect(await refused.json()).toMatchObject({ detail: 'File 3 is no JSON.' });
  });

  it('[CFG-91] tells two inventories or catalogues apart by their names, whatever they call their things', async () => {
    const site = (name: string) =>
      JSON.stringify([{ model: 'dcim.site', pk: 1, fields: { name, status: 'active' } }]);
    const first = await run('format=netbox', site('Basel'));
    expect(first).toMatchObject({ source: 'netbox', made: 1 });
    const second = await run('format=netbox&name=Lab', site('Zurich'));
    expect(second).toMatchObject({ source: 'netbox Lab', made: 1, changed: 0 });
    expect(await run('format=netbox', site('Basel'))).toMatchObject({ made: 0, left: 1 });
    expect(await run('format=netbox&name=Lab', site('Zurich'))).toMatchObject({ made: 0, left: 1 });
    const shop = 'apiVersion: b/1\nkind: Component\nmetadata: { name: shop, title: Shop }\n';
    expect(await run('format=backstage', shop)).toMatchObject({ source: 'backstage', made: 1 });
    expect(await run('format=backstage&name=Lab', shop)).toMatchObject({ source: 'backstage Lab', made: 1 });
  });
});
