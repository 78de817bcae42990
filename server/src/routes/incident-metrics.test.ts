import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_PEOPLE, startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let lead: TestSession;
let agent: TestSession;
let elsewhere: TestSession;
beforeAll(async () => {
  const chief = {
    email: 'chief@desk.test',
    name: 'Carl Chief',
    roles: ['team-lead'],
    teams: ['Network'],
  } as const;
  server = await startTestServer({ people: [...TEST_PEOPLE, chief] });
  [lead, agent, elsewhere] = await Promise.all([
    server.signIn('lead@desk.test'),
    server.signIn('agent@desk.test'),
    server.signIn('chief@desk.test'),
  ]);
});
afterAll(() => server.stop());

const titles = async (session: TestSession, query = ''): Promise<readonly string[]> => {
  const answer = await session.call('GET', `/api/incident/metrics${query}`);
  expect(answer.status).toBe(200);
  const { incidents } = (await answer.json()) as { incidents: { title: string }[] };
  return incidents.map(({ title }) => title);
};

describe('GET /api/incident/metrics', () => {
  it('[INC-119] tells of major incidents what the reader may read, without drills', async () => {
    const major = { severity: 2 };
    await lead.createTicket('incident', { title: 'Plain' });
    await lead.createTicket('incident', { title: 'Proposed', requester: lead.person });
    await agent.createTicket('incident', { title: 'Only proposed', major });
    await lead.createTicket('incident', { title: 'Exercise', major, tags: ['drill'] });
    await lead.createTicket('incident', { title: 'Big', major });
    const { id } = await lead.createTicket('incident', {
      title: 'Secret',
      major,
      restrictedTo: server.teams.get('Desk'),
    });
    expect(await titles(lead)).toEqual(['Secret', 'Big']);
    expect(await titles(elsewhere)).toEqual(['Big']);
    expect(await titles(lead, `?since=${Date.now() + 60_000}`)).toEqual([]);
    const answer = await lead.call('GET', '/api/incident/metrics');
    expect(await answer.json()).toMatchObject({
      more: false,
      incidents: [
        { id, severity: 2, times: { detect: 0, acknowledge: 0, mitigate: null, resolve: null } },
        { title: 'Big' },
      ],
    });
  });

  it('[INC-119] is for who reads reports', async () => {
    expect((await agent.call('GET', '/api/incident/metrics')).status).toBe(403);
    expect((await server.call('GET', '/api/incident/metrics')).status).toBe(401);
  });
});
