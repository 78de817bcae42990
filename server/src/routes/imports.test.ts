import { once } from 'node:events';
import { request } from 'node:http';
import type { ClientRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEADER, line } from '../import/servicenow/test-log.ts';
import type { ImportProgress } from '../import/runner.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const LOG = `${[HEADER, line({ number: 'INC1' }), line({ number: 'INC2' }), line({ number: 'INC3', incident_state: 'Odd' })].join('\n')}\n`;

let server: TestServer;
let admin: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn('admin@desk.test');
});
afterAll(() => server.stop());

const send = (body: BodyInit | undefined, query = '') =>
  fetch(`${server.url}/api/imports/servicenow${query}`, {
    method: 'POST',
    headers: { cookie: admin.cookie },
    ...(body !== undefined && { body }),
  });

const runImport = async (body: BodyInit, query = '') => {
  const answer = await send(body, query);
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { id: string };
  const progress = async () =>
    (await (await admin.call('GET', `/api/imports/${id}`)).json()) as ImportProgress;
  await expect.poll(async () => (await progress()).state).not.toBe('running');
  return progress();
};

/** An upload that the server has begun to take, and whose end does not come. */
const slowUpload = async (): Promise<ClientRequest> => {
  const { hostname, port } = new URL(server.url);
  const upload = request({
    host: hostname,
    port,
    method: 'POST',
    path: '/api/imports/servicenow',
    headers: { cookie: admin.cookie, expect: '100-continue' },
  });
  upload.on('error', () => undefined);
  upload.flushHeaders();
  await once(upload, 'continue');
  upload.write(HEADER);
  return upload;
};

describe('an import over HTTP', () => {
  it('counts without writing, writes, and then finds nothing new', async () => {
    const trial = await runImport(LOG, '?dryRun=true');
    expect(trial).toMatchObject({ state: 'done', dryRun: true, read: 3, made: 2, setAside: 1 });
    const first = await runImport(gzipSync(LOG));
    expect(first).toMatchObject({ state: 'done', read: 3, made: 2, updated: 0, unchanged: 0, setAside: 1 });
    expect(first.problems).toMatchObject([
      { line: 4, record: 'INC3', reason: expect.stringContaining('Odd') },
    ]);
    expect(await runImport(LOG)).toMatchObject({ made: 0, unchanged: 2, setAside: 1 });
  });

  it('uses the table of words that people can change', async () => {
    const path = '/api/imports/mapping/servicenow';
    const mapping = (await (await admin.call('GET', path)).json()) as { states: object };
    const changed = { ...mapping, states: { ...mapping.states, Odd: { state: 'new', holdReason: null } } };
    expect((await admin.call('PUT', path, changed)).status).toBe(200);
    expect(await runImport(LOG)).toMatchObject({ made: 1, unchanged: 2, setAside: 0 });
    const wrong = { ...changed, states: { Odd: { state: 'odd', holdReason: null } } };
    const refused = await admin.call('PUT', path, wrong);
    expect(await refused.json()).toMatchObject({
      code: 'invalid-request',
      faults: [{ where: 'body.states.Odd.state' }],
    });
  });

  it('takes words that objects have of themselves, and names in any script, for what they are', async () => {
    const names = ['\u041c\u0430\u0440\u0438\u044f', '\u0418\u0432\u0430\u043d', 'constructor'];
    const lines = names.map((caller_id, at) =>
      line({ number: `ODD${at}`, caller_id, assignment_group: 'toString' }),
    );
    const body = `${[HEADER, ...lines].join('\n')}\n`;
    expect(await runImport(body)).toMatchObject({ state: 'done', made: 3, setAside: 0 });
    const answer = await admin.call('GET', '/api/people');
    const { people } = (await answer.json()) as { people: { name: string }[] };
    expect(people.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  });

  it('refuses a time zone that there is not', async () => {
    const path = '/api/imports/mapping/servicenow';
    const mapping = (await (await admin.call('GET', path)).json()) as object;
    const refused = await admin.call('PUT', path, { ...mapping, zone: 'Nowhere/City' });
    expect(await refused.json()).toMatchObject({ faults: [{ where: 'body.zone' }] });
  });

  it('takes one file at a time, from its first byte, and is free again when one breaks off', async () => {
    const held = await slowUpload();
    const asked = async () => (await send(undefined)).status;
    await expect.poll(asked).toBe(409);
    held.destroy();
    await expect.poll(asked, { timeout: 5_000 }).toBe(400);
  });

  it('refuses a missing file and one that is no event log', async () => {
    expect((await send(undefined)).status).toBe(400);
    expect(await runImport('not,a,log\n1,2,3\n')).toMatchObject({
      state: 'failed',
      error: expect.any(String),
    });
  });

  it('can be followed and stopped by who may import', async () => {
    const { id } = (await (await send(LOG)).json()) as { id: string };
    const agent = await server.signIn('agent@desk.test');
    expect((await agent.call('GET', `/api/imports/${id}`)).status).toBe(403);
    expect((await admin.call('DELETE', `/api/imports/${id}`)).status).toBe(204);
    expect((await admin.call('GET', '/api/imports/other')).status).toBe(404);
  });
});
