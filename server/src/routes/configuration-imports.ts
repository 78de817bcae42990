/** Bringing configuration items in from elsewhere: what it would do first, and then that. */
import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { ConfigurationImports } from '../import/configuration/jobs.ts';
import type { ImportJob } from '../import/configuration/jobs.ts';
import { IMPORT_FORMATS, MAX_FILE_BYTES, csvMapping } from '../import/configuration/read-file.ts';
import type { ReadAs } from '../import/configuration/read-file.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';
import { importAnswer, importJob } from './configuration-schemas.ts';
import { describe, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { byImport, describeStopping, dryRunAsked, isDryRun, missingFile, tooLarge } from './importing.ts';
import { ProblemError } from './problem.ts';

/** They take their body themselves, up to a limit of their own. */
export const CONFIGURATION_IMPORT = '/api/configuration/import';
export const CONFIGURATION_IMPORTS = '/api/configuration/imports';

const asked = z.object({
  format: z.enum(IMPORT_FORMATS),
  name: z.string().trim().min(1).max(200).optional().meta({
    description:
      'What the file is called from import to import: for a table, and for a Compose file that has no name of its own; for NetBox and Backstage which of several it is',
  }),
  dryRun: dryRunAsked,
  mapping: z
    .string()
    .max(12_000)
    .optional()
    .meta({
      description:
        'For a table, as JSON: `class` of its rows, `identity` (heads of the columns that tell which item a row is) and `columns`, ' +
        'by head: `{"kind": "name" | "class" | "state" | "criticality" | "owner" | "team" | "ignored"}`, `{"kind": "attribute", "attribute": id}` or `{"kind": "relation", "type": id}`',
    }),
});

const FILE = {
  takes: {
    media: 'application/octet-stream',
    description:
      'JSON, YAML or CSV, plain or gzip; several exports of NetBox as a sequence of JSON texts (RFC 7464)',
  },
  problems: ['forbidden', 'import-running', 'invalid-request', 'too-large'],
} as const;

const RIGHTS = ['configuration.read', 'configuration.work', 'configuration.manage', 'import.run'] as const;

export function configurationImportRoutes(access: Access, store: Store, log: Logger): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const imports = new ConfigurationImports(store, (error) =>
    log.error({ error }, 'an import of the configuration broke'),
  );
  const guard = [signedIn(access), permitted(...RIGHTS)] as const;

  async function begin(c: Context<SignedIn>, query: z.infer<typeof asked>): Promise<string> {
    const as = readAsOf(query);
    // the file need not be sent where it is known already that nothing comes of it
    if (imports.isBusy) throw new ProblemError('import-running');
    const bytes = await bytesOf(c.req.raw.body, MAX_FILE_BYTES[as.format]);
    const { identity } = c.var;
    const id = imports.start({
      ...{ bytes, as, dryRun: isDryRun(query.dryRun), actor: identity.actor },
      mayGoOn: () => access.stillMay(identity, RIGHTS),
    });
    if (id === null) throw new ProblemError('import-running');
    return id;
  }

  function found(id: string): ImportJob {
    const job = imports.find(id);
    if (job === undefined) throw new ProblemError('not-found');
    return job;
  }

  app.post(
    CONFIGURATION_IMPORT,
    describe({
      tag: 'configuration',
      summary: 'Import items and relations; the same file again changes nothing, and nothing is deleted',
      description:
        'The file is the body, plain or gzip: an export of NetBox (`dumpdata`) or a table of up to 32 MiB, a Compose file or a Backstage catalogue of up to 4 MiB. ' +
        'With `dryRun` the answer is what it would do, and nothing is written. Rows that cannot be taken are said with their line; the others are taken. Answers at its end; it goes on when nobody waits for that.',
      ...FILE,
      answers: importAnswer,
    }),
    ...guard,
    queryOf(asked),
    async (c) => {
      const job = await imports.ended(await begin(c, c.req.valid('query')));
      if (job?.state === 'too-large') throw tooLarge(MAX_FILE_BYTES[job.format]);
      if (job?.state === 'refused') throw new ProblemError('invalid-request', job.error ?? undefined);
      if (job?.report == null || job.state === 'failed')
        throw new ProblemError('internal', job?.error ?? undefined);
      return reportOf(c, job.report);
    },
  );

  app.post(
    CONFIGURATION_IMPORTS,
    describe({
      tag: 'configuration',
      summary: 'Begin an import, or a trial of one, that is followed by its id',
      description: 'The same as the other way, answered when the file has arrived.',
      ...FILE,
      answers: z.object({ id: z.string() }),
      status: 202,
    }),
    ...guard,
    queryOf(asked),
    async (c) => c.json({ id: await begin(c, c.req.valid('query')) }, 202),
  );

  app.get(
    CONFIGURATION_IMPORTS,
    describe({
      tag: 'configuration',
      summary: 'The last imports since the server started, the newest first',
      answers: z.array(importJob),
      problems: ['forbidden'],
    }),
    ...guard,
    (c) => c.json(imports.all().map(told)),
  );

  app.get(
    `${CONFIGURATION_IMPORTS}/:id`,
    describe({
      tag: 'configuration',
      summary: 'How an import is getting on',
      answers: importJob,
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    byImport,
    (c) => c.json(told(found(c.req.valid('param').id))),
  );

  app.get(
    `${CONFIGURATION_IMPORTS}/:id/report`,
    describe({
      tag: 'configuration',
      summary: 'What an import did, or would do, row by row',
      answers: importAnswer,
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    byImport,
    (c) => {
      const { report } = found(c.req.valid('param').id);
      if (report === null) throw new ProblemError('not-found');
      return reportOf(c, report);
    },
  );

  app.delete(
    `${CONFIGURATION_IMPORTS}/:id`,
    describeStopping('configuration', 'what it has applied stays, each item with its relations'),
    ...guard,
    byImport,
    (c) => {
      imports.cancel(found(c.req.valid('param').id).id);
      return c.body(null, 204);
    },
  );

  return app;
}

/** As it is, for it may be large. */
function reportOf(c: Context, report: Uint8Array): Response {
  return c.body(new Uint8Array(report), 200, { 'content-type': 'application/json' });
}

function told({ report, error, ...job }: ImportJob): z.infer<typeof importJob> {
  const tooBig = job.state === 'too-large' ? tooLarge(MAX_FILE_BYTES[job.format]).message : null;
  return { ...job, error: error ?? tooBig, hasReport: report !== null };
}

function readAsOf({ format, name, mapping }: z.infer<typeof asked>): ReadAs {
  if (name === undefined && (format === 'csv' || format === 'compose'))
    throw new ProblemError('invalid-request', 'query.name: say what the file is called');
  if (format !== 'csv') return { format, name: name ?? format, mapping: null };
  return { format, name: name ?? format, mapping: mappingOf(mapping) };
}

function mappingOf(text: string | undefined): z.infer<typeof csvMapping> {
  let said: unknown;
  try {
    said = JSON.parse(text ?? '');
  } catch {
    throw new ProblemError('invalid-request', 'query.mapping: say in JSON how the columns are meant');
  }
  const read = csvMapping.safeParse(said);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => ({
    ...{ where: ['query', 'mapping', ...path.map(String)].join('.'), what: message },
  }));
  throw new ProblemError('invalid-request', `${faults[0]?.where}: ${faults[0]?.what}`, { faults });
}

async function bytesOf(body: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.length;
    if (size > most) throw tooLarge(most);
    pieces.push(piece);
  }
  if (size === 0) throw missingFile();
  return Buffer.concat(pieces);
}
