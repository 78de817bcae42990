import type { Release } from '@muster/domain/release';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let server: TestServer;
let admin: TestSession;
let lead: TestSession;
let agent: TestSession;
let key: string;
let other: string;
let service: string;
let template: string;

beforeAll(async () => {
  server = await startTestServer();
  [admin, lead, agent] = (await Promise.all(
    ['admin', 'lead', 'agent'].map((who) => server.signIn(`${who}@desk.test`)),
  )) as [TestSession, TestSession, TestSession];
  service = await makeService('Mail');
  key = await makeKey(['release.gate', 'release.deploy']);
  other = await makeKey(['release.deploy']);
  template = ulid();
  const task = { outage: false, tasks: [], riskInput: null, minutes: 30, team: null };
  const fields = { ...task, name: 'Roll out', plans: { implementation: 'Roll it out' } };
  await agent.run('change-template.propose', template, { fields });
  expect(await lead.run('change-template.approve', template, { revision: 1 }, 1)).toMatchObject({
    outcome: 'applied',
  });
});
afterAll(() => server.stop());

async function makeService(name: string): Promise<string> {
  const body = { name, team: null, criticality: 3 };
  return ((await (await admin.call('POST', '/api/services', body)).json()) as { id: string }).id;
}

async function makeKey(scopes: readonly string[]): Promise<string> {
  const made = await admin.call('POST', '/api/keys', { name: 'Pipeline', scopes });
  return ((await made.json()) as { token: string }).token;
}

/** A standard change of a template, scheduled from now on unless `begins` says otherwise. */
async function scheduled(items: readonly string[], begins = Date.now() - HOUR): Promise<string> {
  const id = ulid();
  const fields = { title: 'Roll out', items, begins, ends: begins + 2 * HOUR };
  await agent.run('change.create', id, { model: 'standard', template, fields });
  expect(await agent.run('change.step', id, { to: 'scheduled' }, 1)).toMatchObject({ outcome: 'applied' });
  return id;
}

const post = (path: string, body: object, token = key) =>
  server.call('POST', path, body, { authorization: `Bearer ${token}` });

async function ask(question: object = {}): Promise<{ allow: boolean; change: string; codes: string[] }> {
  const answer = await post('/api/gate', { service: 'mail', environment: 'production', ...question });
  expect(answer.status).toBe(200);
  const { reasons, ...rest } = (await answer.json()) as {
    allow: boolean;
    change: string;
    reasons: { code: string }[];
  };
  return { ...rest, codes: reasons.map(({ code }) => code) };
}

async function report(more: object, token = key) {
  const about = { external: 'build-1', service: 'Mail', environment: 'production', version: '1.0' };
  const answer = await post('/api/deployments', { ...about, ...more }, token);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function freeze(hard: boolean, basis: number, drop = false): Promise<void> {
  const wall = (at: number) => new Date(at).toISOString().slice(0, 16);
  const when = { zone: 'UTC', begins: wall(Date.now() - DAY), ends: wall(Date.now() + DAY), repeats: null };
  const all = { services: null, classes: null, models: null };
  const rule = { name: 'Year end', kind: 'freeze', hard, when, ...all };
  const answer = drop
    ? await lead.call('DELETE', '/api/change/windows/year-end', { basis })
    : await lead.call('PUT', '/api/change/windows/year-end', { basis, rule });
  expect(answer.ok).toBe(true);
}

describe('the gate for pipelines', () => {
  it('passes by an approved change in its window alone, and past no hard freeze', async () => {
    expect(await ask()).toEqual({ allow: false, change: null, codes: ['release/no-change'] });
    expect((await ask({ service: 'Moon' })).codes).toEqual(['release/unknown-service']);
    expect((await ask({ change: 'CHG-1999-00001' })).codes).toEqual(['release/unknown-change']);
    const later = await scheduled([service], Date.now() + DAY);
    expect((await ask()).codes).toEqual(['release/outside-window']);
    const now = await scheduled([service]);
    expect(await ask()).toEqual({ allow: true, change: now, codes: [] });
    expect(await ask({ service })).toMatchObject({ allow: true });
    expect((await ask({ change: later })).codes).toEqual(['release/outside-window']);
    const elsewhere = await scheduled([await makeService('Wiki')]);
    expect((await ask({ change: elsewhere })).codes).toEqual(['release/change-of-other-service']);
    await freeze(true, 0);
    expect(await ask()).toMatchObject({ allow: false, codes: ['release/frozen'] });
    await freeze(false, 1);
    expect(await ask()).toMatchObject({ allow: true, codes: ['release/frozen'] });
    await freeze(false, 2, true);
    expect(await ask({ change: now })).toMatchObject({ allow: true, codes: [] });
    await lead.run('change.cancel', now, { reason: 'Not today' }, 2);
    expect((await ask({ change: now })).codes).toContain('release/change-over');
  });

  it('[CFG-66] passes by a change of a server that its service hangs on, and by both of two spares at once', async () => {
    const shop = await makeService('Shop');
    const item = async (itemClass: string, more: object = {}) => {
      const id = ulid();
      const fields = { class: itemClass, name: `${itemClass} ${id}`, ...more };
      await agent.run('item.create', id, { fields, state: 'in_service' });
      return id;
    };
    const relate = async (type: string, from: string, to: string) =>
      expect(await agent.run('relation.add', ulid(), { type, from, to })).toMatchObject({
        outcome: 'applied',
      });
    const redundancy = [{ relation: 'runs_on', by: 'count', minimum: 1 }];
    const [app, one, two, wire] = await Promise.all([
      ...[item('application', { redundancy }), item('server'), item('server'), item('power_feed')],
    ]);
    await relate('depends_on', shop, app!);
    for (const host of [one!, two!]) await relate('runs_on', app!, host);
    await relate('powered_by', one!, wire!);
    const asked = { service: 'Shop' };
    await scheduled([wire!]);
    expect((await ask(asked)).codes).toEqual(['release/no-change']);
    const both = await scheduled([two!, wire!]);
    expect(await ask(asked)).toEqual({ allow: true, change: both, codes: [] });
    expect(await ask({ ...asked, change: both })).toMatchObject({ allow: true });
    await agent.run('change.cancel', both, { reason: 'Not today' }, 2);
    const single = await scheduled([app!]);
    expect(await ask(asked)).toMatchObject({ allow: true, change: single });
  });

  it('keeps who asked and what they were told, for who manages releases', async () => {
    await ask({ service: 'Nowhere' });
    const { asks } = (await (await lead.call('GET', '/api/gate/asks?allow=false&limit=1')).json()) as {
      asks: object[];
    };
    expect(asks).toMatchObject([
      {
        service: 'Nowhere',
        environment: 'production',
        answer: { allow: false, reasons: [{ code: 'release/unknown-service' }] },
      },
    ]);
    expect((await agent.call('GET', '/api/gate/asks')).status).toBe(403);
    const first = (await (await lead.call('GET', '/api/gate/asks?limit=2')).json()) as {
      asks: { id: string }[];
      next: string;
    };
    const second = (await (await lead.call('GET', `/api/gate/asks?limit=2&cursor=${first.next}`)).json()) as {
      asks: { id: string }[];
    };
    expect(new Set([...first.asks, ...second.asks].map(({ id }) => id)).size).toBe(4);
  });

  it('is for keys and people of its scope, who say what is right', async () => {
    expect((await post('/api/gate', { service: 'Mail', environment: 'test' }, other)).status).toBe(403);
    expect((await agent.call('POST', '/api/gate', { service: 'Mail', environment: 'test' })).status).toBe(
      403,
    );
    expect((await server.call('POST', '/api/gate', {})).status).toBe(401);
    expect((await post('/api/gate', { service: 'Mail' })).status).toBe(400);
    expect((await report({ external: 'lost', service: 'Moon' })).body).toMatchObject({
      code: 'invalid-request',
      faults: [{ where: 'body.service' }],
    });
    expect((await report({ external: 'lost', release: 'REL-1999-00001' })).status).toBe(400);
  });
});

describe('reports of deployments', () => {
  it('are one for each name, whatever is sent again and in which order', async () => {
    const began = await report({});
    expect(began).toMatchObject({ status: 200, body: { outcome: 'running', finishedAt: null } });
    const ended = await report({ outcome: 'succeeded', committedAt: Date.now() - HOUR });
    expect(ended.body).toMatchObject({ id: began.body['id'], outcome: 'succeeded', at: began.body['at'] });
    expect((await report({})).body).toEqual(ended.body);
    expect((await report({ outcome: 'succeeded' })).body).toEqual(ended.body);
    expect(await report({ version: '2.0' })).toMatchObject({
      status: 409,
      body: { code: 'other-deployment' },
    });
    expect((await report({}, other)).body).toMatchObject({ outcome: 'running' });
    const back = await report({ outcome: 'rolled_back' });
    expect(back.body).toMatchObject({ id: ended.body['id'], outcome: 'rolled_back' });
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        report({ external: 'build-2', outcome: n % 2 === 0 ? 'running' : 'succeeded' }),
      ),
    );
    expect(new Set(many.map(({ body }) => body['id'])).size).toBe(1);
    const { deployments } = (await (
      await agent.call('GET', '/api/deployments?environment=production')
    ).json()) as { deployments: { external: string; outcome: string }[] };
    expect(deployments.filter(({ external }) => external === 'build-2')).toMatchObject([
      { outcome: 'succeeded' },
    ]);
  });

  it('make the matrix, the measures and their table', async () => {
    const id = ulid();
    const fields = {
      ...{ kind: 'minor', title: 'Summer', label: '2026.6', services: [service], owner: null },
      ...{ pace: 'stages', beginsAt: null, endsAt: null, hypercareHours: 48, rollbackTestedAt: null },
    };
    const made = await agent.run('release.create', id, { fields });
    const { number } = made as { number: string };
    const change = await scheduled([service]);
    await agent.run('release.add-changes', id, { changes: [change] }, 1);
    const about = { environment: 'staging', version: '6.1', release: number, change };
    const at = Date.now() - 3 * HOUR;
    const committedAt = at - HOUR;
    await report({ external: 's-1', outcome: 'succeeded', ...about, at, finishedAt: at + HOUR, committedAt });
    await report({ external: 's-2', outcome: 'failed', ...about, version: '6.2' });
    const { id: incident } = await agent.createTicket('incident', { service });
    expect(await agent.run('change.step', change, { to: 'implement' }, 2)).toMatchObject({
      outcome: 'applied',
    });
    await agent.run('change.step', change, { to: 'review' }, 3);
    const basis = 4;
    expect(await agent.run('change.note-caused', change, { incident, priority: 2 }, basis)).toMatchObject({
      outcome: 'applied',
    });
    const matrix = (await (await agent.call('GET', '/api/releases/matrix')).json()) as {
      environments: string[];
      rows: { release: { id: string } | null; cells: Record<string, object[]> }[];
    };
    expect(matrix.rows.find(({ release }) => release?.id === id)).toMatchObject({
      release: { number, title: 'Summer', label: '2026.6' },
      cells: { staging: [{ service, version: '6.1', since: at + HOUR, isCurrent: true }] },
    });
    const asked = '?environment=staging&zone=Europe/Zurich';
    const { weeks } = (await (await agent.call('GET', `/api/releases/metrics${asked}`)).json()) as {
      weeks: object[];
    };
    expect(weeks.at(-1)).toMatchObject({ restoreMs: null });
    const total = (weeks as { deployments: number }[]).reduce((sum, each) => sum + each.deployments, 0);
    expect(total).toBe(2);
    expect(weeks[0]).toMatchObject({ leadTimeMs: 2 * HOUR });
    const table = await (await agent.call('GET', `/api/releases/metrics.csv${asked}`)).text();
    expect(table).toMatch(/^week,deployments,change_failure_rate,lead_time_hours,restore_hours\r\n20\d\d-/);
    expect((await agent.call('GET', '/api/releases/metrics?zone=Moon')).status).toBe(400);
    const notes = await agent.call('GET', `/api/releases/${number}/notes.md`);
    expect(notes.headers.get('content-type')).toContain('text/markdown');
    expect(await notes.text()).toMatch(/^# Summer \(2026\.6\)\n\n## Mail\n\n- Roll out \(CHG-\d+-\d+\)\n$/);
    const found = (await (await agent.call('GET', `/api/releases?q=summer&change=${change}`)).json()) as {
      releases: Release[];
    };
    expect(found.releases.map((each) => each.id)).toEqual([id]);
    const whole = (await (await agent.call('GET', `/api/releases/${id}`)).json()) as { events: object[] };
    expect(whole.events).toHaveLength(2);
    const requester = await server.signIn('requester@desk.test');
    for (const path of ['', '/matrix', '/metrics', `/${id}`, `/${id}/notes.md`, `/${ulid()}`])
      expect((await requester.call('GET', `/api/releases${path}`)).status).toBe(403);
    expect((await agent.call('GET', `/api/releases/${ulid()}`)).status).toBe(404);
  });

  it('go by the example of the README', async () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const example = /## The gate for pipelines[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const env = { ...process.env, MUSTER_URL: server.url.replace(/\/$/, ''), MUSTER_KEY: key };
    const run = () => promisify(execFile)('sh', ['-c', example], { env });
    await scheduled([await makeService('E-mail')]);
    const { stdout } = await run();
    expect(stdout).toContain('"outcome":"succeeded"');
    await freeze(true, 0);
    await expect(run()).rejects.toMatchObject({ code: 1 });
  });
});
