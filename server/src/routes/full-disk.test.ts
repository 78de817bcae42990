import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

/** Room for the people of a test and some records, in pages of 4 KB. */
const SMALL = 450;

let server: TestServer;
let agent: TestSession;
let admin: TestSession;
beforeAll(async () => {
  server = await startTestServer({ maxPages: SMALL });
  agent = await server.signIn('agent@desk.test');
  admin = await server.signIn('admin@desk.test');
});
afterAll(() => server.stop());

describe('a full disk', () => {
  it('is said as 507 to who writes, and by the health check; reading goes on', async () => {
    const body = { name: 'Reader', scopes: ['incident.read'] };
    const key = (await (await admin.call('POST', '/api/keys', body)).json()) as { token: string };
    let refused: Response | undefined;
    let last = '';
    for (let made = 0; made < 200 && refused === undefined; made++) {
      const description = 'x'.repeat(20_000);
      const target = `01JTEST0000000000000000${String(made).padStart(3, '0')}`;
      const args = {
        kind: 'incident',
        title: `Number ${made}`,
        description,
        impact: 3,
        urgency: 3,
        requester: agent.person,
        service: null,
        category: null,
        team: null,
        channel: 'desk',
      };
      const command = { id: target, type: 'incident.create', target, args, basis: 0, clientAt: 1 };
      const answer = await agent.call('POST', '/api/commands', [command]);
      if (answer.ok) last = target;
      else refused = answer;
    }
    expect(refused?.status).toBe(507);
    expect(refused?.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused?.json()).toMatchObject({
      code: 'disk-full',
      detail: expect.stringContaining('disk is full'),
    });
    await expect.poll(async () => (await server.call('GET', '/readyz')).status).toBe(503);
    expect((await agent.call('GET', '/api/session')).status).toBe(200);
    expect((await agent.call('GET', `/api/records/${last}`)).status).toBe(200);
    const bearer = { authorization: `Bearer ${key.token}` };
    expect((await server.call('GET', '/api/records', undefined, bearer)).status).toBe(200);
  });
});
