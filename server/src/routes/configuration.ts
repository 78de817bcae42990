/** Reading items, their histories and their rules over HTTP. Writing is by command alone. */
import { ITEM_STATES } from '@muster/domain/configuration';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { readOrigins } from '../import/configuration/origins.ts';
import { readRules } from '../store/configuration.ts';
import { listItems, readItem, readItemAt } from '../store/query/index.ts';
import type { Store } from '../store/store.ts';
import {
  historySchema,
  itemSchema,
  originsSchema,
  relationSchema,
  rulesSchema,
  stoodSchema,
} from './configuration-schemas.ts';
import { describe, paramsOf, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { askedOf, next, page } from './paging.ts';
import { ProblemError } from './problem.ts';
import { word } from './release-schemas.ts';

const filter = z.object({
  class: word.optional().meta({ description: 'Id of a class; those that are kinds of it count' }),
  state: z.enum(ITEM_STATES).optional(),
  owner: word.optional(),
  team: word.optional(),
  q: word.optional().meta({ description: 'Words of its number, its name or what its attributes say' }),
  ...page,
});

const moment = z.object({
  at: z.coerce.number().int('must be a whole number').min(0).meta({ description: 'Epoch milliseconds, UTC' }),
});

export function configurationRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), permitted('configuration.read')] as const;
  const byId = paramsOf(z.object({ id: word }));

  app.get(
    '/api/configuration/items',
    describe({
      tag: 'configuration',
      summary: 'Configuration items, newest change first, retired ones too',
      description:
        'They are made and changed by commands `item.<verb>`, related by `relation.<verb>`. Services are those of the directory.',
      answers: z.object({ items: z.array(itemSchema), next }),
      problems: ['forbidden', 'invalid-request'],
    }),
    ...guard,
    queryOf(filter),
    async (c) => {
      const { wanted, cursor, limit } = askedOf(c.req.valid('query'));
      const found = await listItems(store.reader, c.var.identity.actor, wanted, cursor, limit);
      return c.json({ items: found.items.map(({ record }) => record), next: found.next });
    },
  );

  app.get(
    '/api/configuration/items/:id',
    describe({
      tag: 'configuration',
      summary: 'One item, by its id or number, the relations that it stands in, and the history of all of it',
      answers: z.object({
        item: itemSchema,
        relations: z.array(relationSchema),
        history: z.array(historySchema),
      }),
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...guard,
    byId,
    async (c) => {
      const found = await readItem(store.reader, c.var.identity.actor, c.req.valid('param').id);
      if (found === null) throw new ProblemError('not-found');
      const { item, relations, history } = found;
      return c.json({ item, relations: [...relations], history: [...history] });
    },
  );

  app.get(
    '/api/configuration/items/:id/origins',
    describe({
      tag: 'configuration',
      summary: 'By which sources of imports an item came and what they call it, and who made it',
      answers: originsSchema,
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...guard,
    byId,
    async (c) => {
      const found = await readOrigins(store.reader, c.var.identity.actor, c.req.valid('param').id);
      if (found === null) throw new ProblemError('not-found');
      return c.json({ made: found.made, sources: [...found.sources] });
    },
  );

  app.get(
    '/api/configuration/items/:id/as-of',
    describe({
      tag: 'configuration',
      summary: 'How an item stood at a moment, and what it was related to then',
      answers: z.object({
        item: itemSchema.nullable().meta({ description: 'Null before it was made' }),
        relations: z.array(stoodSchema),
      }),
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...guard,
    byId,
    queryOf(moment),
    async (c) => {
      const { id } = c.req.valid('param');
      const then = await readItemAt(store.reader, c.var.identity.actor, id, c.req.valid('query').at);
      if (then === null) throw new ProblemError('not-found');
      return c.json({ item: then.item, relations: [...then.relations] });
    },
  );

  app.get(
    '/api/configuration/rules',
    describe({
      tag: 'configuration',
      summary: 'Classes of items with their attributes, and types of relations with what each may relate',
      description:
        'They are set whole by `configuration.set-classes`, `configuration.set-relation-types`, or both by `configuration.set-rules`.',
      answers: rulesSchema,
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => c.json(await readRules(store.reader)),
  );

  return app;
}
