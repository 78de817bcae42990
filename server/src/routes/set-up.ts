import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import type { SetUp } from '../access/set-up.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody } from './describe.ts';
import { emailSchema, nameSchema, passwordSchema, personIdSchema } from './schemas.ts';
import { signIn } from './session.ts';

const firstAdministrator = z.object({
  token: z.string().max(200).meta({ description: 'Printed on the console of the server' }),
  name: nameSchema,
  email: emailSchema,
  password: passwordSchema,
});

/** The page that a fresh desk begins with. */
export function setUpRoutes(access: Access, setUp: SetUp): Hono {
  const app = new Hono();
  app.get(
    '/api/set-up',
    describe({
      tag: 'session',
      summary: 'Whether this desk still needs its first administrator',
      access: 'anyone',
      answers: z.object({ needed: z.boolean() }),
    }),
    async (c) => c.json({ needed: await setUp.needed() }),
  );
  app.post(
    '/api/set-up',
    describe({
      tag: 'session',
      summary: 'Make the first administrator and sign them in',
      access: 'anyone',
      answers: z.object({ person: personIdSchema }),
      problems: ['wrong-token', 'already-set-up', 'email-taken', 'malformed-json', 'invalid-request'],
    }),
    strictJson,
    jsonBody(firstAdministrator),
    async (c) => {
      const request = c.req.valid('json');
      await setUp.complete(request);
      return signIn(access, c, request.email.toLowerCase(), request.password);
    },
  );
  return app;
}
