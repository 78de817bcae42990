/** Teams and services. */
import { serviceId, teamId } from '@muster/domain/shared';
import { Hono } from 'hono';
import { ulid } from 'ulid';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import {
  insertService,
  insertTeam,
  listServices,
  listTeams,
  unknownTeams,
  updateService,
  updateTeam,
} from '../access/organisation.ts';
import { findPerson } from '../access/people.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, paramsOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import { nameSchema, personIdSchema, serviceIdSchema, teamIdSchema } from './schemas.ts';

const team = z
  .object({
    id: teamIdSchema,
    name: z.string(),
    lead: personIdSchema.nullable(),
    members: z.array(personIdSchema),
  })
  .meta({ id: 'Team' });
const criticality = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
const service = z
  .object({ id: serviceIdSchema, name: z.string(), team: teamIdSchema.nullable(), criticality })
  .meta({ id: 'Service' });

const newTeam = z.strictObject({ name: nameSchema, lead: personIdSchema.nullable().default(null) });
const teamChange = z.strictObject({
  name: nameSchema.optional(),
  lead: personIdSchema.nullable().optional(),
});
const newService = z.strictObject({
  name: nameSchema,
  team: teamIdSchema.nullable().default(null),
  criticality: criticality.default(3),
});
const serviceChange = z.strictObject({
  name: nameSchema.optional(),
  team: teamIdSchema.nullable().optional(),
  criticality: criticality.optional(),
});

const FAULTS = ['forbidden', 'malformed-json', 'invalid-request'] as const;

export function organisationRoutes(access: Access): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const member = signedIn(access);
  const admin = permitted('admin.settings');

  app.get(
    '/api/teams',
    describe({
      tag: 'people',
      summary: 'All teams',
      answers: z.object({ teams: z.array(team) }),
      problems: ['forbidden'],
    }),
    member,
    permitted('directory.read'),
    async (c) => c.json({ teams: await listTeams(access.db) }),
  );

  app.post(
    '/api/teams',
    describe({ tag: 'people', summary: 'Make a team', answers: team, status: 201, problems: FAULTS }),
    member,
    admin,
    strictJson,
    jsonBody(newTeam),
    async (c) => {
      const asked = c.req.valid('json');
      await refuseUnknownPerson(access, asked.lead);
      const made = { ...asked, id: teamId(ulid()) };
      await insertTeam(access.db, made);
      await access.directoryChanged();
      return c.json({ ...made, members: [] }, 201);
    },
  );

  app.patch(
    '/api/teams/:id',
    describe({
      tag: 'people',
      summary: 'Rename a team or give it another lead',
      answers: null,
      status: 204,
      problems: [...FAULTS, 'not-found'],
    }),
    member,
    admin,
    strictJson,
    paramsOf(z.object({ id: teamIdSchema })),
    jsonBody(teamChange),
    async (c) => {
      const change = c.req.valid('json');
      await refuseUnknownPerson(access, change.lead ?? null);
      if (!(await updateTeam(access.db, c.req.valid('param').id, change)))
        throw new ProblemError('not-found');
      await access.directoryChanged();
      return c.body(null, 204);
    },
  );

  app.get(
    '/api/services',
    describe({
      tag: 'people',
      summary: 'All services',
      answers: z.object({ services: z.array(service) }),
      problems: ['forbidden'],
    }),
    member,
    permitted('directory.read'),
    async (c) => c.json({ services: await listServices(access.db) }),
  );

  app.post(
    '/api/services',
    describe({ tag: 'people', summary: 'Make a service', answers: service, status: 201, problems: FAULTS }),
    member,
    admin,
    strictJson,
    jsonBody(newService),
    async (c) => {
      const made = { ...c.req.valid('json'), id: serviceId(ulid()) };
      await refuseUnknownTeam(access, made.team);
      await insertService(access.db, made);
      await access.directoryChanged();
      return c.json(made, 201);
    },
  );

  app.patch(
    '/api/services/:id',
    describe({
      tag: 'people',
      summary: 'Change a service',
      answers: null,
      status: 204,
      problems: [...FAULTS, 'not-found'],
    }),
    member,
    admin,
    strictJson,
    paramsOf(z.object({ id: serviceIdSchema })),
    jsonBody(serviceChange),
    async (c) => {
      const change = c.req.valid('json');
      await refuseUnknownTeam(access, change.team ?? null);
      if (!(await updateService(access.db, c.req.valid('param').id, change)))
        throw new ProblemError('not-found');
      await access.directoryChanged();
      return c.body(null, 204);
    },
  );

  return app;
}

type PersonIdOrNull = z.infer<typeof newTeam>['lead'];
type TeamIdOrNull = z.infer<typeof newService>['team'];

async function refuseUnknownPerson(access: Access, person: PersonIdOrNull): Promise<void> {
  if (person !== null && (await findPerson(access.db, person)) === null) {
    throw new ProblemError('invalid-request', `there is no person ${person}`);
  }
}

async function refuseUnknownTeam(access: Access, team: TeamIdOrNull): Promise<void> {
  if (team !== null && (await unknownTeams(access.db, [team])).length > 0) {
    throw new ProblemError('invalid-request', `there is no team ${team}`);
  }
}
