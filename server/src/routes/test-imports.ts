/** What tests of imports into the configuration share. */
import type { ImportReport } from '@muster/domain/configuration';
import { expect, vi } from 'vitest';
import type { TestServer, TestSession } from '../testing.ts';

const MAPPING = JSON.stringify({
  ...{ class: 'server', identity: ['Asset'] },
  columns: {
    Name: { kind: 'name' },
    Serial: { kind: 'attribute', attribute: 'serial' },
    Memory: { kind: 'attribute', attribute: 'memory_gb' },
    On: { kind: 'relation', type: 'connects_to' },
  },
});
export const TABLE = `format=csv&name=racks&mapping=${encodeURIComponent(MAPPING)}`;
export const SHOP = 'services:\n  db:\n    image: db:1\n';

export const CHAIN = TABLE.replace('connects_to', 'depends_on').replace('server', 'application');
/** Applications of which each depends on the one before it. */
export const chain = (length: number): string =>
  ['Asset;Name', ...Array.from({ length }, (_, place) => `A${place};Application ${place}`)]
    .map((row, place) => (place === 0 ? `${row};On` : `${row};${place === 1 ? '' : `A${place - 2}`}`))
    .join('\n');

/** Imports and waits for the answer. */
export function sendImport(
  server: TestServer,
  by: TestSession,
  query: string,
  body: BodyInit,
): Promise<Response> {
  return fetch(`${server.url}/api/configuration/import?${query}`, {
    method: 'POST',
    headers: { cookie: by.cookie },
    body,
  });
}

/** An import that is done: what it reports. */
export async function runImport(
  server: TestServer,
  by: TestSession,
  query: string,
  body: BodyInit,
): Promise<ImportReport> {
  const answer = await sendImport(server, by, query, body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as ImportReport;
}

/** How many items, relations, origins and events there are. */
export async function keptRows(server: TestServer): Promise<readonly number[]> {
  const tables = ['configuration_item', 'configuration_relation', 'configuration_origin', 'event'] as const;
  const counts = tables.map((table) =>
    server.store.reader
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  );
  return (await Promise.all(counts)).map(({ count }) => count);
}

/** Begins an import that is followed by its id. */
export function beginImport(
  server: TestServer,
  by: TestSession,
  query: string,
  body: BodyInit,
): Promise<Response> {
  return fetch(`${server.url}/api/configuration/imports?${query}`, {
    ...{ method: 'POST', headers: { cookie: by.cookie }, body },
  });
}

export interface ImportJob {
  readonly state: string;
  readonly done: number;
}

export async function standingImport(by: TestSession, id: string): Promise<ImportJob> {
  return (await (await by.call('GET', `/api/configuration/imports/${id}`)).json()) as ImportJob;
}

/** Waits for its end. */
export function endedImport(by: TestSession, id: string): Promise<ImportJob> {
  return vi.waitFor(
    async () => {
      const job = await standingImport(by, id);
      expect(job.state).not.toMatch(/^(reading|applying)$/);
      return job;
    },
    { timeout: 30_000, interval: 20 },
  );
}
