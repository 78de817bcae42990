import type { ImportReport } from '@muster/domain/configuration';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import {
  CHAIN,
  SHOP,
  beginImport,
  chain,
  endedImport,
  keptRows,
  runImport,
  standingImport,
} from './test-imports.ts';

let server: TestServer;
let admin: TestSession;
beforeEach(async () => {
  server = await startTestServer();
  admin = await server.signIn('admin@desk.test');
});
afterEach(() => server.stop());

const run = (query: string, body: BodyInit) => runImport(server, admin, query, body);
const kept = () => keptRows(server);

const begin = (query: string, body: BodyInit, by = admin) => beginImport(server, by, query, body);
const standing = (id: string) => standingImport(admin, id);
const ended = (id: string) => endedImport(admin, id);

async function reported(id: string): Promise<ImportReport> {
  return (await (await admin.call('GET', `/api/configuration/imports/${id}/report`)).json()) as ImportReport;
}

describe('an import of the configuration that is followed', () => {
  it('[CFG-96] tells how far it is and keeps its report; meanwhile nothing else is imported or tried', async () => {
    const table = chain(250);
    const begun = await begin(CHAIN, table);
    expect(begun.status).toBe(202);
    const { id } = (await begun.json()) as { id: string };
    for (const dryRun of [true, false]) {
      const second = await begin(`${CHAIN}&dryRun=${dryRun}`, table);
      expect(await second.json()).toMatchObject({ code: 'import-running' });
    }
    expect(await (await admin.call('GET', '/api/configuration/imports')).json()).toMatchObject([
      { id, by: admin.person, dryRun: false, format: 'csv', name: 'racks' },
    ]);
    expect(await ended(id)).toMatchObject({
      state: 'done',
      done: 499,
      of: 499,
      hasReport: true,
      error: null,
    });
    expect(await reported(id)).toMatchObject({ made: 250, related: 249, notReached: 0, faults: [] });
  });

  it('[CFG-96] that is stopped keeps what it applied, each item with its relations, and the next one does the rest', async () => {
    const table = chain(1_500);
    const { id } = (await (await begin(CHAIN, table)).json()) as { id: string };
    await vi.waitFor(async () => expect((await standing(id)).done).toBeGreaterThan(0), {
      ...{ timeout: 60_000, interval: 5 },
    });
    expect((await admin.call('DELETE', `/api/configuration/imports/${id}`)).status).toBe(204);
    expect(await ended(id)).toMatchObject({ state: 'cancelled', hasReport: true });
    const report = await reported(id);
    expect(report.made).toBeGreaterThan(0);
    expect(report.made).toBeLessThan(1_500);
    expect(report.made + report.related + report.notReached).toBe(2_999);
    // every one of a chain hangs on the one before it
    expect(report.related).toBe(report.made - 1);
    const [items, relations] = await kept();
    expect([items, relations]).toEqual([report.made, report.related]);
    const rest = await run(CHAIN, table);
    expect(rest).toMatchObject({
      left: report.made,
      made: 1_500 - report.made,
      relationsLeft: report.related,
    });
  });

  it('[CFG-96] [CFG-20] ends when the rights of whoever began it are taken away, and says so', async () => {
    const having = (role: string) =>
      server.store.writer
        .updateTable('person')
        .set({ roles: JSON.stringify([role]) })
        .where('email', '=', 'agent@desk.test')
        .execute();
    await having('administrator');
    const by = await server.signIn('agent@desk.test');
    const { id } = (await (await begin(CHAIN, chain(1_500), by)).json()) as { id: string };
    await vi.waitFor(async () => expect((await standing(id)).done).toBeGreaterThan(0), {
      ...{ timeout: 60_000, interval: 5 },
    });
    await having('agent');
    expect(await ended(id)).toMatchObject({
      ...{ state: 'cancelled', error: expect.stringContaining('may not import any more') as string },
    });
    const report = await reported(id);
    expect(report.made).toBeLessThan(1_500);
    expect(report.related).toBe(report.made - 1);
  });

  it('[CFG-96] an upload that stalls keeps nobody else from importing', async () => {
    let finish = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(SHOP));
        finish = () => controller.close();
      },
    });
    const stalled = fetch(`${server.url}/api/configuration/import?format=compose&name=slow`, {
      ...{ method: 'POST', headers: { cookie: admin.cookie }, body, duplex: 'half' },
    } as RequestInit);
    expect(await run('format=compose&name=quick', SHOP)).toMatchObject({ made: 2 });
    finish();
    expect(await (await stalled).json()).toMatchObject({ source: 'compose slow', made: 2 });
  });

  it('[CFG-96] a reading that is stopped ends, and its place is free', async () => {
    const { id } = (await (await begin(`${CHAIN}&dryRun=true`, chain(20_000))).json()) as { id: string };
    await admin.call('DELETE', `/api/configuration/imports/${id}`);
    expect((await ended(id)).state).toMatch(/^(cancelled|done)$/);
    expect((await begin(`${CHAIN}&dryRun=true`, chain(2))).status).toBe(202);
  });

  it('[CFG-92] [CFG-96] says in words why a file is refused', async () => {
    const { id } = (await (await begin('format=netbox', '{')).json()) as { id: string };
    expect(await ended(id)).toMatchObject({
      ...{ state: 'refused', error: 'The file is no JSON.', hasReport: false },
    });
    const large = await begin('format=backstage', gzipSync('#'.repeat(5 * 1024 * 1024)));
    expect(await ended(((await large.json()) as { id: string }).id)).toMatchObject({
      ...{ state: 'too-large', error: 'the file is over 4 MiB' },
    });
  });
});
