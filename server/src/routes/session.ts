/** Signing in and out, and what a person may know and do about their own sessions. */
import { PERMISSIONS } from '@muster/domain/shared';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { may, sessionName } from '../access/identity.ts';
import { findPerson } from '../access/people.ts';
import { signOutEverywhere } from '../access/membership.ts';
import { endSessions, listSessions } from '../access/sessions.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, paramsOf } from './describe.ts';
import { peopleOnly, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { addressOf } from './peer-address.ts';
import { ProblemError } from './problem.ts';
import { instantSchema, passwordSchema, permissionSchema, personIdSchema, personSchema } from './schemas.ts';

const credentials = z.object({
  email: z.string().trim().min(1, 'must not be empty').max(254),
  password: z.string().min(1, 'must not be empty').max(1000),
});
const session = z.object({
  person: personSchema,
  permissions: z.array(permissionSchema),
  sessionId: z.string(),
  serverTime: instantSchema,
});
const sessionSummary = z.object({
  id: z.string(),
  signedInAt: instantSchema,
  expiresAt: instantSchema,
  device: z.string().nullable(),
  current: z.boolean(),
});

export function sessionRoutes(access: Access): Hono<SignedIn> {
  const app = new Hono<SignedIn>();

  app.post(
    '/api/auth/sign-in/email',
    describe({
      tag: 'session',
      summary: 'Sign in with email and password; the answer sets the session cookie',
      access: 'anyone',
      answers: z.object({ person: personIdSchema }),
      problems: ['wrong-credentials', 'too-many-attempts', 'malformed-json', 'invalid-request'],
    }),
    strictJson,
    jsonBody(credentials),
    async (c) => {
      const { email, password } = c.req.valid('json');
      return signIn(access, c, email.toLowerCase(), password);
    },
  );

  app.post(
    '/api/auth/sign-out',
    describe({
      tag: 'session',
      summary: 'End this session',
      access: 'anyone',
      answers: z.object({ success: z.boolean() }),
    }),
    async (c) => {
      const answer = await access.signIn.handle(libraryRequest(c, '/api/auth/sign-out', {}));
      return withCookies(c.json({ success: true }), answer.headers.getSetCookie());
    },
  );

  app.get(
    '/api/session',
    describe({ tag: 'session', summary: 'Who is signed in, and what they may do', answers: session }),
    signedIn(access),
    async (c) => {
      const { person, actor, credential } = c.var.identity;
      const prolonged =
        credential.kind === 'session' ? await access.signIn.session(c.req.raw.headers, true) : null;
      const permissions = PERMISSIONS.filter((permission) => actor.permissions.has(permission));
      const answer = c.json({
        person,
        permissions,
        sessionId: sessionName(credential),
        serverTime: Date.now(),
      });
      return withCookies(answer, prolonged?.cookies ?? []);
    },
  );

  app.get(
    '/api/sessions',
    describe({
      tag: 'session',
      summary: 'Where I am signed in',
      answers: z.object({ sessions: z.array(sessionSummary) }),
      problems: ['forbidden'],
    }),
    signedIn(access),
    peopleOnly,
    async (c) => {
      const { person, credential } = c.var.identity;
      const sessions = await listSessions(access.db, person.id, Date.now());
      return c.json({ sessions: sessions.map((one) => ({ ...one, current: one.id === credential.id })) });
    },
  );

  app.delete(
    '/api/sessions/:id',
    describe({
      tag: 'session',
      summary: 'End one of my sessions',
      answers: null,
      status: 204,
      problems: ['not-found', 'forbidden'],
    }),
    signedIn(access),
    peopleOnly,
    paramsOf(z.object({ id: z.string().max(64) })),
    async (c) => {
      const ended = await endSessions(access.db, c.var.identity.person.id, c.req.valid('param').id);
      if (ended.length === 0) throw new ProblemError('not-found');
      for (const id of ended) access.announce({ kind: 'session-ended', session: id });
      return c.body(null, 204);
    },
  );

  app.post(
    '/api/sign-out-everywhere',
    describe({
      tag: 'session',
      summary: 'End all my sessions, or with `admin.people` all of another person',
      answers: z.object({ ended: z.int() }),
      problems: ['forbidden', 'not-found', 'malformed-json', 'invalid-request'],
    }),
    signedIn(access),
    peopleOnly,
    strictJson,
    jsonBody(z.object({ person: personIdSchema.optional() })),
    async (c) => {
      const { identity } = c.var;
      const whose = c.req.valid('json').person ?? identity.person.id;
      if (whose !== identity.person.id) {
        if (!may(identity, 'admin.people')) throw new ProblemError('forbidden', 'this needs admin.people');
        if ((await findPerson(access.db, whose)) === null) throw new ProblemError('not-found');
      }
      return c.json({ ended: await signOutEverywhere(access, whose) });
    },
  );

  app.post(
    '/api/password',
    describe({
      tag: 'session',
      summary: 'Change my password; all my other sessions end',
      answers: null,
      status: 204,
      problems: ['wrong-credentials', 'too-many-attempts', 'forbidden', 'malformed-json', 'invalid-request'],
    }),
    signedIn(access),
    peopleOnly,
    strictJson,
    jsonBody(z.object({ current: z.string().max(1000), next: passwordSchema })),
    async (c) => {
      const { person, credential } = c.var.identity;
      const { current, next } = c.req.valid('json');
      const address = addressOf(c);
      await access.attempts.begin(address, person.email);
      if (!(await access.signIn.isPassword(person.id, current)))
        throw new ProblemError('wrong-credentials', 'the present password is wrong');
      await access.attempts.succeeded(address, person.email);
      await access.signIn.setPassword(person.id, next);
      for (const other of await listSessions(access.db, person.id, Date.now())) {
        if (other.id === credential.id) continue;
        await endSessions(access.db, person.id, other.id);
        access.announce({ kind: 'session-ended', session: other.id });
      }
      return c.body(null, 204);
    },
  );

  return app;
}

/** One answer for a wrong password, an unknown account and one that is switched off. */
export async function signIn(access: Access, c: Context, email: string, password: string): Promise<Response> {
  const address = addressOf(c);
  await access.attempts.begin(address, email);
  const answer = await access.signIn.handle(
    libraryRequest(c, '/api/auth/sign-in/email', { email, password }),
  );
  if (!answer.ok) throw new ProblemError('wrong-credentials');
  await access.attempts.succeeded(address, email);
  const { user } = z.object({ user: z.object({ id: z.string() }) }).parse(await answer.json());
  return withCookies(c.json({ person: user.id }), answer.headers.getSetCookie());
}

/** The library gets what we have checked, not what was sent. */
function libraryRequest(c: Context, path: string, body: object): Request {
  const headers = new Headers({ 'content-type': 'application/json' });
  for (const name of ['cookie', 'user-agent']) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  return new Request(new URL(path, c.req.url), { method: 'POST', headers, body: JSON.stringify(body) });
}

function withCookies(answer: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) answer.headers.append('set-cookie', cookie);
  answer.headers.set('cache-control', 'no-store');
  return answer;
}
