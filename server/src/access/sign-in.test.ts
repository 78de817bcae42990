import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer } from '../testing.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const signIn = (email: string, password: string) =>
  server.call('POST', '/api/auth/sign-in/email', { email, password });

describe('signing in', () => {
  it('says who is signed in and what they may do', async () => {
    const agent = await server.signIn('agent@desk.test');
    const answer = await agent.call('GET', '/api/session');
    expect(await answer.json()).toMatchObject({
      person: { id: agent.person, email: 'agent@desk.test', roles: ['agent'] },
      permissions: expect.arrayContaining(['desk.work', 'incident.declare']),
      serverTime: expect.any(Number),
    });
  });

  it('keeps the cookie from scripts and other sites', async () => {
    const answer = await signIn('agent@desk.test', server.account('agent@desk.test').password);
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
  });

  it('answers alike for a wrong password, nobody and a deactivated account', async () => {
    const admin = await server.signIn('admin@desk.test');
    await admin.call('PATCH', `/api/people/${server.account('other@desk.test').id}`, { active: false });
    const answers = [
      await signIn('agent@desk.test', 'not it'),
      await signIn('nobody@desk.test', 'not it'),
      await signIn('other@desk.test', server.account('other@desk.test').password),
      await signIn('not an address', 'not it'),
    ];
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 401]);
    expect(new Set(bodies).size).toBe(1);
    await admin.call('PATCH', `/api/people/${server.account('other@desk.test').id}`, { active: true });
  });

  it('slows down whoever guesses, and says for how long', async () => {
    const codes: number[] = [];
    for (let attempt = 0; attempt < 10; attempt++) codes.push((await signIn('guess@desk.test', 'no')).status);
    expect(codes.slice(0, 8)).toEqual(Array(8).fill(401));
    const limited = await signIn('guess@desk.test', 'no');
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(60);
  });

  it('lets no more guesses in when they come all at once', async () => {
    const guesses = Array.from({ length: 30 }, (_, index) => signIn('burst@desk.test', `guess ${index}`));
    const codes = (await Promise.all(guesses)).map(({ status }) => status);
    expect(codes.filter((code) => code === 401).length).toBe(8);
    expect(codes.filter((code) => code === 429).length).toBe(22);
  });

  it('does not count signing in rightly against anybody', async () => {
    for (let round = 0; round < 12; round++) await server.signIn('lead@desk.test');
    expect((await signIn('lead@desk.test', 'no')).status).toBe(401);
  });

  it('is not possible to sign up', async () => {
    const body = { email: 'new@desk.test', password: 'long enough to pass', name: 'New' };
    expect((await server.call('POST', '/api/auth/sign-up/email', body)).status).toBe(404);
  });

  it('refuses a forged cookie', async () => {
    const { cookie } = await server.signIn('agent@desk.test');
    const forged = cookie.replace(/\.[^.]*$/, '.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D');
    expect((await server.call('GET', '/api/session', undefined, { cookie: forged })).status).toBe(401);
  });
});

describe('ending sessions', () => {
  it('ends the session of a sign-out at once', async () => {
    const agent = await server.signIn('agent@desk.test');
    expect((await agent.call('GET', '/api/session')).status).toBe(200);
    await agent.call('POST', '/api/auth/sign-out', {});
    expect((await agent.call('GET', '/api/session')).status).toBe(401);
  });

  it('lists sessions, ends one of them and leaves the others', async () => {
    const [here, there] = [await server.signIn('lead@desk.test'), await server.signIn('lead@desk.test')];
    const listed = (await (await here.call('GET', '/api/sessions')).json()) as {
      sessions: { id: string; current: boolean }[];
    };
    const other = listed.sessions.find((session) => !session.current);
    expect((await here.call('DELETE', `/api/sessions/${other?.id}`)).status).toBe(204);
    expect((await here.call('GET', '/api/session')).status).toBe(200);
    expect((await there.call('GET', '/api/session')).status).toBe(401);
  });

  it('does not end a session of somebody else', async () => {
    const [agent, lead] = [await server.signIn('agent@desk.test'), await server.signIn('lead@desk.test')];
    const { sessionId } = (await (await lead.call('GET', '/api/session')).json()) as { sessionId: string };
    expect((await agent.call('DELETE', `/api/sessions/${sessionId}`)).status).toBe(404);
    expect((await lead.call('GET', '/api/session')).status).toBe(200);
  });

  it('signs out everywhere, another person only with admin.people', async () => {
    const [agent, again] = [await server.signIn('agent@desk.test'), await server.signIn('agent@desk.test')];
    const lead = await server.signIn('lead@desk.test');
    expect((await lead.call('POST', '/api/sign-out-everywhere', { person: agent.person })).status).toBe(403);
    const admin = await server.signIn('admin@desk.test');
    expect((await admin.call('POST', '/api/sign-out-everywhere', { person: agent.person })).status).toBe(200);
    expect((await agent.call('GET', '/api/session')).status).toBe(401);
    expect((await again.call('GET', '/api/session')).status).toBe(401);
  });

  it('changes a password with the present one, which ends all other sessions', async () => {
    const [here, there] = [
      await server.signIn('requester@desk.test'),
      await server.signIn('requester@desk.test'),
    ];
    const { password } = server.account('requester@desk.test');
    const change = (current: string, next: string) => here.call('POST', '/api/password', { current, next });
    expect((await change('not it', 'another long one')).status).toBe(401);
    expect((await change(password, 'short')).status).toBe(400);
    expect((await change(password, 'another long one')).status).toBe(204);
    expect((await here.call('GET', '/api/session')).status).toBe(200);
    expect((await there.call('GET', '/api/session')).status).toBe(401);
    expect((await signIn('requester@desk.test', password)).status).toBe(401);
    expect((await signIn('requester@desk.test', 'another long one')).status).toBe(200);
  });
});
