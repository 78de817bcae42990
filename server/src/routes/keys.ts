/** Keys for machines. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { listKeys, makeKey, revokeKey } from '../access/keys.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, paramsOf } from './describe.ts';
import { peopleOnly, permitted, refuseUnheld, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import { instantSchema, nameSchema, permissionSchema, personIdSchema } from './schemas.ts';

const key = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().meta({ description: 'How the key begins, to tell keys apart' }),
    scopes: z.array(permissionSchema),
    madeBy: personIdSchema,
    madeAt: instantSchema,
    expiresAt: instantSchema.nullable(),
    lastUsedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Key' });

const newKey = z.object({
  name: nameSchema,
  scopes: z.array(permissionSchema).min(1, 'must name at least one permission'),
  expiresAt: instantSchema.nullable().default(null),
});

export function keyRoutes(access: Access): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), peopleOnly, permitted('admin.keys')] as const;

  app.get(
    '/api/keys',
    describe({
      tag: 'people',
      summary: 'Keys that work',
      answers: z.object({ keys: z.array(key) }),
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => c.json({ keys: await listKeys(access.db, Date.now()) }),
  );

  app.post(
    '/api/keys',
    describe({
      tag: 'people',
      summary: 'Make a key; its token is shown this once',
      answers: z.object({ key, token: z.string() }),
      status: 201,
      problems: ['forbidden', 'malformed-json', 'invalid-request'],
    }),
    ...guard,
    strictJson,
    jsonBody(newKey),
    async (c) => {
      const { identity } = c.var;
      const asked = c.req.valid('json');
      refuseUnheld(identity, asked.scopes);
      const made = await makeKey(access.db, { ...asked, madeBy: identity.person.id }, Date.now());
      await access.directoryChanged();
      return c.json(made, 201);
    },
  );

  app.delete(
    '/api/keys/:id',
    describe({
      tag: 'people',
      summary: 'Revoke a key; its sockets close',
      answers: null,
      status: 204,
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    paramsOf(z.object({ id: z.string().max(64) })),
    async (c) => {
      const { id } = c.req.valid('param');
      if (!(await revokeKey(access.db, id, Date.now()))) throw new ProblemError('not-found');
      access.announce({ kind: 'key-revoked', key: id });
      await access.directoryChanged();
      return c.body(null, 204);
    },
  );

  return app;
}
