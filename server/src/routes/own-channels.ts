/** What a person wants to get outside of the product. */
import { MAIL_KINDS, isDeliverable } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { keepChoices, listChoices } from '../channels/choices.ts';
import type { Store } from '../store/store.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody } from './describe.ts';
import { peopleOnly, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';

const mailKind = z.enum(MAIL_KINDS);

const channels = z
  .object({
    mail: z.object({
      available: z.boolean().meta({ description: 'Whether this desk sends mail at all' }),
      address: z.string(),
      deliverable: z.boolean().meta({ description: 'False for an address that nothing is sent to' }),
      kinds: z.array(z.object({ kind: mailKind, byDefault: z.boolean(), wanted: z.boolean() })),
    }),
  })
  .meta({ id: 'OwnChannels' });

const choices = z.strictObject({
  mail: z
    .partialRecord(mailKind, z.boolean())
    .meta({ description: 'Kinds that are not named have their default from now on' }),
});

/** `mail` says whether the server sends any. */
export function ownChannelRoutes(access: Access, store: Store, mail: boolean): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), peopleOnly] as const;

  app.get(
    '/api/me/channels',
    describe({
      tag: 'session',
      summary: 'Which kinds of news one gets by mail',
      answers: channels,
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => {
      const { id, email } = c.var.identity.person;
      const kinds = [...(await listChoices(store.reader, id))];
      return c.json({
        mail: { available: mail, address: email, deliverable: isDeliverable(email), kinds },
      });
    },
  );

  app.put(
    '/api/me/channels',
    describe({
      tag: 'session',
      summary: 'Choose which kinds of news one gets by mail',
      answers: null,
      status: 204,
      problems: ['forbidden', 'malformed-json', 'invalid-request'],
    }),
    ...guard,
    strictJson,
    jsonBody(choices),
    async (c) => {
      const chosen = c.req.valid('json').mail;
      const named = MAIL_KINDS.flatMap((kind) => {
        const wanted = chosen[kind];
        return wanted === undefined ? [] : [[kind, wanted] as const];
      });
      await keepChoices(store, c.var.identity.person.id, new Map(named));
      return c.body(null, 204);
    },
  );

  return app;
}
