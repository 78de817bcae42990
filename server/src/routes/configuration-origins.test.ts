/** Which imports an item is told to come from. */
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { TABLE, runImport } from './test-imports.ts';

let server: TestServer;
let admin: TestSession;
let agent: TestSession;
beforeEach(async () => {
  server = await startTestServer();
  [admin, agent] = [await server.signIn('admin@desk.test'), await server.signIn('agent@desk.test')];
});
afterEach(() => server.stop());

const ROWS = 'Asset;Name;Serial\nA1;One;S1\nA2;Two;S2';

async function idsOf(table: string, rows: string): Promise<readonly RecordId[]> {
  const { rows: found } = await runImport(server, admin, table, rows);
  return ['One', 'Two'].map((name) => recordId(found.left.find((row) => row.name === name)?.id ?? ''));
}

const originsOf = async (id: string): Promise<unknown> =>
  (await agent.call('GET', `/api/configuration/items/${id}/origins`)).json();

describe('where an item comes from', () => {
  it('[CFG-133] is told as who made it here, and as the source that found it by its serial number', async () => {
    const id = recordId(ulid());
    const fields = { class: 'server', name: 'One', attributes: { serial: 'S1' } };
    expect(await agent.run('item.create', id, { fields, state: 'in_service' })).toMatchObject({
      outcome: 'applied',
    });
    const made = { by: agent.person, at: expect.any(Number) as number };
    expect(await originsOf(id)).toEqual({ made, sources: [] });
    await runImport(server, admin, TABLE, ROWS);
    expect(await originsOf(id)).toEqual({
      made,
      sources: [{ source: 'csv racks', key: 'A1', made: false }],
    });
  });

  it('[CFG-133] is told as the source that made it, with who imported it, and each further one', async () => {
    await runImport(server, admin, TABLE, ROWS);
    const [one] = (await idsOf(TABLE, ROWS)) as [RecordId];
    await runImport(server, admin, TABLE.replace('racks', 'shelf'), 'Asset;Name;Serial\nK;One;S1');
    expect(await originsOf(one)).toEqual({
      made: { by: admin.person, at: expect.any(Number) as number },
      sources: [
        { source: 'csv racks', key: 'A1', made: true },
        { source: 'csv shelf', key: 'K', made: false },
      ],
    });
  });

  it('[CFG-133] stays with the item that a source brought, though a joining had moved its name to another', async () => {
    await runImport(server, admin, TABLE, ROWS);
    const [one, two] = (await idsOf(TABLE, ROWS)) as [RecordId, RecordId];
    expect(await admin.run('item.join', one, { other: two }, 1)).toMatchObject({ outcome: 'applied' });
    const origins = server.store.writer.updateTable('configuration_origin').set({ item: one });
    await origins.where('item', '=', two).execute();
    expect(await originsOf(one)).toMatchObject({ sources: [{ key: 'A1' }] });
    expect(await originsOf(two)).toMatchObject({ sources: [{ key: 'A2', made: true }] });
  });
});
