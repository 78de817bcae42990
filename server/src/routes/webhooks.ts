/** Other systems that are told what happens here, for administrators. */
import { WEBHOOK_KINDS } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { faultOfAddress } from '../channels/outgoing/address.ts';
import type { AddressFault } from '../channels/outgoing/address.ts';
import { countByWebhook } from '../channels/webhook/webhook-deliveries.ts';
import { readWebhookLog } from '../channels/webhook/webhook-log.ts';
import { isTaken } from '../channels/webhook/webhook-sender.ts';
import type { WebhookSender } from '../channels/webhook/webhook-sender.ts';
import {
  findWebhook,
  listWebhooks,
  makeWebhook,
  removeWebhook,
  rotateSecret,
  updateWebhook,
} from '../channels/webhook/webhooks.ts';
import { DELIVERY_STATES } from '../store/schema-channels.ts';
import type { Store } from '../store/store.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, paramsOf } from './describe.ts';
import { peopleOnly, permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import { instantSchema, nameSchema, recordIdSchema } from './schemas.ts';

const kinds = z
  .array(z.enum(WEBHOOK_KINDS))
  .min(1, 'must name a kind of event')
  .transform((named) => WEBHOOK_KINDS.filter((kind) => named.includes(kind)));

const address = z.string().trim().max(2_000).meta({
  description: 'https; where MUSTER_WEBHOOK_PRIVATE=1 http to this machine too; no user or password in it',
});

const webhook = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    kinds: z.array(z.enum(WEBHOOK_KINDS)),
    enabled: z.boolean(),
    madeAt: instantSchema,
    secretMadeAt: instantSchema,
    failingSince: instantSchema
      .nullable()
      .meta({ description: 'The first failure since it took something; null while it takes what is sent' }),
    givenUpAt: instantSchema
      .nullable()
      .meta({ description: 'When it was switched off by itself, having taken nothing for three days' }),
  })
  .meta({ id: 'Webhook' });

const counts = z.object({ waiting: z.int(), sent: z.int(), failed: z.int(), skipped: z.int() });

const delivery = z
  .object({
    id: z.int(),
    message: z.string().meta({ description: 'The id that the receiver sees, the same for every attempt' }),
    type: z.string(),
    record: z.object({ id: recordIdSchema, number: z.string().nullable() }).nullable(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int(),
    madeAt: instantSchema,
    at: instantSchema.meta({ description: 'When it ended; for one that waits, when it is tried next' }),
    status: z.int().nullable(),
    answer: z.string().nullable().meta({ description: 'How the last answer began' }),
    reason: z.string().nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

const newWebhook = z.object({ name: nameSchema, url: address, kinds, enabled: z.boolean().default(true) });
const change = z.object({
  name: nameSchema.optional(),
  url: address.optional(),
  kinds: kinds.optional(),
  enabled: z.boolean().optional(),
});

const ofWebhook = paramsOf(z.object({ id: z.string().max(64) }));
const ofDelivery = paramsOf(z.object({ id: z.string().max(64), delivery: z.coerce.number().int().min(1) }));

const OUTSIDE =
  'must begin with https:// and lead out of the network of this server; MUSTER_WEBHOOK_PRIVATE=1 on the server allows that network, and http:// to its own machine';
const ADDRESS_FAULTS: Readonly<Record<AddressFault, string>> = {
  'no-address': 'must be an address that begins with https://',
  credentials: 'must hold no user and no password; whoever receives it checks the signature',
  'not-encrypted': OUTSIDE,
  private: OUTSIDE,
};

const MESSAGE = `Each event is a POST with the body \`{id, type, createdAt, data: {record, by, names, text?, threshold?}, previous}\`.
\`previous\` holds what changed fields of the record held before. The headers are \`muster-webhook-id\`, \`muster-webhook-timestamp\`
(seconds) and \`muster-webhook-signature\`: \`v1=\` and HMAC-SHA256 over \`timestamp.body\` in hexadecimal. Any 2xx takes it; anything
else is tried again for a day under the same id. Records that only some of the staff may read are never sent.`;

export function webhookRoutes(access: Access, store: Store, sender: WebhookSender): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), peopleOnly, permitted('admin.webhooks')] as const;

  const checkAddress = (url: string | undefined): void => {
    const fault = url === undefined ? null : faultOfAddress(url, sender.allowPrivate);
    if (fault === null) return;
    const what = ADDRESS_FAULTS[fault];
    throw new ProblemError('invalid-request', `body.url: ${what}`, { faults: [{ where: 'body.url', what }] });
  };

  app.get(
    '/api/webhooks',
    describe({
      tag: 'webhooks',
      summary: 'Systems that are told what happens here',
      answers: z.object({ webhooks: z.array(webhook.extend({ counts })) }),
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => {
      const all = await listWebhooks(store.reader);
      const counted = await countByWebhook(store.reader);
      const countsOf = (id: string) => {
        const { queued = 0, sending = 0, sent = 0, failed = 0, skipped = 0 } = counted.get(id) ?? {};
        return { waiting: queued + sending, sent, failed, skipped };
      };
      return c.json({
        webhooks: all.map((one) => ({ ...one, kinds: [...one.kinds], counts: countsOf(one.id) })),
      });
    },
  );

  app.post(
    '/api/webhooks',
    describe({
      tag: 'webhooks',
      summary: 'Tell a system what happens here; the secret of its signatures is shown this once',
      description: MESSAGE,
      answers: z.object({ webhook, secret: z.string() }),
      status: 201,
      problems: ['forbidden', 'malformed-json', 'invalid-request'],
    }),
    ...guard,
    strictJson,
    jsonBody(newWebhook),
    async (c) => {
      const asked = c.req.valid('json');
      checkAddress(asked.url);
      const made = await makeWebhook(store.writer, asked, c.var.identity.person.id, Date.now());
      return c.json({ ...made, webhook: { ...made.webhook, kinds: [...made.webhook.kinds] } }, 201);
    },
  );

  app.patch(
    '/api/webhooks/:id',
    describe({
      tag: 'webhooks',
      summary: 'Change a name, an address or kinds, or switch it on or off',
      answers: null,
      status: 204,
      problems: ['forbidden', 'not-found', 'malformed-json', 'invalid-request'],
    }),
    ...guard,
    ofWebhook,
    strictJson,
    jsonBody(change),
    async (c) => {
      const asked = c.req.valid('json');
      checkAddress(asked.url);
      if (!(await updateWebhook(store.writer, c.req.valid('param').id, asked)))
        throw new ProblemError('not-found');
      return c.body(null, 204);
    },
  );

  app.delete(
    '/api/webhooks/:id',
    describe({
      tag: 'webhooks',
      summary: 'Remove a webhook; what is on its way to it is not sent',
      answers: null,
      status: 204,
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    ofWebhook,
    async (c) => {
      if (!(await removeWebhook(store, c.req.valid('param').id))) throw new ProblemError('not-found');
      return c.body(null, 204);
    },
  );

  app.post(
    '/api/webhooks/:id/secret',
    describe({
      tag: 'webhooks',
      summary: 'A new secret in place of the old one, at once, shown this once',
      answers: z.object({ secret: z.string() }),
      status: 201,
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    ofWebhook,
    async (c) => {
      const secret = await rotateSecret(store.writer, c.req.valid('param').id, Date.now());
      if (secret === null) throw new ProblemError('not-found');
      return c.json({ secret }, 201);
    },
  );

  app.post(
    '/api/webhooks/:id/test',
    describe({
      tag: 'webhooks',
      summary: 'Send a message of the type `webhook.test` at once, to see whether it is taken',
      answers: z.object({ taken: z.boolean(), status: z.int().nullable(), answer: z.string() }),
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    ofWebhook,
    async (c) => {
      const answer = await sender.sendTest(c.req.valid('param').id, c.var.identity.person.id);
      if (answer === null) throw new ProblemError('not-found');
      return c.json({ taken: isTaken(answer), status: answer.status, answer: answer.text });
    },
  );

  app.get(
    '/api/webhooks/:id/deliveries',
    describe({
      tag: 'webhooks',
      summary: 'What was sent, waits or failed, the newest first, at most 100',
      answers: z.object({ deliveries: z.array(delivery) }),
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    ofWebhook,
    async (c) => {
      const { id } = c.req.valid('param');
      if ((await findWebhook(store.reader, id)) === null) throw new ProblemError('not-found');
      return c.json({ deliveries: [...(await readWebhookLog(store.reader, id, c.var.identity.actor))] });
    },
  );

  app.post(
    '/api/webhooks/:id/deliveries/:delivery/again',
    describe({
      tag: 'webhooks',
      summary: 'Send again what was sent or failed, under its id',
      answers: null,
      status: 204,
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    ofDelivery,
    async (c) => {
      const { id, delivery: which } = c.req.valid('param');
      if (!(await sender.sendAgain(id, which, Date.now())))
        throw new ProblemError('not-found', 'there is nothing sent or failed with this id');
      return c.body(null, 204);
    },
  );

  return app;
}
