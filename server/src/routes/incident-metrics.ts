/** How long major incidents took: for who reads reports, over what they may read. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { listMeasuredMajors } from '../store/query/index.ts';
import type { Store } from '../store/store.ts';
import { describe, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { instantSchema } from './schemas.ts';

const ms = z.number().min(0).nullable();

const answers = z.object({
  incidents: z.array(
    z.object({
      id: z.string(),
      number: z.string().nullable(),
      title: z.string(),
      severity: z.int(),
      createdAt: instantSchema,
      declaredAt: instantSchema,
      times: z
        .object({ detect: ms, acknowledge: ms, mitigate: ms, resolve: ms })
        .meta({ description: 'In ms; null for what is not reached' }),
    }),
  ),
  more: z.boolean().meta({ description: 'There are older ones that are not told' }),
});

const period = z.object({
  since: z.coerce.number().int().min(0).default(0).meta({ description: 'Opened then or later, epoch ms' }),
});

export function incidentMetricsRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  app.get(
    '/api/incident/metrics',
    describe({
      tag: 'records',
      summary: 'Major incidents with their times, newest first, without drills',
      description:
        'Detect: opened to proposed. Acknowledge: proposed to accepted. Mitigate and resolve: opened to the phase ' +
        'from which it did not fall back. Incidents tagged `drill` are left out.',
      answers,
      problems: ['forbidden', 'invalid-request'],
    }),
    signedIn(access),
    permitted('report.read'),
    queryOf(period),
    async (c) => {
      const { since } = c.req.valid('query');
      const { incidents, more } = await listMeasuredMajors(store.reader, c.var.identity.actor, since);
      return c.json({ incidents: [...incidents], more });
    },
  );
  return app;
}
