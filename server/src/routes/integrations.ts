/** Monitoring systems that send alerts, for administrators; and the alerts of one incident, for its readers. */
import { canReadAsStaff, recordId } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { unknownServices, unknownTeams } from '../access/organisation.ts';
import {
  INTEGRATION_KINDS,
  listIntegrations,
  makeIntegration,
  revokeIntegration,
  rotateKey,
  updateIntegration,
} from '../alerts/integrations.ts';
import { readAlerts } from '../alerts/read-alerts.ts';
import { readRecord } from '../store/query/index.ts';
import type { Store } from '../store/store.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, paramsOf } from './describe.ts';
import { peopleOnly, permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import { instantSchema, levelSchema, nameSchema, serviceIdSchema, teamIdSchema } from './schemas.ts';

const word = z.string().trim().min(1).max(200);
const minutes = z.int().min(0).max(1_440);
const groups = z.int().min(1).max(10_000);

const mapping = z.object({
  serviceLabel: word,
  services: z.record(word, serviceIdSchema),
  severityLabel: word,
  severities: z.record(word, z.object({ impact: levelSchema, urgency: levelSchema })),
});

const numbers = z.object({
  reopenMinutes: minutes,
  stormMinutes: minutes.min(1),
  stormGroups: groups,
  stormLabelGroups: groups,
  stormLabels: z.array(word).max(10),
});

const integration = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(INTEGRATION_KINDS),
    team: teamIdSchema.nullable(),
    service: serviceIdSchema.nullable(),
    mapping,
    numbers,
    keyPrefix: z.string(),
    revoked: z.boolean(),
    madeAt: instantSchema,
    keyMadeAt: instantSchema,
    lastReceivedAt: instantSchema.nullable(),
    counts: z.object({ received: z.int(), malformed: z.int(), episodes: z.int(), folded: z.int() }),
  })
  .meta({ id: 'AlertIntegration' });

const target = { team: teamIdSchema.nullable(), service: serviceIdSchema.nullable() };

const newIntegration = z.object({
  name: nameSchema,
  kind: z.enum(INTEGRATION_KINDS),
  team: target.team.default(null),
  service: target.service.default(null),
  mapping: mapping.optional(),
  numbers: numbers.optional(),
});

const change = z.object({
  name: nameSchema.optional(),
  team: target.team.optional(),
  service: target.service.optional(),
  mapping: mapping.optional(),
  numbers: numbers.optional(),
});

const incidentAlert = z.object({
  name: z.string(),
  state: z.enum(['firing', 'acknowledged', 'silenced', 'resolved']),
  labels: z.record(z.string(), z.string()),
  url: z.string().nullable(),
  startsAt: instantSchema,
  resolvedAt: instantSchema.nullable(),
});

const ofIntegration = paramsOf(z.object({ id: z.string().max(64) }));

export function integrationRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), peopleOnly, permitted('admin.alerts')] as const;

  const checkTarget = async ({
    team,
    service,
  }: Pick<z.infer<typeof change>, 'team' | 'service'>): Promise<void> => {
    const teams = await unknownTeams(access.db, team == null ? [] : [team]);
    const services = await unknownServices(access.db, service == null ? [] : [service]);
    const unknown = [...teams, ...services][0];
    if (unknown !== undefined)
      throw new ProblemError('invalid-request', `there is no team or service ${unknown}`);
  };

  app.get(
    '/api/integrations',
    describe({
      tag: 'alerts',
      summary: 'Monitoring systems that may send alerts',
      answers: z.object({ integrations: z.array(integration) }),
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => c.json({ integrations: await listIntegrations(access.db) }),
  );

  app.post(
    '/api/integrations',
    describe({
      tag: 'alerts',
      summary: 'Let a monitoring system send alerts; its key is shown this once',
      answers: z.object({ integration, key: z.string() }),
      status: 201,
      problems: ['forbidden', 'malformed-json', 'invalid-request'],
    }),
    ...guard,
    strictJson,
    jsonBody(newIntegration),
    async (c) => {
      const asked = c.req.valid('json');
      await checkTarget(asked);
      const made = await makeIntegration(
        access.db,
        { ...asked, madeBy: c.var.identity.person.id },
        Date.now(),
      );
      await access.directoryChanged();
      return c.json(made, 201);
    },
  );

  app.patch(
    '/api/integrations/:id',
    describe({
      tag: 'alerts',
      summary: 'Change a name, a target, a mapping or numbers',
      answers: null,
      status: 204,
      problems: ['forbidden', 'not-found', 'malformed-json', 'invalid-request'],
    }),
    ...guard,
    ofIntegration,
    strictJson,
    jsonBody(change),
    async (c) => {
      const asked = c.req.valid('json');
      await checkTarget(asked);
      if (!(await updateIntegration(access.db, c.req.valid('param').id, asked)))
        throw new ProblemError('not-found');
      if (asked.name !== undefined) await access.directoryChanged();
      return c.body(null, 204);
    },
  );

  app.post(
    '/api/integrations/:id/key',
    describe({
      tag: 'alerts',
      summary: 'A new key in place of the old one, shown this once',
      answers: z.object({ key: z.string() }),
      status: 201,
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    ofIntegration,
    async (c) => {
      const key = await rotateKey(access.db, c.req.valid('param').id, Date.now());
      if (key === null) throw new ProblemError('not-found');
      return c.json({ key }, 201);
    },
  );

  app.delete(
    '/api/integrations/:id/key',
    describe({
      tag: 'alerts',
      summary: 'Revoke the key: nothing more is taken in',
      answers: null,
      status: 204,
      problems: ['forbidden', 'not-found'],
    }),
    ...guard,
    ofIntegration,
    async (c) => {
      if (!(await revokeIntegration(access.db, c.req.valid('param').id))) throw new ProblemError('not-found');
      return c.body(null, 204);
    },
  );

  app.get(
    '/api/integrations/:id/malformed',
    describe({
      tag: 'alerts',
      summary: 'The last payloads that could not be read, newest first',
      answers: z.object({
        payloads: z.array(z.object({ at: instantSchema, reason: z.string(), body: z.string() })),
      }),
      problems: ['forbidden'],
    }),
    ...guard,
    ofIntegration,
    async (c) => {
      const payloads = await store.reader
        .selectFrom('alert_malformed')
        .select(['at', 'reason', 'body'])
        .where('integration', '=', c.req.valid('param').id)
        .orderBy('id', 'desc')
        .execute();
      return c.json({ payloads });
    },
  );

  app.get(
    '/api/records/:id/alerts',
    describe({
      tag: 'alerts',
      summary: 'The alerts of an incident, for its staff: those that fire first, then the newest',
      answers: z.object({
        firing: z.int(),
        total: z.int(),
        untold: z.int().meta({ description: 'How many more their source did not name' }),
        silencedUntil: instantSchema.nullable(),
        alerts: z.array(incidentAlert).meta({ description: 'At most 200' }),
      }),
      problems: ['not-found'],
    }),
    signedIn(access),
    ofIntegration,
    async (c) => {
      const { actor } = c.var.identity;
      const found = await readRecord(store.reader, actor, recordId(c.req.valid('param').id));
      if (found === null || !canReadAsStaff(actor, found.ticket)) throw new ProblemError('not-found');
      return c.json(await readAlerts(store.reader, found, Date.now()));
    },
  );

  return app;
}
