/** Bringing configuration items in from elsewhere: what it would do first, and then that. */
import { classesOf, planImport } from '@muster/domain/configuration';
import type { Imported, ImportPlan } from '@muster/domain/configuration';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { applyImport } from '../import/configuration/apply.ts';
import { NotThatFormat } from '../import/configuration/not-that-format.ts';
import { presentConfiguration } from '../import/configuration/present.ts';
import {
  FileTooLarge,
  IMPORT_FORMATS,
  MAX_FILE_BYTES,
  csvMapping,
  readFileAs,
  textOf,
} from '../import/configuration/read-file.ts';
import type { ReadAs } from '../import/configuration/read-file.ts';
import { readRules } from '../store/configuration.ts';
import type { Store } from '../store/store.ts';
import { importAnswer } from './configuration-schemas.ts';
import type { ImportAnswer } from './configuration-schemas.ts';
import { describe, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';

/** It takes its body itself, up to a limit of its own. */
export const CONFIGURATION_IMPORT = '/api/configuration/import';

const MIB = 1024 * 1024;

const asked = z.object({
  format: z.enum(IMPORT_FORMATS),
  name: z.string().trim().min(1).max(200).optional().meta({
    description:
      'What the file is called from import to import: for a table, and for a Compose file that has no name of its own',
  }),
  dryRun: z.enum(['true', 'false', '1', '0']).default('false'),
  mapping: z
    .string()
    .max(12_000)
    .optional()
    .meta({
      description:
        'For a table, as JSON: `class` of its rows, `identity` (heads of the columns that tell which item a row is) and `columns`, ' +
        'by head: `{"kind": "name" | "class" | "state" | "criticality" | "ignored"}`, `{"kind": "attribute", "attribute": id}` or `{"kind": "relation", "type": id}`',
    }),
});

export function configurationImportRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  let isBusy = false;

  app.post(
    CONFIGURATION_IMPORT,
    describe({
      tag: 'configuration',
      summary: 'Import items and relations; the same file again changes nothing, and nothing is deleted',
      description:
        'The file is the body, plain or gzip: an export of NetBox (`dumpdata`) or a table of up to 32 MiB, a Compose file or a Backstage catalogue of up to 4 MiB. ' +
        'With `dryRun` the answer is what it would do, and nothing is written. Rows that cannot be taken are said with their line; the others are taken.',
      takes: { media: 'application/octet-stream', description: 'JSON, YAML or CSV, plain or gzip' },
      answers: importAnswer,
      problems: ['forbidden', 'import-running', 'invalid-request', 'too-large'],
    }),
    signedIn(access),
    permitted('configuration.read'),
    permitted('configuration.work'),
    permitted('configuration.manage'),
    permitted('import.run'),
    queryOf(asked),
    async (c) => {
      const query = c.req.valid('query');
      const as = readAsOf(query);
      const bytes = await bytesOf(c.req.raw.body, MAX_FILE_BYTES[as.format]);
      const imported = await readOf(store, bytes, as);
      const dryRun = ['true', '1'].includes(query.dryRun);
      if (dryRun) {
        const plan = planImport(imported, await presentConfiguration(store.reader, imported.source));
        return c.json(await answerOf(imported, plan, null, store));
      }
      // a second one would go by what the first is about to change
      if (isBusy) throw new ProblemError('import-running');
      isBusy = true;
      try {
        const present = await presentConfiguration(store.reader, imported.source);
        const plan = planImport(imported, present);
        const work = { source: imported.source, plan, present };
        const done = await applyImport(store, work, c.var.identity.actor);
        return c.json(await answerOf(imported, plan, done, store));
      } finally {
        isBusy = false;
      }
    },
  );

  return app;
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
  if (size === 0) throw new ProblemError('invalid-request', 'the file is missing: send it as the body');
  return Buffer.concat(pieces);
}

const tooLarge = (most: number): ProblemError =>
  new ProblemError('too-large', `the file is over ${most / MIB} MiB`);

async function readOf(store: Store, bytes: Uint8Array, as: ReadAs): Promise<Imported> {
  const most = MAX_FILE_BYTES[as.format];
  try {
    return readFileAs(await textOf(bytes, most), as, classesOf(await readRules(store.reader)));
  } catch (error) {
    if (error instanceof FileTooLarge) throw tooLarge(most);
    if (error instanceof NotThatFormat)
      throw new ProblemError('invalid-request', error.message, { cause: error });
    throw error;
  }
}

type Done = Awaited<ReturnType<typeof applyImport>>;

async function answerOf(
  { source }: Imported,
  plan: ImportPlan,
  done: Done | null,
  store: Store,
): Promise<ImportAnswer> {
  const { made, changed, related, relationsLeft } = plan;
  const gone = new Set<string>(plan.gone);
  const rows = await store.reader.selectFrom('configuration_item').select(['id', 'number', 'name']).execute();
  return {
    ...{ source, dryRun: done === null },
    made: done?.made ?? made.length,
    changed: done?.changed ?? changed.length,
    left: plan.left.length,
    related: done?.related ?? related.length,
    relationsLeft,
    gone: rows.filter(({ id }) => gone.has(id)),
    faults: [...plan.faults, ...(done?.faults ?? [])],
    plan:
      done !== null
        ? null
        : {
            made: made.map(({ id, from }) => ({ id, ...rowOf(from) })),
            changed: changed.map(({ id, from, changes }) => ({
              ...{ id, ...rowOf(from), changes: [...changes] },
            })),
            related: [...related],
          },
  };
}

function rowOf({ line, class: itemClass, name }: ImportPlan['made'][number]['from']) {
  return { line, class: itemClass, name };
}
