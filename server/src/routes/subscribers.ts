/** Who follows the status page by mail without an account, for administrators. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { countSubscribers, listSubscribers, removeSubscriber } from '../channels/announcement/subscribers.ts';
import type { Store } from '../store/store.ts';
import { strictJson } from './body.ts';
import { csvAnswer } from './csv.ts';
import { describe, jsonBody } from './describe.ts';
import { peopleOnly, permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';

const counts = z.object({
  offered: z.boolean().meta({
    description:
      'Whether the status page asks for addresses: it is on, mail goes out, and MUSTER_ORIGIN is set',
  }),
  confirmed: z.int(),
  waiting: z.int().meta({ description: 'Asked for mail in the last day and did not say yes yet' }),
});
const address = z.strictObject({ address: z.string().trim().toLowerCase().min(1).max(254) });

export function subscriberRoutes(access: Access, store: Store, offered: boolean): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), peopleOnly, permitted('admin.operate')] as const;

  app.get(
    '/api/channels/subscribers',
    describe({
      tag: 'operation',
      summary: 'How many addresses follow the status page by mail',
      answers: counts,
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => c.json({ offered, ...(await countSubscribers(store.reader)) }),
  );
  app.get(
    '/api/channels/subscribers/export',
    describe({
      tag: 'operation',
      summary: 'The addresses that follow the status page, with when they said yes',
      answers: z.string(),
      media: 'text/csv',
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => {
      const rows = await listSubscribers(store.reader);
      const lines = rows.map((row) => [row.address, new Date(row.confirmed_at ?? 0).toISOString()]);
      return csvAnswer(c, 'status-subscribers', [['address', 'confirmed'], ...lines]);
    },
  );
  app.delete(
    '/api/channels/subscribers',
    describe({
      tag: 'operation',
      summary: 'Remove an address: no more mail goes to it, and nothing of it is kept',
      answers: null,
      status: 204,
      problems: ['forbidden', 'invalid-request', 'malformed-json', 'not-found'],
    }),
    ...guard,
    strictJson,
    jsonBody(address),
    async (c) => {
      if (!(await removeSubscriber(store.writer, c.req.valid('json'))))
        throw new ProblemError('not-found', 'this address does not follow the status page');
      return c.body(null, 204);
    },
  );
  return app;
}
