/** Monitoring systems that send alerts, for administrators; and the alerts of one incident, for its readers. */
import { canReadAsStaff, recordId } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { unknownServices, unknownTeams } from '../access/organisation.ts';
import {
  findIntegration,
  listIntegrations,
  makeIntegration,
  revokeIntegration,
  rotateKey,
  updateIntegration,
} from '../alerts/integrations.ts';
import { readAlerts } from '../alerts/read-alerts.ts';
import { readPayload } from '../alerts/read-payload.ts';
import { tryReport } from '../alerts/trial.ts';
import { readRecord } from '../store/query/index.ts';
import type { Store } from '../store/store.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, paramsOf } from './describe.ts';
import { peopleOnly, permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import type { mappingSchema } from './integration-schemas.ts';
import {
  changeSchema,
  incidentAlertSchema,
  integrationSchema,
  newIntegrationSchema,
  trialAnswerSchema,
  trialSchema,
} from './integration-schemas.ts';
import { ProblemError } from './problem.ts';
import { instantSchema } from './schemas.ts';

const ofIntegration = paramsOf(z.object({ id: z.string().max(64) }));

export function integrationRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), peopleOnly, permitted('admin.alerts')] as const;

  /** An incident for a team or service that is not there would be refused, and its alerts told to nobody. */
  const checkTarget = async ({
    team,
    service,
    mapping: { services } = { services: {} },
  }: Pick<z.infer<typeof changeSchema>, 'team' | 'service'> & {
    readonly mapping?: Pick<z.infer<typeof mappingSchema>, 'services'> | undefined;
  }): Promise<void> => {
    const named = [
      ...(service == null ? [] : [['body.service', service] as const]),
      ...Object.entries(services).map(([value, id]) => [`body.mapping.services.${value}`, id] as const),
    ];
    const teams = await unknownTeams(access.db, team == null ? [] : [team]);
    const absent = new Set(
      await unknownServices(
        access.db,
        named.map(([, id]) => id),
      ),
    );
    const faults = [
      ...teams.map((id) => ({ where: 'body.team', what: `there is no team ${id}` })),
      ...named
        .filter(([, id]) => absent.has(id))
        .map(([where, id]) => ({ where, what: `there is no service ${id}` })),
    ];
    const [first] = faults;
    if (first !== undefined)
      throw new ProblemError('invalid-request', `${first.where}: ${first.what}`, { faults });
  };

  app.get(
    '/api/integrations',
    describe({
      tag: 'alerts',
      summary: 'Monitoring systems that may send alerts',
      answers: z.object({ integrations: z.array(integrationSchema) }),
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
      answers: z.object({ integration: integrationSchema, key: z.string() }),
      status: 201,
      problems: ['forbidden', 'malformed-json', 'invalid-request'],
    }),
    ...guard,
    strictJson,
    jsonBody(newIntegrationSchema),
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
    jsonBody(changeSchema),
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

  app.post(
    '/api/integrations/:id/trial',
    describe({
      tag: 'alerts',
      summary: 'The incident that a payload would open, by this or another mapping; writes nothing',
      answers: trialAnswerSchema,
      problems: ['forbidden', 'not-found', 'malformed-json', 'invalid-request', 'malformed-alerts'],
    }),
    ...guard,
    ofIntegration,
    strictJson,
    jsonBody(trialSchema),
    async (c) => {
      const { payload, ...asked } = c.req.valid('json');
      await checkTarget(asked);
      const found = await findIntegration(store.reader, c.req.valid('param').id);
      if (found === null) throw new ProblemError('not-found');
      const read = readPayload(found.kind, payload);
      if (!read.ok) throw new ProblemError('malformed-alerts', read.reason, { faults: read.faults });
      const source = {
        ...found,
        mapping: asked.mapping ?? found.mapping,
        numbers: asked.numbers ?? found.numbers,
        team: asked.team === undefined ? found.team : asked.team,
        service: asked.service === undefined ? found.service : asked.service,
      };
      return c.json(await tryReport(store.reader, source, read.report, Date.now()));
    },
  );

  app.get(
    '/api/integrations/:id/received',
    describe({
      tag: 'alerts',
      summary: 'The last payloads that were taken, newest first, without their keys',
      description: 'Those over 256 KiB are taken and not kept.',
      answers: z.object({ payloads: z.array(z.object({ at: instantSchema, body: z.string() })) }),
      problems: ['forbidden'],
    }),
    ...guard,
    ofIntegration,
    async (c) => {
      const payloads = await store.reader
        .selectFrom('alert_received')
        .select(['at', 'body'])
        .where('integration', '=', c.req.valid('param').id)
        .orderBy('id', 'desc')
        .execute();
      return c.json({ payloads });
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
      summary:
        'The alerts of an incident, for its staff: those that fire first, of these the worst, then the newest',
      answers: z.object({
        firing: z.int(),
        total: z.int(),
        untold: z.int().meta({ description: 'How many more their source did not name' }),
        silencedUntil: instantSchema.nullable(),
        alerts: z.array(incidentAlertSchema).meta({ description: 'At most 200' }),
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
