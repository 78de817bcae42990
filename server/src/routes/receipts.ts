/** Whom a record's calls to work told, for its staff. */
import { canReadAsStaff, recordId } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { readReceipts } from '../channels/receipts.ts';
import { readRecord } from '../store/query/index.ts';
import { DELIVERY_STATES } from '../store/schema-channels.ts';
import type { Store } from '../store/store.ts';
import { describe, paramsOf } from './describe.ts';
import { signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import { instantSchema, personIdSchema } from './schemas.ts';

const reach = z.object({ state: z.enum(DELIVERY_STATES), at: instantSchema.nullable() });

const receipt = z
  .object({
    person: personIdSchema,
    kind: z.string(),
    toldAt: instantSchema,
    seenAt: instantSchema.nullable().meta({ description: 'When it was read in the product' }),
    acknowledgedAt: instantSchema
      .nullable()
      .meta({ description: 'When the person said “I have it” to this call' }),
    mail: reach.nullable().meta({ description: 'Null when no mail was meant to go' }),
    push: reach.nullable().meta({ description: 'With the device that it came farthest with; null for none' }),
  })
  .meta({ id: 'Receipt' });

export function receiptRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();

  app.get(
    '/api/records/:id/told',
    describe({
      tag: 'records',
      summary:
        'Whom calls to work told, whether it left by mail or to a device, and whether they read it, for staff',
      answers: z.object({
        receipts: z.array(receipt).meta({ description: 'At most 100, the newest first' }),
      }),
      problems: ['not-found'],
    }),
    signedIn(access),
    paramsOf(z.object({ id: z.string().max(64) })),
    async (c) => {
      const { actor } = c.var.identity;
      const found = await readRecord(store.reader, actor, recordId(c.req.valid('param').id));
      if (found === null || !canReadAsStaff(actor, found.ticket)) throw new ProblemError('not-found');
      return c.json({ receipts: [...(await readReceipts(store.reader, found.ticket.id))] });
    },
  );

  return app;
}
