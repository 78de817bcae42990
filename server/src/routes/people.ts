/** People of the desk and how they come to it. */
import { permissionsOf } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { acceptInvitation, changePerson, makePasswordLink } from '../access/membership.ts';
import { findInvitation, listInvitations, makeInvitation, revokeInvitation } from '../access/invitations.ts';
import { findPerson, findPersonByEmail, listPeople } from '../access/people.ts';
import { unknownTeams } from '../access/organisation.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, paramsOf } from './describe.ts';
import { permitted, refuseUnheld, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import {
  emailSchema,
  instantSchema,
  nameSchema,
  passwordSchema,
  personIdSchema,
  personSchema,
  roleSchema,
  teamIdSchema,
} from './schemas.ts';
import { signIn } from './session.ts';

const invitation = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string().nullable(),
    roles: z.array(roleSchema),
    teams: z.array(teamIdSchema),
    expiresAt: instantSchema,
  })
  .meta({ id: 'Invitation' });

const newInvitation = z.object({
  email: emailSchema,
  name: nameSchema.optional(),
  roles: z.array(roleSchema).min(1, 'must name at least one role').max(4),
  teams: z.array(teamIdSchema).max(50).default([]),
});

const personChange = z.strictObject({
  name: nameSchema.optional(),
  roles: z.array(roleSchema).max(4).optional(),
  teams: z.array(teamIdSchema).max(50).optional(),
  active: z.boolean().optional(),
  vip: z.boolean().optional(),
});

/** `addressFor` makes a link that opens in the client: the public address and a path. */
export function peopleRoutes(
  access: Access,
  addressFor: (requestUrl: string, path: string) => string,
): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const member = signedIn(access);
  const admin = permitted('admin.people');

  app.get(
    '/api/people',
    describe({
      tag: 'people',
      summary: 'Everybody, also those who are deactivated',
      answers: z.object({ people: z.array(personSchema) }),
      problems: ['forbidden'],
    }),
    member,
    admin,
    async (c) => c.json({ people: await listPeople(access.db) }),
  );

  app.patch(
    '/api/people/:id',
    describe({
      tag: 'people',
      summary: 'Change what a person may do, or deactivate them, which signs them out everywhere',
      answers: personSchema,
      problems: ['forbidden', 'not-found', 'last-administrator', 'malformed-json', 'invalid-request'],
    }),
    member,
    admin,
    strictJson,
    paramsOf(z.object({ id: personIdSchema })),
    jsonBody(personChange),
    async (c) => {
      const change = c.req.valid('json');
      refuseUnheld(c.var.identity, permissionsOf(change.roles ?? []));
      return c.json(await changePerson(access, c.req.valid('param').id, change));
    },
  );

  app.post(
    '/api/people/:id/password-link',
    describe({
      tag: 'people',
      summary: 'A link to set a new password with; shown this once, works once, for seven days',
      answers: z.object({ link: z.string(), expiresAt: instantSchema }),
      status: 201,
      problems: ['forbidden', 'not-found'],
    }),
    member,
    admin,
    paramsOf(z.object({ id: personIdSchema })),
    async (c) => {
      const { identity } = c.var;
      const { id } = c.req.valid('param');
      // whoever sets a person's password can be that person
      const person = await findPerson(access.db, id);
      refuseUnheld(identity, permissionsOf(person?.roles ?? []));
      const { token, expiresAt } = await makePasswordLink(access, id, identity.person.id);
      return c.json({ link: addressFor(c.req.url, `/invitation/${token}`), expiresAt }, 201);
    },
  );

  app.get(
    '/api/invitations',
    describe({
      tag: 'people',
      summary: 'Invitations that can still be taken up',
      answers: z.object({ invitations: z.array(invitation) }),
      problems: ['forbidden'],
    }),
    member,
    admin,
    async (c) => c.json({ invitations: await listInvitations(access.db, Date.now()) }),
  );

  app.post(
    '/api/invitations',
    describe({
      tag: 'people',
      summary: 'Invite somebody; the link is shown this once and works for seven days',
      answers: z.object({ id: z.string(), link: z.string(), expiresAt: instantSchema }),
      status: 201,
      problems: ['forbidden', 'email-taken', 'malformed-json', 'invalid-request'],
    }),
    member,
    admin,
    strictJson,
    jsonBody(newInvitation),
    async (c) => {
      const asked = c.req.valid('json');
      refuseUnheld(c.var.identity, permissionsOf(asked.roles));
      if ((await findPersonByEmail(access.db, asked.email)) !== null) throw new ProblemError('email-taken');
      const unknown = await unknownTeams(access.db, asked.teams);
      if (unknown.length > 0)
        throw new ProblemError('invalid-request', `there is no team ${unknown.join(', ')}`);
      const made = await makeInvitation(
        access.db,
        { ...asked, name: asked.name ?? null, invitedBy: c.var.identity.person.id },
        Date.now(),
      );
      const link = addressFor(c.req.url, `/invitation/${made.token}`);
      return c.json({ id: made.id, link, expiresAt: made.expiresAt }, 201);
    },
  );

  app.delete(
    '/api/invitations/:id',
    describe({
      tag: 'people',
      summary: 'Revoke an invitation that nobody took up',
      answers: null,
      status: 204,
      problems: ['forbidden', 'not-found'],
    }),
    member,
    admin,
    paramsOf(z.object({ id: z.string().max(64) })),
    async (c) => {
      if (!(await revokeInvitation(access.db, c.req.valid('param').id))) throw new ProblemError('not-found');
      return c.body(null, 204);
    },
  );

  return app;
}

/** What whoever holds the link may see and do, without being signed in. */
export function invitationRoutes(access: Access): Hono {
  const app = new Hono();
  const byToken = paramsOf(z.object({ token: z.string().max(200) }));

  app.get(
    '/api/invitations/:token',
    describe({
      tag: 'people',
      summary: 'What an invitation is for',
      access: 'anyone',
      answers: invitation.pick({ email: true, name: true, expiresAt: true }),
      problems: ['invitation-gone'],
    }),
    byToken,
    async (c) => {
      const found = await findInvitation(access.db, c.req.valid('param').token, Date.now());
      if (found === null) throw new ProblemError('invitation-gone');
      return c.json({ email: found.email, name: found.name, expiresAt: found.expiresAt });
    },
  );

  app.post(
    '/api/invitations/:token',
    describe({
      tag: 'people',
      summary: 'Take an invitation up with a name and a password; signs in',
      description: 'With a password link of somebody who is here already the name is not changed.',
      access: 'anyone',
      answers: z.object({ person: personIdSchema }),
      problems: ['invitation-gone', 'email-taken', 'malformed-json', 'invalid-request'],
    }),
    strictJson,
    byToken,
    jsonBody(z.object({ name: nameSchema, password: passwordSchema })),
    async (c) => {
      const answer = c.req.valid('json');
      const email = await acceptInvitation(access, c.req.valid('param').token, answer);
      return signIn(access, c, email, answer.password);
    },
  );

  return app;
}
