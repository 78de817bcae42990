import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readJson, socketTransport } from '../cli/transport.ts';
import { log, line } from '../import/servicenow/test-log.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer } from '../testing.ts';
import type { VerifyReport } from '../store/store.ts';
import { controlPath, listenControl } from './socket.ts';
import { controlApp } from './app.ts';
import { controlPort } from './port.ts';

describe('the command line beside a running server', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(() => server.stop());

  const send = (path: string, body: string | Readable) =>
    socketTransport(controlPath(server.dataFolder))({ path, body });

  test('imports through the server, so that open queues see it at once', async () => {
    const agent = await server.signIn('agent@desk.test');
    const documents = (await (await agent.call('GET', '/api/documents')).json()) as {
      documents: { name: string }[];
    };
    const board = documents.documents.find(({ name }) => name.startsWith('board/incident@'));
    const client = agent.open(board?.name ?? '');
    await client.synced();
    const rows = client.doc.getMap('rows');
    const arrived = new Promise<void>((resolve) => rows.observe(() => resolve()));
    const { ok, lines } = await send(
      '/import/servicenow',
      Readable.from([log(line({ incident_state: 'Active' }))]),
    );
    const progress: unknown[] = [];
    for await (const text of lines) progress.push(JSON.parse(text));
    expect(ok).toBe(true);
    expect(progress.at(-1)).toMatchObject({ state: 'done', made: 1 });
    await arrived;
    expect(rows.size).toBe(1);
  });

  test('a key made on the command line opens the API within its scopes', async () => {
    const body = JSON.stringify({ name: 'monitoring', scopes: ['incident.read'] });
    const { secret } = await readJson<{ secret: string }>(await send('/key', body));
    const authorization = `Bearer ${secret}`;
    expect((await server.call('GET', '/api/records', undefined, { authorization })).status).toBe(200);
    expect((await server.call('GET', '/api/people', undefined, { authorization })).status).toBe(403);
  });

  test('verifies and backs up the store while it is in use', async () => {
    const report = await readJson<VerifyReport>(await send('/verify', '{}'));
    expect(report).toMatchObject({ ok: true, findings: [] });
    const file = `${server.dataFolder}/copy.db`;
    expect(await readJson(await send('/backup', JSON.stringify({ file })))).toEqual({ file });
  });

  test('makes, lists and revokes an integration, whose key then opens nothing', async () => {
    const asked = JSON.stringify({ name: 'Prometheus', kind: 'pagerduty' });
    const { id, key } = await readJson<{ id: string; key: string }>(await send('/integration/create', asked));
    const event = { routing_key: key, event_action: 'resolve', dedup_key: 'x' };
    expect((await server.call('POST', `/api/alerts/${id}`, event)).status).toBe(202);
    const { integrations } = await readJson<{ integrations: object[] }>(
      await send('/integration/list', '{}'),
    );
    expect(integrations).toMatchObject([{ id, name: 'Prometheus', counts: { received: 1 } }]);
    await readJson(await send('/integration/revoke', JSON.stringify({ id })));
    expect((await server.call('POST', `/api/alerts/${id}`, event)).status).toBe(401);
  });

  test('names the scope that does not exist', async () => {
    const answer = send('/key', JSON.stringify({ name: 'x', scopes: ['incident.fly'] }));
    await expect(answer.then(readJson)).rejects.toThrow('"incident.fly" is not a permission');
  });

  test('a second owner of the data folder is refused', async () => {
    const app = controlApp(controlPort(server.store, server.access));
    await expect(listenControl(server.dataFolder, app)).rejects.toThrow('another Muster server is running');
  });
});
