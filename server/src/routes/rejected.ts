/** What the server refused of one's own writing in documents, to recover from. */
import { textOf } from '@muster/sync/server';
import { Hono } from 'hono';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { findRejected, listRejected, removeRejected } from '../store/query/index.ts';
import type { Store } from '../store/store.ts';
import { describe, paramsOf, queryOf } from './describe.ts';
import { peopleOnly, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import { instantSchema } from './schemas.ts';

const UPDATE = 'application/octet-stream';
const PAGE_AT_MOST = 50;
/** Of each text in a list, in characters; the bytes hold the rest. */
const TEXT_AT_MOST = 20_000;

const page = z.object({
  cursor: z.coerce.number().int().min(0).optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int('must be a whole number').min(1).max(PAGE_AT_MOST).default(20),
});
const params = z.object({ id: z.coerce.number().int('must be a whole number').min(1) });
const rejectedSchema = z.object({
  rejected: z.array(
    z.object({
      id: z.int(),
      at: instantSchema,
      document: z.string(),
      code: z.string().meta({ description: 'Why it was refused, as the refusal said it' }),
      size: z.int().meta({ description: 'Bytes' }),
      text: z.string().meta({
        description: `The words that can be read out of it, ${TEXT_AT_MOST} characters at most; empty when there are none`,
      }),
    }),
  ),
  next: z.int().nullable(),
});

export function rejectedRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();

  app.get(
    '/api/me/rejected',
    describe({
      tag: 'session',
      summary: 'What was refused of what I wrote in documents, newest first',
      description: 'Kept for 90 days: the newest of each document, as far as all together keep to a size.',
      answers: rejectedSchema,
      problems: ['forbidden', 'invalid-request'],
    }),
    signedIn(access),
    peopleOnly,
    queryOf(page),
    async (c) => {
      const { rows, next } = await listRejected(store.reader, c.var.identity.person.id, c.req.valid('query'));
      const rejected: z.input<typeof rejectedSchema>['rejected'] = [];
      for (const { id, at, name, code, bin } of rows) {
        const text = textOf(bin).slice(0, TEXT_AT_MOST);
        rejected.push({ id, at, document: name, code, size: bin.length, text });
        // reading one may take a while: others have their turn between them
        await setImmediate();
      }
      return c.json({ rejected, next });
    },
  );

  app.get(
    '/api/me/rejected/:id',
    describe({
      tag: 'session',
      summary: 'The bytes of one of them, a Yjs update as it was sent',
      answers: z.string().meta({ format: 'binary' }),
      media: UPDATE,
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    signedIn(access),
    peopleOnly,
    paramsOf(params),
    async (c) => {
      const found = await findRejected(store.reader, c.var.identity.person.id, c.req.valid('param').id);
      if (found === null) throw new ProblemError('not-found');
      c.header('content-type', UPDATE);
      c.header('content-disposition', `attachment; filename="rejected-${found.id}.bin"`);
      return c.body(new Uint8Array(found.bin));
    },
  );

  app.delete(
    '/api/me/rejected/:id',
    describe({
      tag: 'session',
      summary: 'Let go of one of them for good',
      answers: null,
      status: 204,
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    signedIn(access),
    peopleOnly,
    paramsOf(params),
    async (c) => {
      if (!(await removeRejected(store.writer, c.var.identity.person.id, c.req.valid('param').id)))
        throw new ProblemError('not-found');
      return c.body(null, 204);
    },
  );

  return app;
}
