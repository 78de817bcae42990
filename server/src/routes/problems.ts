/** Reading problems over HTTP, those that have left the board too. Writing is by command alone. */
import { PROBLEM_STATES } from '@muster/domain/problem';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { listProblems, readProblem } from '../store/query/index.ts';
import type { Store } from '../store/store.ts';
import { describe, paramsOf, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { askedOf, next, page } from './paging.ts';
import { ProblemError } from './problem.ts';
import { problemEventSchema, problemSchema } from './problem-schemas.ts';
import { word } from './release-schemas.ts';

const filter = z.object({
  state: z.enum(PROBLEM_STATES).optional(),
  service: word.optional(),
  team: word.optional(),
  owner: word.optional(),
  incident: word.optional().meta({ description: 'Id of an incident that it is linked to' }),
  q: word.optional().meta({ description: 'Words of its number, title, causes, workaround, fix or room' }),
  ...page,
});

export function problemRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), permitted('problem.read')] as const;

  app.get(
    '/api/problems',
    describe({
      tag: 'problems',
      summary: 'Problems, newest change first, archived ones too',
      description: 'They are opened and moved on by commands `problem.<verb>`.',
      answers: z.object({ problems: z.array(problemSchema), next }),
      problems: ['forbidden', 'invalid-request'],
    }),
    ...guard,
    queryOf(filter),
    async (c) => {
      const { wanted, cursor, limit } = askedOf(c.req.valid('query'));
      const found = await listProblems(store.reader, c.var.identity.actor, wanted, cursor, limit);
      return c.json({ problems: found.items.map(({ record }) => record), next: found.next });
    },
  );

  app.get(
    '/api/problems/:id',
    describe({
      tag: 'problems',
      summary: 'One problem, by its id or number, and its history',
      answers: z.object({ problem: problemSchema, events: z.array(problemEventSchema) }),
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...guard,
    paramsOf(z.object({ id: word })),
    async (c) => {
      const found = await readProblem(store.reader, c.var.identity.actor, c.req.valid('param').id);
      if (found === null) throw new ProblemError('not-found');
      return c.json({ problem: found.problem, events: [...found.events] });
    },
  );

  return app;
}
