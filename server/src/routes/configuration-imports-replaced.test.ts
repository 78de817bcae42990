/** Imports of a source that is read otherwise today than when it was imported first. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stableId } from '../import/stable-id.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { runImport } from './test-imports.ts';

let server: TestServer;
let admin: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn('admin@desk.test');
});
afterAll(() => server.stop());

const record = (model: string, pk: number, fields: object) => ({ model, pk, fields });
const inventory = (site: number | null, cable: number | null) =>
  JSON.stringify([
    record('dcim.site', 1, { name: 'Basel' }),
    record('dcim.location', 2, { name: 'Hall', site }),
    record('dcim.devicerole', 3, { name: 'Router' }),
    record('dcim.device', 4, { name: 'edge', role: 3 }),
    record('circuits.circuit', 5, { cid: 'L-5' }),
    record('dcim.interface', 6, { device: 4, cable, cable_end: 'A' }),
    record('circuits.circuittermination', 7, { circuit: 5, cable, cable_end: 'B' }),
  ]);

const standing = async (): Promise<readonly string[]> => {
  const relations = await server.store.reader
    .selectFrom('configuration_relation as relation')
    .innerJoin('configuration_item as one', 'one.id', 'relation.from_item')
    .innerJoin('configuration_item as other', 'other.id', 'relation.to_item')
    .select(['one.name as from', 'relation.type', 'other.name as to'])
    .where('until', 'is', null)
    .execute();
  return relations.map(({ from, type, to }) => `${from} ${type} ${to}`).toSorted();
};

describe('an import of what an earlier one related otherwise', () => {
  it('[CFG-116] puts the new relations in the place of the old, says so before, and does it once', async () => {
    const run = (query: string, body: string) => runImport(server, admin, query, body);
    const { rows } = await run('format=netbox', inventory(null, null));
    const idOf = (name: string): string => rows.made.find((each) => each.name === name)?.id ?? '';
    // as earlier versions related them
    for (const [type, one, other] of [
      ['contains', 'Basel', 'Hall'],
      ['connects_to', 'L-5', 'edge'],
    ] as const) {
      const [from, to] = [idOf(one), idOf(other)];
      const id = stableId('netbox', 'relation', `${type} ${from} ${to} 0`);
      expect(await admin.run('relation.add', id, { type, from, to })).toMatchObject({ outcome: 'applied' });
    }
    const trial = await run('format=netbox&dryRun=true', inventory(1, 9));
    expect(trial).toMatchObject({ related: 2, replaced: 2, gone: [], faults: [] });
    expect(trial.rows.replaced).toMatchObject([
      { type: 'contains', fromName: 'Basel', toName: 'Hall', by: { type: 'hosted_on', fromName: 'Hall' } },
      { type: 'connects_to', fromName: 'L-5', toName: 'edge', by: { fromName: 'edge', toName: 'L-5' } },
    ]);
    expect(await run('format=netbox', inventory(1, 9))).toEqual({ ...trial, dryRun: false });
    expect(await standing()).toEqual(['Hall hosted_on Basel', 'edge connects_to L-5']);
    expect(await run('format=netbox', inventory(1, 9))).toMatchObject({
      ...{ related: 0, relationsLeft: 2, replaced: 0, faults: [] },
    });
    expect((await server.store.verify()).findings).toEqual([]);
  });
});
