/** Browsers in which a person wants to be told of news while no page of the desk is open. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { faultOfAddress } from '../channels/outgoing/address.ts';
import { keepDevice, removeDevice } from '../channels/push/devices.ts';
import type { PushSender } from '../channels/push/push-sender.ts';
import type { Store } from '../store/store.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, paramsOf } from './describe.ts';
import { peopleOnly, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { Pace } from './pace.ts';
import { ProblemError } from './problem.ts';

const P256_POINT_BYTES = 65;
const UNCOMPRESSED = 4;
const AUTH_BYTES = 16;

const base64url = (bytes: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+={0,2}$/, 'must be base64url')
    .refine((text) => Buffer.from(text, 'base64url').length === bytes, `must be ${bytes} bytes`);

/** What `PushSubscription.toJSON()` says. */
const subscription = z.object({
  endpoint: z.string().max(2_000),
  keys: z.object({
    p256dh: base64url(P256_POINT_BYTES).refine(
      (text) => Buffer.from(text, 'base64url')[0] === UNCOMPRESSED,
      'must be an uncompressed point',
    ),
    auth: base64url(AUTH_BYTES),
  }),
});

/** What the push service said is for administrators: the person named the address that says it. */
const testAnswer = z.object({ outcome: z.enum(['taken', 'gone', 'refused', 'deferred']) });

const ofDevice = paramsOf(z.object({ id: z.string().max(64) }));
const MAX_NAME = 200;
const TESTS_PER_MINUTE = 5;

export function deviceRoutes(access: Access, store: Store, push: PushSender): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const pace = new Pace(TESTS_PER_MINUTE, 'test messages');
  const guard = [signedIn(access), peopleOnly] as const;

  app.post(
    '/api/me/devices',
    describe({
      tag: 'session',
      summary: 'Be told on the device of this session, until signing out there',
      answers: z.object({ id: z.string() }),
      status: 201,
      problems: ['forbidden', 'malformed-json', 'invalid-request'],
    }),
    ...guard,
    strictJson,
    jsonBody(subscription),
    async (c) => {
      const { endpoint, keys } = c.req.valid('json');
      const { person, credential } = c.var.identity;
      const fault = faultOfAddress(endpoint, push.allowPrivate);
      if (fault !== null || !endpoint.startsWith('https:'))
        throw new ProblemError('invalid-request', 'body.endpoint: is not the address of a push service');
      const name = (c.req.header('user-agent') ?? '').slice(0, MAX_NAME);
      const by = { person: person.id, session: credential.id, name };
      return c.json({ id: await keepDevice(store, { endpoint, keys }, by, Date.now()) }, 201);
    },
  );

  app.delete(
    '/api/me/devices/:id',
    describe({
      tag: 'session',
      summary: 'Be told on a device of one’s own no more',
      answers: null,
      status: 204,
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    ofDevice,
    async (c) => {
      if (!(await removeDevice(store.writer, c.var.identity.person.id, c.req.valid('param').id)))
        throw new ProblemError('not-found');
      return c.body(null, 204);
    },
  );

  app.post(
    '/api/me/devices/:id/test',
    describe({
      tag: 'session',
      summary: 'Send a message to a device of one’s own at once, to see whether it arrives',
      answers: testAnswer,
      problems: ['forbidden', 'not-found', 'too-many-requests'],
    }),
    ...guard,
    ofDevice,
    async (c) => {
      const { id } = c.var.identity.person;
      await pace.keep(id);
      const answer = await push.sendTest(id, c.req.valid('param').id);
      if (answer === null) throw new ProblemError('not-found');
      return c.json({ outcome: answer.outcome });
    },
  );

  return app;
}
