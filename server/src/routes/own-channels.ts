/** What a person wants to get outside of the product. */
import { MAIL_KINDS, TICKET_MAIL_KINDS, isDeliverable } from '@muster/domain/shared';
import type { MailKind } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { keepChoices, listChoices } from '../channels/choices.ts';
import { listDevices } from '../channels/push/devices.ts';
import type { PushSender } from '../channels/push/push-sender.ts';
import { DELIVERY_CHANNELS } from '../store/schema-channels.ts';
import type { DeliveryChannel } from '../store/schema-channels.ts';
import type { Store } from '../store/store.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody } from './describe.ts';
import { peopleOnly, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { instantSchema } from './schemas.ts';

const mailKind = z.enum(MAIL_KINDS);

const kinds = z.array(z.object({ kind: mailKind, byDefault: z.boolean(), wanted: z.boolean() }));

const channels = z
  .object({
    mail: z.object({
      available: z.boolean().meta({ description: 'Whether this desk sends mail at all' }),
      address: z.string(),
      deliverable: z.boolean().meta({ description: 'False for an address that nothing is sent to' }),
      kinds,
    }),
    push: z.object({
      publicKey: z.string().meta({ description: 'The key with which browsers subscribe, in base64url' }),
      kinds,
      devices: z.array(
        z.object({
          id: z.string(),
          name: z.string().meta({ description: 'What the browser called itself' }),
          madeAt: instantSchema,
          current: z.boolean().meta({ description: 'Whether it is the one of this session' }),
        }),
      ),
    }),
  })
  .meta({ id: 'OwnChannels' });

const named = { description: 'Kinds that are not named stay as they are' };
const choices = z.strictObject({
  mail: z.partialRecord(mailKind, z.boolean()).meta(named).optional(),
  push: z.partialRecord(z.enum(TICKET_MAIL_KINDS), z.boolean()).meta(named).optional(),
});

/** `mail` says whether the server sends any. */
export function ownChannelRoutes(
  access: Access,
  store: Store,
  { mail, push }: { readonly mail: boolean; readonly push: PushSender },
): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), peopleOnly] as const;

  app.get(
    '/api/me/channels',
    describe({
      tag: 'session',
      summary: 'Which kinds of news one gets by mail and on which devices',
      answers: channels,
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => {
      const { person, credential } = c.var.identity;
      const { id, email } = person;
      const kindsBy = async (channel: DeliveryChannel) => [...(await listChoices(store.reader, id, channel))];
      const devices = await listDevices(store.reader, id, Date.now());
      return c.json({
        mail: {
          ...{ available: mail, address: email, deliverable: isDeliverable(email) },
          kinds: await kindsBy('mail'),
        },
        push: {
          publicKey: await push.publicKey(),
          kinds: await kindsBy('push'),
          devices: devices.map((one) => ({
            ...{ id: one.id, name: one.name, madeAt: one.made_at },
            current: one.session === credential.id,
          })),
        },
      });
    },
  );

  app.put(
    '/api/me/channels',
    describe({
      tag: 'session',
      summary: 'Choose which kinds of news one gets by mail or on one’s devices',
      answers: null,
      status: 204,
      problems: ['forbidden', 'malformed-json', 'invalid-request'],
    }),
    ...guard,
    strictJson,
    jsonBody(choices),
    async (c) => {
      const asked = c.req.valid('json');
      for (const channel of DELIVERY_CHANNELS) {
        const wishes: Readonly<Partial<Record<MailKind, boolean>>> | undefined = asked[channel];
        if (wishes === undefined) continue;
        const chosen = MAIL_KINDS.flatMap((kind) => {
          const wanted = wishes[kind];
          return wanted === undefined ? [] : [[kind, wanted] as const];
        });
        await keepChoices(store, c.var.identity.person.id, channel, new Map(chosen));
      }
      return c.body(null, 204);
    },
  );

  return app;
}
