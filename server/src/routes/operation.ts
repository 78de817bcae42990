/** For those who run the server. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import type { Store, StoreHealth } from '../store/store.ts';
import { describe } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { instantSchema } from './schemas.ts';

const health = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), code: z.enum(['disk-full', 'io-error']), text: z.string() }),
]);

const status = z.object({
  store: z.object({
    bytes: z.int(),
    documents: z.int(),
    records: z.int(),
    events: z.int(),
    lastBackupAt: instantSchema.nullable(),
  }),
  health,
  sockets: z.int(),
  openDocuments: z.int(),
  startedAt: instantSchema,
  memoryBytes: z.int(),
});

/** What the sockets tell of themselves. */
export interface LiveStatus {
  readonly sockets: number;
  readonly openDocuments: number;
}

export function operationRoutes(access: Access, store: Store, live: () => LiveStatus): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const startedAt = Date.now();
  let present: StoreHealth = { ok: true };
  store.onHealth((next) => {
    present = next;
  });

  app.get(
    '/healthz',
    describe({
      tag: 'operation',
      summary: 'Whether the server takes work: 503 while writes fail',
      access: 'anyone',
      answers: z.object({ ok: z.boolean() }),
    }),
    (c) => c.json({ ok: present.ok }, present.ok ? 200 : 503),
  );

  app.get(
    '/api/status',
    describe({ tag: 'operation', summary: 'How the server is', answers: status, problems: ['forbidden'] }),
    signedIn(access),
    permitted('admin.operate'),
    async (c) =>
      c.json({
        store: await store.status(),
        health: present,
        ...live(),
        startedAt,
        memoryBytes: process.memoryUsage.rss(),
      }),
  );

  return app;
}
