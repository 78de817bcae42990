/** Imports that follow a joining of two items, and what is left when it is taken back. */
import { recordId } from '@muster/domain/shared';
import type { ItemId } from '@muster/domain/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { TABLE, keptRows, runImport } from './test-imports.ts';

let server: TestServer;
let admin: TestSession;
beforeEach(async () => {
  server = await startTestServer();
  admin = await server.signIn('admin@desk.test');
});
afterEach(() => server.stop());

const run = (query: string, body: BodyInit) => runImport(server, admin, query, body);
const kept = () => keptRows(server);

const nothing = { made: 0, changed: 0, related: 0, gone: [] };

describe('an import after a joining', () => {
  it('[CFG-104] [CFG-111] writes one row of two items that were joined, and says the other with what it is the same as', async () => {
    const table = ['Asset;Name;Serial;On', 'A1;One;S1;', 'A2;Two;S2;', 'A3;Three;S3;A2'].join('\n');
    const racks = TABLE.replace('connects_to', 'contains');
    expect(await run(racks, table)).toMatchObject({ made: 3, related: 1 });
    const { rows } = await run(racks, table);
    const [one, two] = ['One', 'Two'].map((name) =>
      recordId(rows.left.find((row) => row.name === name)?.id ?? ''),
    );
    if (one === undefined || two === undefined) throw new Error('not made');
    expect(await admin.run('item.join', one, { other: two }, 1)).toMatchObject({ outcome: 'applied' });
    const before = await kept();
    expect(await run(racks, table)).toMatchObject({
      ...{ ...nothing, left: 2, relationsLeft: 1 },
      faults: [
        { line: 3, what: 'Two', reason: expect.stringMatching(/line 2, "One".*joined into "One"/) as string },
      ],
    });
    expect(await kept()).toEqual(before);
    // by another source, which knows neither
    const other = racks.replace('racks', 'shelf');
    expect(await run(`${other}&dryRun=true`, 'Asset;Name;Serial;On\nX2;Two;S2;')).toMatchObject({
      made: 0,
      changed: 1,
    });
    // [CFG-111] taken back, each is found again, also where a joining had moved its name for good
    const origins = server.store.writer.updateTable('configuration_origin').set({ item: one });
    await origins.where('item', '=', two).execute();
    const back = { from: 'retired', to: 'in_service', reason: 'two after all' };
    expect(await admin.run('item.step', two, back, 2)).toMatchObject({ outcome: 'applied' });
    const apart = await run(racks, table);
    expect(apart).toMatchObject({ made: 0, changed: 0, left: 3, faults: [] });
    expect(apart.rows.left.map(({ id }) => id)).toEqual(expect.arrayContaining([one, two]));
  });

  it('[CFG-111] leaves what another source calls the joined item with that one, though its serial number alone led there', async () => {
    const idOf = async (key: string, table: string): Promise<ItemId> => {
      const { rows } = await run(TABLE, table);
      return recordId(rows.left.find(({ name }) => name === key)?.id ?? '');
    };
    const table = 'Asset;Name;Serial\nA1;One;S1\nA2;Two;S2';
    await run(TABLE, table);
    const [one, two] = [await idOf('One', table), await idOf('Two', table)];
    expect(await admin.run('item.join', one, { other: two }, 1)).toMatchObject({ outcome: 'applied' });
    const shelf = TABLE.replace('racks', 'shelf');
    expect(await run(shelf, 'Asset;Name;Serial\nK;One;S2')).toMatchObject({ made: 0, changed: 1 });
    const again = await run(`${shelf}&dryRun=true`, 'Asset;Name;Serial\nK;One;S2');
    expect(again.rows.left).toMatchObject([{ id: one }]);

    const before = { fields: { attributes: { serial: 'S1' } } };
    expect(await admin.run('item.edit', one, before, 3)).toMatchObject({ outcome: 'applied' });
    const back = { from: 'retired', to: 'in_service', reason: 'two after all' };
    expect(await admin.run('item.step', two, back, 2)).toMatchObject({ outcome: 'applied' });
    const apart = await run(shelf, 'Asset;Name;Serial\nK;Two;S2');
    expect(apart).toMatchObject({ made: 0, changed: 0, faults: [] });
    expect(apart.rows.left).toMatchObject([{ id: two }]);
  });
});
