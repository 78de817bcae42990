import { DOCUMENT_KINDS, NOTICE_NAME, draftName, inboxName, parseName } from '@muster/documents';
import type { DocumentName } from '@muster/documents';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import type { Store } from '../store/store.ts';
import { mayReadDocument } from '../sync/document-access.ts';
import { describe } from './describe.ts';
import { signedIn } from './env.ts';
import type { SignedIn } from './env.ts';

const listed = z.object({ documents: z.array(z.object({ name: z.string(), kind: z.enum(DOCUMENT_KINDS) })) });

/** The names under which a client finds what it holds: boards and the directory change theirs with each epoch. */
export function documentRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  app.get(
    '/api/documents',
    describe({
      tag: 'records',
      summary: 'The documents that I may open, beside those of single records',
      answers: listed,
    }),
    signedIn(access),
    async (c) => {
      const { actor, credential } = c.var.identity;
      const current = await store.documents.currentNames();
      const own = credential.kind === 'session' ? [inboxName(actor.id), draftName(actor.id)] : [];
      const names = new Set([...current.map(({ name }) => name), NOTICE_NAME, ...own]);
      const known = [...names].map(parseName).filter((name): name is DocumentName => name !== null);
      const readable = await Promise.all(known.map((name) => mayReadDocument(actor, name, noRecords)));
      const documents = known.filter((_, index) => readable[index] === true);
      return c.json({ documents: documents.map(({ raw, kind }) => ({ name: raw, kind })) });
    },
  );
  return app;
}

/** None of the listed documents belongs to one record. */
const noRecords = () => Promise.resolve(null);
