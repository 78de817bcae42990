/** For those who run the server, and for the programs that watch it. */
import { Hono } from 'hono';
import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import type { Operation } from '../operation/operation.ts';
import { SAMPLE_EVERY_MS } from '../operation/samples.ts';
import type { Store } from '../store/store.ts';
import { describe, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { instantSchema } from './schemas.ts';

const health = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), code: z.enum(['disk-full', 'io-error', 'stopped']), text: z.string() }),
]);

const readiness = z.object({
  ready: z.boolean(),
  reasons: z.array(z.enum(['stopping', 'disk-full', 'io-error', 'stopped'])),
});

const status = z.object({
  store: z.object({
    bytes: z.int(),
    documents: z.int(),
    records: z.int(),
    events: z.int(),
    lastBackupAt: instantSchema.nullable(),
    damaged: z.array(z.string()).meta({ description: 'Documents with a wrong checksum: read-only' }),
    setAside: z.array(z.string()).meta({ description: 'Documents that could not be compacted' }),
  }),
  health,
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  sockets: z.int(),
  openDocuments: z.int(),
  readers: z.int().meta({ description: 'Views of open documents, over all sockets' }),
  uncommitted: z.int().meta({ description: 'Updates handed to the store and not on disk' }),
  refusals: z.array(z.object({ code: z.string(), count: z.int() })),
  startedAt: instantSchema,
  memoryBytes: z.int(),
});

const milliseconds = z.number().nullable();
const sample = z
  .object({
    at: instantSchema,
    updates: z.number().meta({ description: 'Document updates committed a second' }),
    largestGroup: z.int(),
    commitMedian: milliseconds,
    commitSlowest: milliseconds,
    waiting: z.int().meta({ description: 'Jobs waiting for the writer, at the most' }),
    sockets: z.int(),
    openDocuments: z.int(),
    lag: z.number().meta({ description: 'How late the event loop was in ms, at the most' }),
    memoryBytes: z.int(),
  })
  .meta({ id: 'Sample' });

export function operationRoutes(
  access: Access,
  store: Store,
  operation: Operation,
  dataFolder: string,
): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const operator = [signedIn(access), permitted('admin.operate')] as const;

  app.get(
    '/healthz',
    describe({
      tag: 'operation',
      summary: 'Whether the server lives: 503 when only a new start helps',
      access: 'anyone',
      answers: z.object({ ok: z.boolean() }),
    }),
    (c) => c.json({ ok: operation.readiness.alive }, operation.readiness.alive ? 200 : 503),
  );

  app.get(
    '/readyz',
    describe({
      tag: 'operation',
      summary: 'Whether the server takes work: 503 while it stops or cannot write',
      access: 'anyone',
      answers: readiness,
    }),
    (c) => {
      const { reasons } = operation.readiness;
      const ready = reasons.length === 0;
      return c.json({ ready, reasons: [...reasons] }, ready ? 200 : 503);
    },
  );

  app.get(
    '/metrics',
    describe({
      tag: 'operation',
      summary: 'Measures in the text format of Prometheus',
      description: 'A scraper sends a key with the scope `admin.operate` as its bearer token.',
      answers: z.string(),
      media: 'text/plain',
      problems: ['forbidden'],
    }),
    ...operator,
    async (c) => {
      c.header('content-type', operation.measures.contentType);
      c.header('cache-control', 'no-store');
      return c.body(await operation.measures.text());
    },
  );

  app.get(
    '/api/status',
    describe({ tag: 'operation', summary: 'How the server is', answers: status, problems: ['forbidden'] }),
    ...operator,
    async (c) => {
      const { sockets, host } = operation.live;
      const { openDocuments, readers, appending } = host();
      const { damaged, setAside, ...kept } = await store.status();
      return c.json({
        store: { ...kept, damaged: [...damaged], setAside: [...setAside] },
        health: operation.readiness.store,
        disk: await diskOf(dataFolder),
        sockets: sockets(),
        openDocuments,
        readers,
        uncommitted: appending,
        refusals: [...(await operation.measures.refusals())],
        startedAt: operation.startedAt,
        memoryBytes: process.memoryUsage.rss(),
      });
    },
  );

  app.get(
    '/api/status/samples',
    describe({
      tag: 'operation',
      summary: 'The last quarter of an hour, a sample every two seconds',
      answers: z.object({ everyMs: z.int(), samples: z.array(sample) }),
      problems: ['forbidden', 'invalid-request'],
    }),
    ...operator,
    queryOf(z.object({ after: z.coerce.number().int().min(0).default(0) })),
    (c) => {
      const { after } = c.req.valid('query');
      return c.json({ everyMs: SAMPLE_EVERY_MS, samples: [...operation.samples.after(after)] });
    },
  );

  return app;
}

/** Room on the disk of the data; null where the system does not say. */
async function diskOf(folder: string): Promise<{ freeBytes: number; totalBytes: number } | null> {
  try {
    const { bsize, bavail, blocks } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return null;
  }
}
