/** Runbooks. Everybody who works here reads them in the directory document; these routes write them. */
import { MAX_RUNBOOK_STEPS, MAX_STEP_WORDS, RUNBOOK_PHASES, isUlid } from '@muster/domain/shared';
import type { Runbook } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { unknownServices } from '../access/organisation.ts';
import { readRunbooks, removeRunbook, writeRunbook } from '../store/runbooks.ts';
import { storable } from '../store/storable.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, paramsOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import { nameSchema, serviceIdSchema } from './schemas.ts';

const ulid = z.string().refine(isUlid, 'must be a ULID');
const label = z.string().trim().min(1).max(100).overwrite(storable).nullable();
const step = z.strictObject({
  id: ulid,
  phase: z.enum(RUNBOOK_PHASES),
  words: z.string().trim().min(1).max(MAX_STEP_WORDS).overwrite(storable),
  link: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable(),
});
const content = z.strictObject({
  /** The version that its author saw; 0 for a new one. */
  basis: z.int().min(0),
  name: nameSchema,
  service: serviceIdSchema.nullable(),
  category: label,
  alert: label,
  steps: z.array(step).min(1).max(MAX_RUNBOOK_STEPS),
});
const kept = content
  .omit({ basis: true })
  .extend({ id: ulid, version: z.int() })
  .meta({ id: 'Runbook' }) satisfies z.ZodType<Runbook>;

const WRITE_FAULTS = ['forbidden', 'malformed-json', 'invalid-request', 'changed-meanwhile'] as const;

export function runbookRoutes(access: Access): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const member = signedIn(access);
  const writer = permitted('incident.write-runbooks');

  app.put(
    '/api/runbooks/:id',
    describe({
      tag: 'people',
      summary: 'Make or change a runbook; its id is chosen by whoever makes it',
      answers: kept,
      problems: WRITE_FAULTS,
    }),
    member,
    writer,
    strictJson,
    paramsOf(z.object({ id: ulid })),
    jsonBody(content),
    async (c) => {
      const { basis, ...said } = c.req.valid('json');
      const runbook: Runbook = { ...said, id: c.req.valid('param').id, version: basis + 1 };
      await refuseUnfit(access, runbook);
      if (!(await writeRunbook(access.db, runbook, Date.now()))) throw new ProblemError('changed-meanwhile');
      await access.directoryChanged();
      return c.json(runbook);
    },
  );

  app.delete(
    '/api/runbooks/:id',
    describe({
      tag: 'people',
      summary: 'Remove a runbook; tasks that were made of it stay where they are',
      answers: null,
      status: 204,
      problems: WRITE_FAULTS,
    }),
    member,
    writer,
    strictJson,
    paramsOf(z.object({ id: ulid })),
    jsonBody(z.strictObject({ basis: z.int().min(1) })),
    async (c) => {
      const gone = await removeRunbook(access.db, c.req.valid('param').id, c.req.valid('json').basis);
      if (!gone) throw new ProblemError('changed-meanwhile');
      await access.directoryChanged();
      return c.body(null, 204);
    },
  );

  return app;
}

/** A step has an id that no other has, here or in another runbook: a room knows it by that alone. */
async function refuseUnfit({ db }: Access, { id, service, steps }: Runbook): Promise<void> {
  if (service !== null && (await unknownServices(db, [service])).length > 0) {
    throw new ProblemError('invalid-request', `there is no service ${service}`);
  }
  const others = [...(await readRunbooks(db)).values()].filter((other) => other.id !== id);
  const taken = new Set(others.flatMap((other) => other.steps.map((each) => each.id)));
  for (const each of steps) {
    if (taken.has(each.id)) throw new ProblemError('invalid-request', `there is a step ${each.id} already`);
    taken.add(each.id);
  }
}
