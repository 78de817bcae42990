/** Reading changes over HTTP, those that have left the board too. Writing is by command alone. */
import { CHANGE_STATES, RISK_LEVELS } from '@muster/domain/change';
import { recordId } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { listChanges, readChange } from '../store/query/index.ts';
import type { Store } from '../store/store.ts';
import { changeEventSchema, changeSchema } from './change-schemas.ts';
import { describe, paramsOf, queryOf } from './describe.ts';
import { signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { askedOf, next, page } from './paging.ts';
import { ProblemError } from './problem.ts';

const word = z.string().min(1, 'must not be empty').max(64);
const instant = z.coerce.number().int('must be epoch milliseconds').min(0);

const filter = z.object({
  state: z.enum(CHANGE_STATES).optional(),
  model: word.optional(),
  team: word.optional(),
  owner: word.optional(),
  risk: z.enum(RISK_LEVELS).optional(),
  item: word.optional().meta({ description: 'A service or item that is touched' }),
  from: instant.optional().meta({ description: 'Windows that end after this' }),
  to: instant.optional().meta({ description: 'Windows that begin before this' }),
  ...page,
});

export function changeRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  app.get(
    '/api/changes',
    describe({
      tag: 'changes',
      summary: 'Changes, newest change first, archived ones too',
      description:
        'They are made and moved on by commands `change.<verb>`, templates of standard ones by `change-template.<verb>`.',
      answers: z.object({ changes: z.array(changeSchema), next }),
      problems: ['invalid-request'],
    }),
    signedIn(access),
    queryOf(filter),
    async (c) => {
      const { wanted, cursor, limit } = askedOf(c.req.valid('query'));
      const found = await listChanges(store.reader, c.var.identity.actor, wanted, cursor, limit);
      return c.json({ changes: found.items.map(({ record }) => record), next: found.next });
    },
  );
  app.get(
    '/api/changes/:id',
    describe({
      tag: 'changes',
      summary: 'One change and its history',
      answers: z.object({ change: changeSchema, events: z.array(changeEventSchema) }),
      problems: ['not-found', 'invalid-request'],
    }),
    signedIn(access),
    paramsOf(z.object({ id: word })),
    async (c) => {
      const found = await readChange(store.reader, c.var.identity.actor, recordId(c.req.valid('param').id));
      if (found === null) throw new ProblemError('not-found');
      return c.json({ change: found.change, events: [...found.events] });
    },
  );
  return app;
}
