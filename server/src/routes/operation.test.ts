import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

let folder: string;
let server: TestServer;
let agent: TestSession;
let admin: TestSession;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-operation-'));
  server = await startTestServer({ logFile: join(folder, 'server.log') });
  agent = await server.signIn('agent@desk.test');
  admin = await server.signIn('admin@desk.test');
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function metrics(token: string): Promise<string> {
  const answer = await server.call('GET', '/metrics', undefined, { authorization: `Bearer ${token}` });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/);
  return answer.text();
}

function valueOf(text: string, series: string): number {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1));
}

async function keyFor(scopes: readonly string[]): Promise<string> {
  const made = await admin.call('POST', '/api/keys', { name: `for ${scopes.join()}`, scopes });
  return ((await made.json()) as { token: string }).token;
}

describe('what watches the server', () => {
  it('is ready while it takes work, and says so without a sign-in', async () => {
    expect(await (await server.call('GET', '/readyz')).json()).toEqual({ ready: true, reasons: [] });
    expect((await server.call('GET', '/healthz')).status).toBe(200);
  });

  it('counts updates, commands and refusals for a key with the scope, and for nobody else', async () => {
    const token = await keyFor(['admin.operate']);
    const before = await metrics(token);
    const { id } = await agent.createTicket('incident');
    expect(await agent.run('incident.claim', id, {}, 1)).toMatchObject({ outcome: 'applied' });
    expect(await agent.run('incident.claim', id, {}, 2)).toMatchObject({ outcome: 'refused' });
    const room = agent.open(`room/${id}`);
    await room.synced();
    const after = await metrics(token);
    const grew = (series: string) => valueOf(after, series) - (valueOf(before, series) || 0);
    expect(grew('muster_commands_total{process="incident",outcome="applied"}')).toBe(2);
    expect(grew('muster_commands_total{process="incident",outcome="refused"}')).toBe(1);
    expect(grew('muster_updates_total{kind="board"}')).toBeGreaterThanOrEqual(2);
    expect(grew('muster_commit_seconds_count')).toBeGreaterThanOrEqual(2);
    expect(after).toMatch(/^muster_refusals_total\{what="command",code="[a-z]+\/[a-z-]+"\} 1$/m);
    expect(valueOf(after, 'muster_sockets')).toBe(1);
    expect(valueOf(after, 'muster_documents_open')).toBeGreaterThanOrEqual(1);
    expect(valueOf(after, 'muster_store_bytes')).toBeGreaterThan(0);
    expect(after).toContain('route="/api/commands",status="200"');
    room.destroy();

    expect((await server.call('GET', '/metrics')).status).toBe(401);
    expect((await agent.call('GET', '/metrics')).status).toBe(403);
    const other = { authorization: `Bearer ${await keyFor(['incident.read'])}` };
    expect((await server.call('GET', '/metrics', undefined, other)).status).toBe(403);
  });

  it('keeps a sample every two seconds for the page of administrators', async () => {
    const from = Date.now();
    await agent.createTicket('incident');
    type Answer = { samples: { at: number; updates: number; memoryBytes: number }[] };
    const ask = async () =>
      (await (await admin.call('GET', `/api/status/samples?after=${from}`)).json()) as Answer;
    await expect
      .poll(async () => (await ask()).samples.some(({ updates }) => updates > 0), { timeout: 60_000 })
      .toBe(true);
    const { samples } = await ask();
    expect(samples.every(({ at, memoryBytes }) => at > from && memoryBytes > 0)).toBe(true);
    expect((await agent.call('GET', '/api/status/samples')).status).toBe(403);
    expect((await admin.call('GET', '/api/status/samples?after=soon')).status).toBe(400);
    const status = (await (await admin.call('GET', '/api/status')).json()) as Record<string, unknown>;
    expect(status).toMatchObject({ health: { ok: true }, disk: { freeBytes: expect.any(Number) } });
  });

  it('writes nothing personal into the log or the measures, whatever is said', async () => {
    const secrets = ['Zyzzyva quarrel', 'hush-hush note', 'correct horse battery', 'wrong-password-42'];
    const { id } = await agent.createTicket('incident', { title: secrets[0], description: secrets[0] });
    await agent.run('incident.comment', id, { text: secrets[1] }, 1);
    await agent.run('incident.comment', id, { text: secrets[1], odd: secrets[1] }, 1);
    await agent.call('GET', `/api/search?q=${encodeURIComponent(secrets[1] ?? '')}`);
    await server.call('POST', '/api/auth/sign-in/email', {
      email: 'agent@desk.test',
      password: secrets[3],
    });
    await server.call('GET', `/nowhere/${encodeURIComponent(secrets[0] ?? '')}?q=agent@desk.test`);
    const token = await keyFor(['admin.operate']);
    const measured = await metrics(token);
    await expect
      .poll(() => readFile(join(folder, 'server.log'), 'utf8'))
      .toContain('"route":"/metrics","status":200');
    const logged = await readFile(join(folder, 'server.log'), 'utf8');
    for (const secret of [...secrets, encodeURIComponent(secrets[0] ?? ''), 'desk.test', 'Arne', token]) {
      expect(logged).not.toContain(secret);
      expect(measured).not.toContain(secret);
    }
  });
});

describe('a server that stops', () => {
  it('is alive and no longer ready while its sockets close', async () => {
    const leaving = await startTestServer();
    const client = (await leaving.signIn('agent@desk.test')).open('notice');
    await client.synced();
    const stopped = leaving.stop();
    const answer = await leaving.app.request('/readyz');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ ready: false, reasons: ['stopping'] });
    expect((await leaving.app.request('/healthz')).status).toBe(200);
    expect(await client.closed()).toMatchObject({ code: 4503 });
    await stopped;
    client.destroy();
  });
});
