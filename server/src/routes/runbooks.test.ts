import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
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

  it('[INC-95] the staff holds them in its part of the directory, and whoever asks for something does not', async () => {
    const id = ulid();
    const [everybodys, staffs] = await directory();
    const client = agent.open(staffs);
    await client.synced();
    await put(lead, id, runbook({ name: 'The staff reads this' }));
    const read = () => readDirectory(new Y.Doc(), client.doc).runbooks.get(id)?.name;
    await expect.poll(read).toBe('The staff reads this');
    client.destroy();
    const requester = await server.signIn('requester@desk.test');
    const outside = requester.open(everybodys);
    await outside.synced();
    expect(JSON.stringify(outside.doc)).not.toContain('The staff reads this');
    outside.destroy();
    expect(await requester.open(staffs).closed()).toMatchObject({ code: 4403 });
    const { documents } = (await (await requester.call('GET', '/api/documents')).json()) as {
      readonly documents: readonly { readonly name: string }[];
    };
    expect(documents.map(({ name }) => name)).toContain(everybodys);
    expect(documents.map(({ name }) => name)).not.toContain(staffs);
  });
});

/** What everybody holds of the directory, and what the staff alone does. */
async function directory(): Promise<readonly [string, string]> {
  const names = (await server.store.documents.currentNames()).map(({ name }) => name);
  const named = (start: string) => names.find((name) => name.startsWith(start)) ?? 'none';
  return [named('directory@'), named('directory/staff@')];
}
