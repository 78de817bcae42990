import { DOCUMENT_KINDS, NOTICE_NAME, draftName, inboxName, parseName } from '@muster/documents';
import type { DocumentName } from '@muster/documents';
import type { Actor } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { staffProcesses } from '../store/query/readable.ts';
import type { Store } from '../store/store.ts';
import { rightToDocument } from '../sync/document-access.ts';
import { describe } from './describe.ts';
import { signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { instantSchema } from './schemas.ts';

const era = z.object({
  era: z
    .string()
    .meta({ description: 'Name of the time since the last restore; commands may tell which one they mean' }),
  generation: z.int(),
  restored: z
    .object({ at: instantSchema, backupTakenAt: instantSchema.nullable() })
    .nullable()
    .meta({ description: 'The restore that began this era; null when the store never was restored' }),
});
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
      const own = credential.kind === 'session' ? await ownDocuments(store, actor) : [];
      const names = new Set([...current.map(({ name }) => name), NOTICE_NAME, ...own]);
      const known = [...names].map(parseName).filter((name): name is DocumentName => name !== null);
      const rights = await Promise.all(known.map((name) => rightToDocument(actor, name, noRecords)));
      const documents = known.filter((_, index) => rights[index] !== 'none');
      return c.json({ documents: documents.map(({ raw, kind }) => ({ name: raw, kind })) });
    },
  );
  app.get(
    '/api/store',
    describe({
      tag: 'records',
      summary: 'Which store this is: another era means that a backup was put back',
      answers: era,
    }),
    signedIn(access),
    (c) => c.json(store.era),
  );
  return app;
}

async function ownDocuments(store: Store, actor: Actor): Promise<readonly string[]> {
  const boards = await store.documents.ownBoards(actor.id, staffProcesses(actor));
  return [inboxName(actor.id), draftName(actor.id), ...boards];
}

/** None of the listed documents belongs to one record. */
const noRecords = () => Promise.resolve(null);
