/** The mail server and what did not arrive, for administrators. */
import { MAIL_TRIED_MS, isDeliverable } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { readMailHealth } from '../channels/channel-health.ts';
import { countDevices } from '../channels/push/devices.ts';
import { countDeliveries, sendAgain } from '../channels/deliveries.ts';
import type { MailSender } from '../channels/mail-sender.ts';
import { troubledDeliveries } from '../channels/troubled-deliveries.ts';
import { DELIVERY_CHANNELS } from '../store/schema-channels.ts';
import type { Store } from '../store/store.ts';
import { describe, paramsOf } from './describe.ts';
import { peopleOnly, permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import { instantSchema, personIdSchema, recordIdSchema } from './schemas.ts';

const counts = z.object({
  queued: z.int(),
  sending: z.int(),
  sent: z.int(),
  failed: z.int(),
  skipped: z.int(),
});

const overview = z
  .object({
    server: z
      .object({
        host: z.string(),
        port: z.int(),
        from: z.string().meta({ description: 'The address in whose name mail goes out' }),
        hasLinks: z.boolean().meta({ description: 'False while the public address is not set' }),
      })
      .nullable()
      .meta({ description: 'Null while no mail server is set up' }),
    lastSuccessAt: instantSchema.nullable(),
    lastFailureAt: instantSchema.nullable(),
    lastFailure: z.string().nullable(),
    counts,
    oldestQueuedAt: instantSchema.nullable(),
    devices: z
      .object({ count: z.int(), counts })
      .meta({ description: 'Devices that are told by Web Push, and what is on its way to them' }),
    troubled: z
      .array(
        z.object({
          id: z.int(),
          channel: z.enum(DELIVERY_CHANNELS),
          state: z.enum(['failed', 'waiting']),
          person: personIdSchema.nullable(),
          personName: z.string(),
          kind: z.string(),
          record: z.object({ id: recordIdSchema, number: z.string().nullable() }).nullable(),
          attempts: z.int(),
          reason: z.string(),
          at: instantSchema,
        }),
      )
      .meta({ description: 'Failed, or waiting after a failure; at most 100, the newest first' }),
  })
  .meta({ id: 'Channels' });

const testAnswer = z.object({
  outcome: z.enum(['taken', 'refused', 'deferred', 'unreachable']),
  text: z.string().meta({ description: 'What the mail server said, or why nothing was heard of it' }),
});

const ofDelivery = paramsOf(z.object({ id: z.coerce.number().int().min(1) }));

export function channelRoutes(
  access: Access,
  store: Store,
  mail: MailSender | null,
  origin: string | null,
): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), peopleOnly, permitted('admin.operate')] as const;

  const sender = (): MailSender => {
    if (mail === null) throw new ProblemError('no-mail-server');
    return mail;
  };

  app.get(
    '/api/channels',
    describe({
      tag: 'operation',
      summary: 'The mail server, the queue, and what did not arrive',
      answers: overview,
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => {
      const health = await readMailHealth(store.reader);
      const { byState, oldestQueuedAt } = await countDeliveries(store.reader, 'mail');
      const server =
        mail === null
          ? null
          : {
              host: mail.settings.host,
              port: mail.settings.port,
              from: mail.settings.from.address,
              hasLinks: origin !== null,
            };
      return c.json({
        server,
        lastSuccessAt: health.succeeded_at,
        lastFailureAt: health.failed_at,
        lastFailure: health.failure,
        counts: { ...byState },
        oldestQueuedAt,
        devices: {
          count: await countDevices(store.reader),
          counts: { ...(await countDeliveries(store.reader, 'push')).byState },
        },
        troubled: [...(await troubledDeliveries(store.reader, c.var.identity.actor))],
      });
    },
  );

  app.post(
    '/api/channels/deliveries/:id/again',
    describe({
      tag: 'operation',
      summary: 'Send again what failed; it is decided anew whether its person may get it',
      answers: null,
      status: 204,
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    ofDelivery,
    async (c) => {
      const now = Date.now();
      if (!(await sendAgain(store.writer, c.req.valid('param').id, now, now + MAIL_TRIED_MS)))
        throw new ProblemError('not-found', 'there is no failed delivery with this id');
      return c.body(null, 204);
    },
  );

  app.post(
    '/api/channels/test',
    describe({
      tag: 'operation',
      summary: 'Send a mail to oneself at once, to see whether mail works',
      answers: testAnswer,
      problems: ['forbidden', 'invalid-request', 'no-mail-server'],
    }),
    ...guard,
    async (c) => {
      const { person } = c.var.identity;
      const through = sender();
      if (!isDeliverable(person.email))
        throw new ProblemError('invalid-request', 'nothing is sent to the address that you sign in with');
      return c.json(await through.sendTest(person));
    },
  );

  return app;
}
