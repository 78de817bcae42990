/** Reading known errors and articles over HTTP: all of them for the staff, and what is published for everybody. Writing is by command alone. */
import { knowledgeMarkdown } from '@muster/documents/knowledge';
import { KNOWLEDGE_KINDS, KNOWLEDGE_STATES } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { listHelp, listKnownErrors, readKnownError, readKnownErrorVersions } from '../store/query/index.ts';
import type { Store } from '../store/store.ts';
import { describe, paramsOf, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import {
  helpSchema,
  knowledgeEventSchema,
  knowledgeVersionSchema,
  knownErrorSchema,
} from './known-error-schemas.ts';
import { askedOf, next, page } from './paging.ts';
import { ProblemError } from './problem.ts';
import { word } from './release-schemas.ts';
import { ticketSchema } from './schemas.ts';

const q = z.string().max(200).optional().meta({ description: 'Words to find it by' });
const filter = z.object({
  kind: z.enum(KNOWLEDGE_KINDS).optional(),
  state: z.enum(KNOWLEDGE_STATES).optional(),
  service: word.optional(),
  category: z.string().max(200).optional(),
  problem: word.optional().meta({ description: 'Id of a problem that it is about' }),
  ticket: word.optional().meta({ description: 'Id of a ticket that it was used on' }),
  q,
  ...page,
});
const params = z.object({ id: word });
const ofVersion = z.object({ id: word, number: z.coerce.number().int().min(1) });

export function knownErrorRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), permitted('problem.read')] as const;

  app.get(
    '/api/known-errors',
    describe({
      tag: 'problems',
      summary: 'Known errors and articles, newest change first, drafts and retired ones too',
      description: 'They are written and published by commands `known-error.<verb>`.',
      answers: z.object({ knownErrors: z.array(knownErrorSchema), next }),
      problems: ['forbidden', 'invalid-request'],
    }),
    ...guard,
    queryOf(filter),
    async (c) => {
      const { wanted, cursor, limit } = askedOf(c.req.valid('query'));
      const found = await listKnownErrors(store.reader, c.var.identity.actor, wanted, cursor, limit);
      return c.json({ knownErrors: found.items.map(({ record }) => record), next: found.next });
    },
  );

  app.get(
    '/api/known-errors/:id',
    describe({
      tag: 'problems',
      summary:
        'One known error or article with its history, and the tickets it was used on that you may read',
      answers: z.object({
        knownError: knownErrorSchema,
        events: z.array(knowledgeEventSchema),
        tickets: z.array(ticketSchema),
      }),
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...guard,
    paramsOf(params),
    async (c) => {
      const id = recordId(c.req.valid('param').id);
      const found = await readKnownError(store.reader, c.var.identity.actor, id);
      if (found === null) throw new ProblemError('not-found');
      const { knownError, events, tickets } = found;
      return c.json({ knownError, events: [...events], tickets: [...tickets] });
    },
  );

  app.get(
    '/api/known-errors/:id/versions',
    describe({
      tag: 'problems',
      summary: 'What was published of it, the newest first, each with its text as it was then',
      answers: z.object({ versions: z.array(knowledgeVersionSchema) }),
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...guard,
    paramsOf(params),
    async (c) => {
      const id = recordId(c.req.valid('param').id);
      const versions = await readKnownErrorVersions(store.reader, c.var.identity.actor, id);
      if (versions === null) throw new ProblemError('not-found');
      return c.json({ versions: [...versions] });
    },
  );

  app.get(
    '/api/known-errors/:id/versions/:number/text.md',
    describe({
      tag: 'problems',
      summary: 'One version as Markdown',
      answers: z.string(),
      media: 'text/markdown',
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...guard,
    paramsOf(ofVersion),
    async (c) => {
      const { id, number } = c.req.valid('param');
      const { actor } = c.var.identity;
      const found = await readKnownError(store.reader, actor, recordId(id));
      const versions = await readKnownErrorVersions(store.reader, actor, recordId(id));
      const version = versions?.find((each) => each.number === number);
      if (found === null || version === undefined) throw new ProblemError('not-found');
      const text = knowledgeMarkdown(found.knownError.kind, version.content, version.body);
      return c.body(text, 200, { 'content-type': 'text/markdown; charset=utf-8' });
    },
  );

  app.get(
    '/api/help',
    describe({
      tag: 'problems',
      summary: 'What is published for everybody, newest first',
      answers: z.object({ help: z.array(helpSchema), next }),
      problems: ['forbidden', 'invalid-request'],
    }),
    signedIn(access),
    permitted('directory.read'),
    queryOf(z.object({ q, ...page })),
    async (c) => {
      const { wanted, cursor, limit } = askedOf(c.req.valid('query'));
      const found = await listHelp(store.reader, wanted.q, cursor, limit);
      const help = found.items.map(({ record: { updatedAt, ...row } }) => (void updatedAt, row));
      return c.json({ help, next: found.next });
    },
  );

  return app;
}
