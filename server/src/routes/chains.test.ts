import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDirectory } from '@muster/documents';
import * as Y from 'yjs';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let admin: TestSession;
let lead: TestSession;
let team: string;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn('admin@desk.test');
  lead = await server.signIn('lead@desk.test');
  team = String(server.teams.get('Network'));
});
afterAll(() => server.stop());

const WAIT = { kind: 'wait', minutes: 5 };
const chain = (more: object = {}) => ({
  basis: 0,
  name: 'Network',
  steps: [{ kind: 'person', person: lead.person }, WAIT],
  repeats: 1,
  ...more,
});
const put = (who: TestSession, id: string, body: object) => who.call('PUT', `/api/chains/${id}`, body);

describe('call chains', () => {
  it('[DSK-164] are written by administrators; a change of a version that is not the present one is refused', async () => {
    expect((await put(lead, team, chain())).status).toBe(403);
    const made = await put(admin, team, chain());
    expect(made.status).toBe(200);
    expect(await made.json()).toMatchObject({ id: team, version: 1, repeats: 1 });
    expect((await put(admin, team, chain())).status).toBe(409);
    expect((await put(admin, team, chain({ basis: 1, name: 'Net' }))).status).toBe(200);
    expect((await put(admin, team, chain({ basis: 1, name: 'Lost' }))).status).toBe(409);
    expect((await lead.call('DELETE', `/api/chains/${team}`, { basis: 2 })).status).toBe(403);
    expect((await admin.call('DELETE', `/api/chains/${team}`, { basis: 1 })).status).toBe(409);
    expect((await admin.call('DELETE', `/api/chains/${team}`, { basis: 2 })).status).toBe(204);
  });

  it('[DSK-150] belong to a team or to major incidents, call somebody who is here, and end with a wait', async () => {
    const person = { kind: 'person', person: lead.person };
    const unfit = [
      ['moon', {}],
      [team, { steps: [WAIT] }],
      [team, { steps: [person] }],
      [team, { steps: [{ kind: 'person', person: 'nobody' }, WAIT] }],
      [team, { steps: [{ kind: 'schedule', schedule: 'moon', name: 'Moon' }, WAIT] }],
      [team, { steps: [{ kind: 'team', team: 'moon', part: 'all' }, WAIT] }],
      [team, { steps: [person, { kind: 'wait', minutes: 0 }] }],
      [team, { repeats: 6 }],
    ] as const;
    for (const [id, more] of unfit) expect((await put(admin, id, chain(more))).status).toBe(400);
    expect((await put(admin, 'major', chain({ name: 'Major incidents' }))).status).toBe(200);
  });

  it('[DSK-164] the staff holds them in its part of the directory', async () => {
    const names = (await server.store.documents.currentNames()).map(({ name }) => name);
    const client = lead.open(names.find((name) => name.startsWith('directory/staff@')) ?? 'none');
    await client.synced();
    const desk = String(server.teams.get('Desk'));
    await put(admin, desk, chain({ name: 'The staff reads this' }));
    const read = () => readDirectory(new Y.Doc(), client.doc).chains.get(desk)?.name;
    await expect.poll(read).toBe('The staff reads this');
    client.destroy();
  });
});
