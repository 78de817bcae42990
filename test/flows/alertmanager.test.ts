/** The real Alertmanager, where it is installed (`apt-get install prometheus-alertmanager`), against a real server. */
import { startTestServer } from '@muster/server/testing';
import type { TestServer } from '@muster/server/testing';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const BINARY = ['prometheus-alertmanager', 'alertmanager'].map(onPath).find((file) => file !== null) ?? null;
const PATIENT = { timeout: 60_000, interval: 100 };

let server: TestServer;
let folder: string;
let alertmanager: ChildProcess | null = null;
let api = '';
let integration = '';
beforeAll(async () => {
  if (BINARY === null) return;
  server = await startTestServer();
  folder = mkdtempSync(join(tmpdir(), 'muster-alertmanager-'));
  const admin = await server.signIn('admin@desk.test');
  const answer = await admin.call('POST', '/api/integrations', { name: 'Real', kind: 'alertmanager' });
  const made = (await answer.json()) as { integration: { id: string }; key: string };
  integration = made.integration.id;
  const config = {
    route: {
      receiver: 'muster',
      group_by: ['alertname'],
      group_wait: '200ms',
      group_interval: '400ms',
      repeat_interval: '1s',
    },
    receivers: [
      {
        name: 'muster',
        webhook_configs: [
          {
            url: `${server.url}/api/alerts/${integration}`,
            send_resolved: true,
            http_config: { authorization: { type: 'Bearer', credentials: made.key } },
          },
        ],
      },
    ],
  };
  // JSON is YAML
  writeFileSync(join(folder, 'alertmanager.yml'), JSON.stringify(config));
  const port = await freePort();
  api = `http://127.0.0.1:${port}/api/v2`;
  alertmanager = spawn(
    BINARY,
    [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  await vi.waitUntil(
    () =>
      fetch(`${api}/status`).then(
        ({ ok }) => ok,
        () => false,
      ),
    PATIENT,
  );
});
afterAll(async () => {
  if (BINARY === null) return;
  alertmanager?.kill('SIGTERM');
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const why = BINARY === null ? ' (left out: prometheus-alertmanager is not installed)' : '';

describe.skipIf(BINARY === null)(`the Alertmanager of Prometheus${why}`, () => {
  it('[INC-60] [INC-61] [INC-71] sends a group, sends it again and ends it, and one incident comes of it', async () => {
    const startsAt = new Date(Date.now() - 60_000).toISOString();
    await post(['a', 'b'].map((instance) => alert(instance, startsAt)));
    await vi.waitUntil(async () => (await firing()) === 2, PATIENT);
    const received = async () => (await counts()).received;
    const before = await received();
    await vi.waitUntil(async () => (await received()) > before, PATIENT);
    expect(await states()).toEqual(['new']);

    await post([alert('a', startsAt, new Date().toISOString())]);
    await vi.waitUntil(async () => (await firing()) === 1, PATIENT);
    expect(await states()).toEqual(['new']);

    await post([alert('b', startsAt, new Date().toISOString())]);
    await vi.waitUntil(async () => (await states()).includes('resolved'), PATIENT);
    expect(await states()).toEqual(['resolved']);
    expect((await counts()).malformed).toBe(0);
    expect((await counts()).episodes).toBe(2);
  });
});

function alert(
  instance: string,
  startsAt: string,
  endsAt = new Date(Date.now() + 600_000).toISOString(),
): object {
  return {
    labels: { alertname: 'InstanceDown', instance, severity: 'critical' },
    annotations: { summary: `${instance} does not answer` },
    startsAt,
    endsAt,
    generatorURL: 'http://prometheus.test/graph',
  };
}

async function post(alerts: readonly object[]): Promise<void> {
  const answer = await fetch(`${api}/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts),
  });
  expect(answer.status).toBe(200);
}

async function states(): Promise<readonly string[]> {
  const rows = await server.store.reader
    .selectFrom('record')
    .select('state')
    .where('requester', '=', integration)
    .execute();
  return rows.map(({ state }) => state);
}

async function firing(): Promise<number> {
  const rows = await server.store.reader
    .selectFrom('alert')
    .select('name')
    .where('state', '=', 'firing')
    .execute();
  return rows.length;
}

async function counts(): Promise<{ received: number; malformed: number; episodes: number }> {
  return await server.store.reader
    .selectFrom('alert_integration')
    .select(['received', 'malformed', 'episodes'])
    .executeTakeFirstOrThrow();
}

function onPath(name: string): string | null {
  for (const part of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(part, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // the next folder of the path
    }
  }
  return null;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
