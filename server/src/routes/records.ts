/** Reading records over HTTP: lists, one record with its history, search. Writing is by command alone. */
import { MAJOR_STATES, TICKET_PROCESSES, recordId } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import {
  MAX_PAGE,
  listRecords,
  readRecord,
  searchChanges,
  searchItems,
  searchProblems,
  searchRecords,
} from '../store/query/index.ts';
import type { Store } from '../store/store.ts';
import { describe, paramsOf, queryOf } from './describe.ts';
import { signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { askedOf, next, page } from './paging.ts';
import { ProblemError } from './problem.ts';
import { changeSchema } from './change-schemas.ts';
import { itemSchema } from './configuration-schemas.ts';
import { problemSchema } from './problem-schemas.ts';
import { recordedEventSchema, ticketSchema } from './schemas.ts';

const word = z.string().min(1, 'must not be empty').max(64);

/** An id and its comma, with room. */
const ID_ROOM = 30;

const filter = z.object({
  process: z.enum(TICKET_PROCESSES).optional(),
  state: word.optional(),
  team: word.optional(),
  owner: word.optional(),
  requester: word.optional(),
  major: z.enum(MAJOR_STATES).optional(),
  severity: z.coerce.number().int().min(1).max(5).optional(),
  ids: z
    .string()
    .max(MAX_PAGE * ID_ROOM)
    .transform((ids) => ids.split(',').slice(0, MAX_PAGE))
    .optional()
    .meta({ description: 'Ids of records, separated by commas: these alone' }),
  ...page,
});
const NONE = { items: [] };
const search = z.object({ q: z.string().min(1, 'must not be empty').max(200), ...page });

export function recordRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const member = signedIn(access);

  app.get(
    '/api/records',
    describe({
      tag: 'records',
      summary: 'Records that I may read, newest change first, archived ones too',
      answers: z.object({ records: z.array(ticketSchema), next }),
      problems: ['invalid-request'],
    }),
    member,
    queryOf(filter),
    async (c) => {
      const { wanted, cursor, limit } = askedOf(c.req.valid('query'));
      const found = await listRecords(store.reader, c.var.identity.actor, wanted, cursor, limit);
      return c.json({ records: found.items.map(({ record }) => record), next: found.next });
    },
  );

  app.get(
    '/api/records/:id',
    describe({
      tag: 'records',
      summary: 'One record and its history: all of it for staff, its public part for who asked',
      answers: z.object({ ticket: ticketSchema, events: z.array(recordedEventSchema) }),
      problems: ['not-found', 'invalid-request'],
    }),
    member,
    paramsOf(z.object({ id: word })),
    async (c) => {
      const found = await readRecord(store.reader, c.var.identity.actor, recordId(c.req.valid('param').id));
      if (found === null) throw new ProblemError('not-found');
      return c.json({ ticket: found.ticket, events: [...found.events] });
    },
  );

  app.get(
    '/api/search',
    describe({
      tag: 'records',
      summary: 'Full text over all records and conversations that I may read, archived ones too',
      answers: z.object({
        results: z.array(
          z.object({
            record: ticketSchema,
            excerpt: z.string().meta({ description: 'Plain text, not HTML' }),
          }),
        ),
        changes: z
          .array(z.object({ change: changeSchema, excerpt: z.string() }))
          .meta({ description: 'Changes, on the first page; more of them by /api/changes' }),
        problems: z
          .array(z.object({ problem: problemSchema, excerpt: z.string() }))
          .meta({ description: 'Problems, on the first page; more of them by /api/problems' }),
        items: z.array(z.object({ item: itemSchema, excerpt: z.string() })).meta({
          description: 'Configuration items, on the first page; more of them by /api/configuration/items',
        }),
        next,
      }),
      problems: ['invalid-request'],
    }),
    member,
    queryOf(search),
    async (c) => {
      const { q, cursor, limit } = c.req.valid('query');
      const { actor } = c.var.identity;
      const found = await searchRecords(store.reader, actor, q, cursor ?? null, limit);
      const isFirst = cursor === undefined;
      const changes = isFirst ? await searchChanges(store.reader, actor, q, null, limit) : NONE;
      const problems = isFirst ? await searchProblems(store.reader, actor, q, limit) : [];
      const items = isFirst ? await searchItems(store.reader, actor, q, limit) : [];
      return c.json({
        results: [...found.items],
        changes: changes.items.map(({ record, excerpt }) => ({ change: record, excerpt })),
        problems: problems.map(({ record, excerpt }) => ({ problem: record, excerpt })),
        items: items.map(({ record, excerpt }) => ({ item: record, excerpt })),
        next: found.next,
      });
    },
  );

  return app;
}
