import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import type { ImportAnswer } from './configuration-schemas.ts';

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

const send = (query: string, body: BodyInit, by = admin) =>
  fetch(`${server.url}/api/configuration/import?${query}`, {
    method: 'POST',
    headers: { cookie: by.cookie },
    body,
  });

async function run(query: string, body: BodyInit): Promise<ImportAnswer> {
  const answer = await send(query, body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as ImportAnswer;
}

async function kept(): Promise<readonly number[]> {
  const tables = ['configuration_item', 'configuration_relation', 'configuration_origin', 'event'] as const;
  const counts = tables.map((table) =>
    server.store.reader
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  );
  return (await Promise.all(counts)).map(({ count }) => count);
}

const nothing = { made: 0, changed: 0, related: 0, gone: [] };

const MAPPING = JSON.stringify({
  ...{ class: 'server', identity: ['Asset'] },
  columns: {
    Name: { kind: 'name' },
    Serial: { kind: 'attribute', attribute: 'serial' },
    Memory: { kind: 'attribute', attribute: 'memory_gb' },
    On: { kind: 'relation', type: 'connects_to' },
  },
});
const TABLE = `format=csv&name=racks&mapping=${encodeURIComponent(MAPPING)}`;

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
        expect(trial.plan?.made).toHaveLength(trial.made);
        const first = await run(query, body);
        expect(first).toEqual({ ...trial, dryRun: false, plan: null });
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
    expect(trial.plan?.changed).toMatchObject([
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

  it('[CFG-20] is for those who manage the configuration and run imports, also the preview', async () => {
    for (const who of ['requester', 'agent', 'lead']) {
      const by = await server.signIn(`${who}@desk.test`);
      expect((await send('format=netbox&dryRun=true', '[]', by)).status).toBe(403);
    }
  });
});
