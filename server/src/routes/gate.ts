/** For pipelines: may I deploy, and what was deployed. Each question is kept with its answer. */
import type { PersonId, ServiceId } from '@muster/domain/shared';
import { recordId } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { DEPLOYMENT_OUTCOMES, keepDeployment } from '../store/deployments.ts';
import { loadServices } from '../store/directory.ts';
import { findService, keepAsk, listAsks } from '../store/gate.ts';
import { findByReference, listDeployments } from '../store/query/index.ts';
import type { Store } from '../store/store.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { Pace } from './pace.ts';
import { askedOf, next, page } from './paging.ts';
import { ProblemError } from './problem.ts';
import { deploymentSchema, gateAnswerSchema, word } from './release-schemas.ts';
import { instantSchema, personIdSchema } from './schemas.ts';

/** For each who asks: a key acts as a person of its own, so each key has its own. */
const PER_MINUTE = 600;

const service = word.meta({ description: 'A service, by its id or its name' });
const environment = word.meta({ example: 'production' });
const change = word.optional().meta({ description: 'A change, by its id or its number' });

const question = z.object({ service, environment, change });

const report = z.object({
  external: word.meta({
    description: 'How the pipeline calls this deployment: the same again is the same one',
  }),
  service,
  environment,
  version: word,
  change,
  release: word.optional().meta({ description: 'A release, by its id or its number' }),
  outcome: z.enum(DEPLOYMENT_OUTCOMES).default('running'),
  at: instantSchema.optional().meta({ description: 'When it began; now when not said' }),
  finishedAt: instantSchema.optional().meta({ description: 'When it ended; now when not said' }),
  committedAt: instantSchema.optional().meta({ description: 'When its oldest work was committed' }),
});

const ask = z.object({
  id: z.string(),
  at: instantSchema,
  asker: personIdSchema,
  service: z.string(),
  environment: z.string(),
  change: z.string().nullable(),
  answer: gateAnswerSchema,
});

const asksQuery = z.object({ allow: z.enum(['true', 'false']).optional(), ...page });
const deploymentsQuery = z.object({
  service: word.optional(),
  environment: word.optional(),
  release: word.optional(),
  ...page,
});

export function gateRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const pace = new Pace(PER_MINUTE, 'questions and reports of a pipeline');

  app.post(
    '/api/gate',
    describe({
      tag: 'releases',
      summary: 'May I deploy?',
      description:
        'Yes when a change of the service is approved, now is in its window and no hard freeze stands. A change ' +
        'is of the services that fall with what it touches. ' +
        'Answers 200 either way; every reason is told by its code. Each question is kept.',
      answers: gateAnswerSchema,
      problems: ['forbidden', 'malformed-json', 'invalid-request', 'unsupported-media', 'too-many-requests'],
    }),
    signedIn(access),
    permitted('release.gate'),
    strictJson,
    jsonBody(question),
    async (c) => {
      const asked = c.req.valid('json');
      const { actor } = c.var.identity;
      await pace.keep(actor.id);
      const at = Date.now();
      const services = await loadServices(store.reader);
      const known = findService(services, asked.service) ?? (asked.service as ServiceId);
      const named =
        asked.change === undefined
          ? null
          : ((await findByReference(store.reader, 'change', asked.change)) ?? recordId(asked.change));
      const about = { service: known, environment: asked.environment };
      const answer = await store.map.mayDeploy({ ...about, ...(named !== null && { change: named }) }, at);
      await keepAsk(store.writer, {
        ...{ at, asker: actor.id, service: asked.service, environment: asked.environment },
        ...{ change: asked.change ?? null, answer },
      });
      return c.json({ ...answer, reasons: [...answer.reasons] });
    },
  );

  app.get(
    '/api/gate/asks',
    describe({
      tag: 'releases',
      summary: 'What pipelines asked and what they were told, newest first',
      answers: z.object({ asks: z.array(ask), next }),
      problems: ['forbidden', 'invalid-request'],
    }),
    signedIn(access),
    permitted('release.manage'),
    queryOf(asksQuery),
    async (c) => {
      const { allow, cursor, limit } = c.req.valid('query');
      const wanted = allow === undefined ? null : allow === 'true';
      const found = await listAsks(store.reader, wanted, cursor ?? null, limit);
      const asks = found.items.map((each) => ({
        ...each,
        answer: { ...each.answer, reasons: [...each.answer.reasons] },
      }));
      return c.json({ asks, next: found.next });
    },
  );

  app.post(
    '/api/deployments',
    describe({
      tag: 'releases',
      summary: 'Report a deployment: that it began, or how it ended',
      description: 'Reporting the same again changes nothing. That it began says nothing of what has ended.',
      answers: deploymentSchema,
      problems: [
        ...(['forbidden', 'malformed-json', 'invalid-request', 'unsupported-media'] as const),
        ...(['other-deployment', 'too-many-requests'] as const),
      ],
    }),
    signedIn(access),
    permitted('release.deploy'),
    strictJson,
    jsonBody(report),
    async (c) => {
      const { actor } = c.var.identity;
      await pace.keep(actor.id);
      const kept = await keepReport(store, c.req.valid('json'), actor.id);
      if (kept === null) throw new ProblemError('other-deployment');
      return c.json(kept);
    },
  );

  app.get(
    '/api/deployments',
    describe({
      tag: 'releases',
      summary: 'Deployments, the one that began last first',
      answers: z.object({ deployments: z.array(deploymentSchema), next }),
      problems: ['forbidden', 'invalid-request'],
    }),
    signedIn(access),
    permitted('release.read'),
    queryOf(deploymentsQuery),
    async (c) => {
      const { wanted, cursor, limit } = askedOf(c.req.valid('query'));
      const found = await listDeployments(store.reader, wanted, cursor, limit);
      return c.json({ deployments: [...found.items], next: found.next });
    },
  );

  return app;
}

async function keepReport(store: Store, asked: z.infer<typeof report>, reporter: PersonId) {
  const known = findService(await loadServices(store.reader), asked.service);
  const [ofChange, ofRelease] = await Promise.all([
    asked.change === undefined ? null : findByReference(store.reader, 'change', asked.change),
    asked.release === undefined ? null : findByReference(store.reader, 'release', asked.release),
  ]);
  if (known === null) throw unknown('service');
  if (asked.change !== undefined && ofChange === null) throw unknown('change');
  if (asked.release !== undefined && ofRelease === null) throw unknown('release');
  const { external, environment: where, version, outcome } = asked;
  const said = {
    ...{
      external,
      service: known,
      environment: where,
      version,
      outcome,
      change: ofChange,
      release: ofRelease,
    },
    ...{ at: asked.at ?? null, finishedAt: asked.finishedAt ?? null, committedAt: asked.committedAt ?? null },
  };
  return keepDeployment(store.writer, said, reporter, Date.now());
}

function unknown(what: string): ProblemError {
  const faults = [{ where: `body.${what}`, what: `there is no such ${what}` }];
  return new ProblemError('invalid-request', `body.${what}: there is no such ${what}`, { faults });
}
