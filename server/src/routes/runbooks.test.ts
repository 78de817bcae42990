import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDirectory } from '@muster/documents';
import { ulid } from 'ulid';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let lead: TestSession;
let agent: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  lead = await server.signIn('lead@desk.test');
  agent = await server.signIn('agent@desk.test');
});
afterAll(() => server.stop());

const step = (words: string) => ({ id: ulid(), phase: 'triage', words, link: null });
const runbook = (more: object = {}) => ({
  basis: 0,
  name: 'Mail is stuck',
  service: null,
  category: null,
  alert: 'QueueFull',
  steps: [step('Look at the queue')],
  ...more,
});
const put = (who: TestSession, id: string, body: object) => who.call('PUT', `/api/runbooks/${id}`, body);
const problemOf = async (answer: Response) => ((await answer.json()) as { code?: string; type: string }).type;

describe('runbooks', () => {
  it('[INC-94] are written by team leads, not by agents', async () => {
    const id = ulid();
    expect((await put(agent, id, runbook())).status).toBe(403);
    expect((await agent.call('DELETE', `/api/runbooks/${id}`, { basis: 1 })).status).toBe(403);
    const made = await put(lead, id, runbook());
    expect(made.status).toBe(200);
    expect(await made.json()).toMatchObject({ id, version: 1, alert: 'QueueFull' });
  });

  it('[INC-94] a change or removal of a version that is not the present one is refused', async () => {
    const id = ulid();
    await put(lead, id, runbook());
    expect((await put(lead, id, runbook())).status).toBe(409);
    expect((await put(lead, id, runbook({ basis: 1, name: 'Mail stands still' }))).status).toBe(200);
    const late = await put(lead, id, runbook({ basis: 1, name: 'Lost' }));
    expect(late.status).toBe(409);
    expect(await problemOf(late)).toContain('changed-meanwhile');
    expect((await lead.call('DELETE', `/api/runbooks/${id}`, { basis: 1 })).status).toBe(409);
    expect((await lead.call('DELETE', `/api/runbooks/${id}`, { basis: 2 })).status).toBe(204);
    expect((await put(lead, id, runbook({ basis: 2 }))).status).toBe(409);
  });

  it('[INC-92] a step has an id of its own, and its link leads to the web', async () => {
    const twice = step('Look at the queue');
    expect((await put(lead, ulid(), runbook({ steps: [twice, twice] }))).status).toBe(400);
    const first = ulid();
    await put(lead, first, runbook({ steps: [twice] }));
    expect((await put(lead, ulid(), runbook({ steps: [twice] }))).status).toBe(400);
    const odd = { ...step('Read this'), link: 'javascript:alert(1)' };
    expect((await put(lead, ulid(), runbook({ steps: [odd] }))).status).toBe(400);
    expect((await put(lead, ulid(), runbook({ service: 'moon' }))).status).toBe(400);
  });

  it('[INC-95] everybody holds them in their copy of the directory', async () => {
    const id = ulid();
    const client = agent.open(await directory());
    await client.synced();
    await put(lead, id, runbook({ name: 'Everybody reads this' }));
    await expect.poll(() => readDirectory(client.doc).runbooks.get(id)?.name).toBe('Everybody reads this');
    client.destroy();
  });
});

async function directory(): Promise<string> {
  const names = await server.store.documents.currentNames();
  const found = names.find(({ name }) => name.startsWith('directory'));
  if (found === undefined) throw new Error('no directory');
  return found.name;
}
