import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let admin: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn('admin@desk.test');
});
afterAll(() => server.stop());

const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

describe('the first administrator', () => {
  it('is made once, with the token of the console', async () => {
    const fresh = await startTestServer({ people: [] });
    const token = await fresh.setUp.token();
    const body = { name: 'Ada', email: 'ada@desk.test', password: 'a long enough password' };
    expect(await (await fresh.call('GET', '/api/set-up')).json()).toEqual({ needed: true });
    const wrong = await fresh.call('POST', '/api/set-up', { ...body, token: 'guess' });
    expect([wrong.status, await codeOf(wrong)]).toEqual([403, 'wrong-token']);
    const both = await Promise.all([1, 2].map(() => fresh.call('POST', '/api/set-up', { ...body, token })));
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const again = await fresh.call('POST', '/api/set-up', { ...body, token });
    expect([again.status, await codeOf(again)]).toEqual([409, 'already-set-up']);
    expect(await (await fresh.call('GET', '/api/set-up')).json()).toEqual({ needed: false });
    await fresh.stop();
  });

  it('is made wholly or not at all: a desk is never left without anybody who can sign in', async () => {
    const empty = await startTestServer({ people: [] });
    const body = { name: 'Ada', email: 'ada@desk.test', password: 'long enough to pass' };
    const token = await empty.setUp.token();
    await sql`create trigger no_accounts before insert on account begin select raise(abort, 'no'); end`.execute(
      empty.store.writer,
    );
    expect((await empty.call('POST', '/api/set-up', { ...body, token })).status).toBe(500);
    await sql`drop trigger no_accounts`.execute(empty.store.writer);
    expect(await (await empty.call('GET', '/api/set-up')).json()).toEqual({ needed: true });
    expect((await empty.call('POST', '/api/set-up', { ...body, token })).status).toBe(200);
    await empty.stop();
  });

  it('is not asked for when there is one', async () => {
    expect(await server.setUp.token()).toBeNull();
  });

  it('stays: the last one can be neither demoted nor deactivated', async () => {
    const path = `/api/people/${admin.person}`;
    for (const change of [{ roles: ['agent'] }, { active: false }]) {
      const answer = await admin.call('PATCH', path, change);
      expect([answer.status, await codeOf(answer)]).toEqual([409, 'last-administrator']);
    }
    const { id } = server.account('lead@desk.test');
    await admin.call('PATCH', `/api/people/${id}`, { roles: ['administrator'] });
    expect((await admin.call('PATCH', `/api/people/${id}`, { roles: ['team-lead'] })).status).toBe(200);
  });
});

describe('invitations', () => {
  const invite = async (email: string) => {
    const answer = await admin.call('POST', '/api/invitations', { email, roles: ['agent'], name: 'New' });
    expect(answer.status).toBe(201);
    const { id, link } = (await answer.json()) as { id: string; link: string };
    return { id, token: new URL(link).pathname.split('/').at(-1) ?? '' };
  };
  const accept = (token: string) =>
    server.call('POST', `/api/invitations/${token}`, {
      name: 'New Person',
      password: 'a long enough password',
    });

  it('make a person who is signed in, once', async () => {
    const { token } = await invite('one@desk.test');
    expect(await (await server.call('GET', `/api/invitations/${token}`)).json()).toMatchObject({
      email: 'one@desk.test',
      name: 'New',
    });
    const answers = await Promise.all([accept(token), accept(token)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 410]);
    expect((await accept(token)).status).toBe(410);
    const people = (await (await admin.call('GET', '/api/people')).json()) as { people: { email: string }[] };
    expect(people.people.filter((person) => person.email === 'one@desk.test')).toHaveLength(1);
  });

  it('can be listed and revoked', async () => {
    const { id, token } = await invite('two@desk.test');
    const listed = await (await admin.call('GET', '/api/invitations')).json();
    expect(listed).toMatchObject({ invitations: [{ id, email: 'two@desk.test' }] });
    expect((await admin.call('DELETE', `/api/invitations/${id}`)).status).toBe(204);
    expect((await accept(token)).status).toBe(410);
  });

  it('expire after seven days', async () => {
    const { id, token } = await invite('late@desk.test');
    await server.store.writer.updateTable('invitation').set({ expires_at: 1 }).where('id', '=', id).execute();
    expect((await accept(token)).status).toBe(410);
  });

  it('keep the hash of the token only', async () => {
    const { token } = await invite('hash@desk.test');
    const rows = await server.store.reader.selectFrom('invitation').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('let who is here already set a new password, which signs them out elsewhere', async () => {
    const lead = await server.signIn('lead@desk.test');
    const made = await admin.call('POST', `/api/people/${lead.person}/password-link`);
    const { link } = (await made.json()) as { link: string };
    const token = new URL(link).pathname.split('/').at(-1) ?? '';
    expect((await accept(token)).status).toBe(200);
    expect((await lead.call('GET', '/api/session')).status).toBe(401);
    const { email, password } = server.account('lead@desk.test');
    const old = await server.call('POST', '/api/auth/sign-in/email', { email, password });
    const fresh = await server.call('POST', '/api/auth/sign-in/email', {
      email,
      password: 'a long enough password',
    });
    expect([old.status, fresh.status]).toEqual([401, 200]);
    expect((await accept(token)).status).toBe(410);
    const people = (await (await admin.call('GET', '/api/people')).json()) as { people: { name: string }[] };
    expect(people.people.map((person) => person.name)).toContain('Lena Lead');
  });

  it('are refused for somebody who is here', async () => {
    const body = { email: 'AGENT@desk.test', roles: ['agent'] };
    expect((await admin.call('POST', '/api/invitations', body)).status).toBe(409);
  });
});

describe('administration', () => {
  it('is for those who may', async () => {
    const agent = await server.signIn('agent@desk.test');
    const tried = [
      await agent.call('GET', '/api/people'),
      await agent.call('PATCH', `/api/people/${agent.person}`, { roles: ['administrator'] }),
      await agent.call('POST', '/api/invitations', { email: 'x@desk.test', roles: ['administrator'] }),
      await agent.call('POST', '/api/teams', { name: 'Mine' }),
      await agent.call('GET', '/api/status'),
      await agent.call('POST', '/api/keys', { name: 'k', scopes: ['desk.read'] }),
      await agent.call('GET', '/api/imports/mapping/servicenow'),
    ];
    expect(tried.map((answer) => answer.status)).toEqual(Array(tried.length).fill(403));
  });

  it('takes effect on the next request', async () => {
    const other = await server.signIn('other@desk.test');
    expect((await other.call('GET', '/api/people')).status).toBe(403);
    await admin.call('PATCH', `/api/people/${other.person}`, { roles: ['agent', 'administrator'] });
    expect((await other.call('GET', '/api/people')).status).toBe(200);
    await admin.call('PATCH', `/api/people/${other.person}`, { active: false });
    expect((await other.call('GET', '/api/session')).status).toBe(401);
  });

  it('makes, renames and lists teams and services', async () => {
    const team = (await (await admin.call('POST', '/api/teams', { name: 'Storage' })).json()) as {
      id: string;
    };
    const made = await admin.call('POST', '/api/services', { name: 'Backup', team: team.id, criticality: 2 });
    const service = (await made.json()) as { id: string };
    await admin.call('PATCH', `/api/teams/${team.id}`, { name: 'Storage and backup', lead: admin.person });
    await admin.call('PATCH', `/api/services/${service.id}`, { criticality: 1 });
    const { teams } = (await (await admin.call('GET', '/api/teams')).json()) as { teams: object[] };
    const { services } = (await (await admin.call('GET', '/api/services')).json()) as { services: object[] };
    expect(teams).toContainEqual({
      id: team.id,
      name: 'Storage and backup',
      lead: admin.person,
      members: [],
    });
    expect(services).toContainEqual({ id: service.id, name: 'Backup', team: team.id, criticality: 1 });
  });

  it('refuses a team that is not there', async () => {
    const answer = await admin.call('PATCH', `/api/people/${admin.person}`, { teams: ['nowhere'] });
    expect(await answer.json()).toMatchObject({
      code: 'invalid-request',
      detail: expect.stringContaining('nowhere'),
    });
  });
});

describe('keys', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('carry their scopes and nothing more', async () => {
    const made = await admin.call('POST', '/api/keys', { name: 'Monitor', scopes: ['admin.operate'] });
    const { token, key } = (await made.json()) as { token: string; key: { id: string } };
    expect((await server.call('GET', '/api/status', undefined, bearer(token))).status).toBe(200);
    expect((await server.call('GET', '/api/people', undefined, bearer(token))).status).toBe(403);
    expect((await server.call('GET', '/api/sessions', undefined, bearer(token))).status).toBe(403);
    const rows = await server.store.reader.selectFrom('api_key').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect((await admin.call('DELETE', `/api/keys/${key.id}`)).status).toBe(204);
    expect((await server.call('GET', '/api/status', undefined, bearer(token))).status).toBe(401);
    expect((await admin.call('DELETE', `/api/keys/${key.id}`)).status).toBe(404);
  });

  it('cannot raise anybody above their scopes, nor become somebody who is', async () => {
    const body = { name: 'Provisioning', scopes: ['admin.people', 'desk.create', 'directory.read'] };
    const { token } = (await (await admin.call('POST', '/api/keys', body)).json()) as { token: string };
    const call = (method: string, path: string, sent?: object) =>
      server.call(method, path, sent, bearer(token));
    const agent = server.account('agent@desk.test').id;
    const invite = (role: string) =>
      call('POST', '/api/invitations', { email: `${role}@new.test`, roles: [role] });
    const refused = [
      await invite('administrator'),
      await call('PATCH', `/api/people/${agent}`, { roles: ['administrator'] }),
      await call('POST', `/api/people/${admin.person}/password-link`),
    ];
    expect(refused.map((answer) => answer.status)).toEqual([403, 403, 403]);
    expect((await invite('requester')).status).toBe(201);
  });

  it('stop working when the person they act as is deactivated', async () => {
    const body = { name: 'Retired', scopes: ['admin.operate'] };
    const made = await admin.call('POST', '/api/keys', body);
    const { token, key } = (await made.json()) as { token: string; key: { id: string } };
    expect((await server.call('GET', '/api/status', undefined, bearer(token))).status).toBe(200);
    await admin.call('PATCH', `/api/people/${key.id}`, { active: false });
    expect((await server.call('GET', '/api/status', undefined, bearer(token))).status).toBe(401);
  });

  it('stop working when they expire', async () => {
    const body = { name: 'Old', scopes: ['admin.operate'], expiresAt: 1 };
    const { token } = (await (await admin.call('POST', '/api/keys', body)).json()) as { token: string };
    expect((await server.call('GET', '/api/status', undefined, bearer(token))).status).toBe(401);
  });

  it('are shown without their token', async () => {
    await admin.call('POST', '/api/keys', { name: 'Listed', scopes: ['desk.read'] });
    const { keys } = (await (await admin.call('GET', '/api/keys')).json()) as {
      keys: Record<string, unknown>[];
    };
    const listed = keys.find((key) => key['name'] === 'Listed');
    expect(listed).toMatchObject({ scopes: ['desk.read'], madeBy: admin.person });
    expect(Object.keys(listed ?? {})).not.toContain('token');
  });
});
