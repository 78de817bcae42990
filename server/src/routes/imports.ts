/** Bringing the history of another service desk in. */
import { Hono } from 'hono';
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { ServiceNowMapping } from '../import/servicenow/mapping.ts';
import { readMapping, writeMapping } from '../import/servicenow/settings.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ImportJobs } from './import-jobs.ts';
import { byImport, describeStopping, dryRunAsked, isDryRun, missingFile, tooLarge } from './importing.ts';
import { ProblemError } from './problem.ts';

const MAX_FILE_BYTES = 512 * 1024 * 1024;

const progress = z
  .object({
    state: z.enum(['running', 'done', 'cancelled', 'failed']),
    dryRun: z.boolean(),
    read: z.int().meta({ description: 'Records; made, updated, unchanged and setAside add up to it' }),
    made: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    setAside: z.int(),
    rows: z.int(),
    rowsSetAside: z.int(),
    problems: z.array(z.object({ line: z.int(), record: z.string().nullable(), reason: z.string() })),
    error: z.string().nullable(),
  })
  .meta({ id: 'ImportProgress' });

const startOptions = z.object({ dryRun: dryRunAsked });

export function importRoutes(access: Access, store: Store, log: Logger): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const jobs = new ImportJobs(store, (error) => log.error({ error }, 'an import broke'));
  const guard = [signedIn(access), permitted('import.run')] as const;

  app.get(
    '/api/imports/mapping/servicenow',
    describe({
      tag: 'import',
      summary: 'How words of the source become ours',
      answers: ServiceNowMapping,
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => c.json(await readMapping(store)),
  );

  app.put(
    '/api/imports/mapping/servicenow',
    describe({
      tag: 'import',
      summary: 'Change how words of the source become ours, for the next import',
      answers: ServiceNowMapping,
      problems: ['forbidden', 'malformed-json', 'invalid-request'],
    }),
    ...guard,
    strictJson,
    jsonBody(ServiceNowMapping),
    async (c) => {
      const mapping = c.req.valid('json');
      await writeMapping(store, mapping, Date.now());
      return c.json(mapping);
    },
  );

  app.post(
    '/api/imports/servicenow',
    describe({
      tag: 'import',
      summary: 'Import an incident event log; the same file again changes nothing',
      description:
        'The file is the body, plain or gzip. Answers when it has arrived; follow the import by its id.',
      takes: { media: 'application/octet-stream', description: 'CSV, plain or gzip' },
      answers: z.object({ id: z.string() }),
      status: 202,
      problems: ['forbidden', 'import-running', 'invalid-request', 'too-large'],
    }),
    ...guard,
    queryOf(startOptions),
    async (c) => {
      if (!jobs.take()) throw new ProblemError('import-running');
      const file = await receive(c.req.raw.body).catch((error: unknown) => {
        jobs.giveUp();
        throw error;
      });
      const dryRun = isDryRun(c.req.valid('query').dryRun);
      const { id, job } = jobs.start(createReadStream(file), { dryRun });
      void job.ended.then(() => rm(file, { force: true }));
      return c.json({ id }, 202);
    },
  );

  app.get(
    '/api/imports/:id',
    describe({
      tag: 'import',
      summary: 'How an import is getting on',
      answers: progress,
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    byImport,
    (c) => {
      const job = jobs.find(c.req.valid('param').id);
      if (job === undefined) throw new ProblemError('not-found');
      return c.json({ ...job.progress, problems: [...job.progress.problems] });
    },
  );

  app.delete(
    '/api/imports/:id',
    describeStopping('import', 'what it has written stays, as whole records'),
    ...guard,
    byImport,
    (c) => {
      const job = jobs.find(c.req.valid('param').id);
      if (job === undefined) throw new ProblemError('not-found');
      job.cancel();
      return c.body(null, 204);
    },
  );

  return app;
}

/** Keeps the file while it is read: the connection that brought it has ended by then. */
async function receive(body: ReadableStream | null): Promise<string> {
  if (body === null) throw missingFile();
  const file = join(tmpdir(), `muster-import-${randomUUID()}`);
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > MAX_FILE_BYTES) done(tooLarge(MAX_FILE_BYTES));
      else done(null, chunk);
    },
  });
  try {
    const incoming = Readable.fromWeb(body as NodeReadableStream<Uint8Array>);
    await pipeline(incoming, counted, createWriteStream(file, { mode: 0o600 }));
    if (bytes === 0) throw missingFile();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return file;
}
