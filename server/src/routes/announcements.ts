/** Announcements as lists. They are changed by the commands `announcement.<verb>`, as records are. */
import { ANNOUNCEMENT_KINDS, ANNOUNCEMENT_STATES, NOTICES, withoutItems } from '@muster/domain/desk';
import type { Announcement } from '@muster/domain/desk';
import { personId, recordId } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { may } from '../access/identity.ts';
import { announcementOf } from '../commands/announcements.ts';
import { isForTeams } from '../store/query/readable.ts';
import type { Store } from '../store/store.ts';
import { describe, paramsOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import {
  instantSchema,
  personIdSchema,
  recordIdSchema,
  serviceIdSchema,
  teamIdSchema,
  ulidSchema,
} from './schemas.ts';

const MOST_LISTED = 200;

const announcementSchema = z
  .object({
    id: recordIdSchema,
    version: z.int(),
    revision: z.int().meta({ description: 'Raised whenever everybody is to read it anew' }),
    revisedAt: instantSchema.nullable(),
    kind: z.enum(ANNOUNCEMENT_KINDS),
    state: z.enum(ANNOUNCEMENT_STATES),
    title: z.string(),
    message: z.string(),
    services: z.array(serviceIdSchema),
    items: z
      .array(recordIdSchema)
      .exactOptional()
      .meta({ description: 'What is out of use or worked on; told to those who read the configuration' }),
    public: z.boolean().meta({ description: 'Whether it stands on the public status page' }),
    audience: z
      .array(teamIdSchema)
      .meta({ description: 'The teams whose members alone are told; everybody when there is none' }),
    beginsAt: instantSchema.nullable(),
    endsAt: instantSchema.nullable(),
    madeBy: personIdSchema,
    madeAt: instantSchema,
    updatedAt: instantSchema,
    publishedAt: instantSchema.nullable(),
    startedAt: instantSchema.nullable(),
    endedAt: instantSchema.nullable(),
    updates: z.array(
      z.object({
        number: z.int(),
        state: z.enum(ANNOUNCEMENT_STATES),
        message: z.string(),
        at: instantSchema,
      }),
    ),
    told: z.array(
      z.object({
        revision: z.int(),
        notice: z.enum(NOTICES),
        at: instantSchema,
        before: z
          .array(teamIdSchema)
          .nullable()
          .meta({ description: 'Of a new audience the one before, which is not told again' }),
      }),
    ),
  })
  .meta({ id: 'Announcement' }) satisfies z.ZodType<Announcement>;

const reader = z.object({ person: personIdSchema, revision: z.int(), at: instantSchema });

export function announcementRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  app.get(
    '/api/announcements',
    describe({
      tag: 'records',
      summary: `The newest ${MOST_LISTED} announcements that are for me; all of them, and drafts, for those who announce`,
      description:
        'Announcements are made and moved by commands: `announcement.create`, `edit`, `step`, `update`, and ' +
        '`acknowledge` for everybody. Those that are published are in the document `notice` too, or in ' +
        '`notice/<team>` of the teams that they are for.',
      answers: z.object({ announcements: z.array(announcementSchema) }),
    }),
    signedIn(access),
    async (c) => {
      let query = store.reader.selectFrom('announcement').select('data');
      if (!may(c.var.identity, 'desk.announce'))
        query = query.where('published_at', 'is not', null).where(isForTeams(c.var.identity.actor.teams));
      const rows = await query.orderBy('id', 'desc').limit(MOST_LISTED).execute();
      const told = may(c.var.identity, 'configuration.read') ? (each: Announcement) => each : withoutItems;
      return c.json({ announcements: rows.map((row) => toAnswer(told(announcementOf(row)))) });
    },
  );

  app.get(
    '/api/announcements/:id/readers',
    describe({
      tag: 'records',
      summary: 'Who has read an announcement, in which revision and when',
      answers: z.object({ readers: z.array(reader) }),
      problems: ['forbidden', 'invalid-request', 'not-found'],
    }),
    signedIn(access),
    permitted('desk.announce'),
    paramsOf(z.object({ id: ulidSchema })),
    async (c) => {
      const id = recordId(c.req.valid('param').id);
      const known = await store.reader
        .selectFrom('announcement')
        .select('id')
        .where('id', '=', id)
        .executeTakeFirst();
      if (known === undefined) throw new ProblemError('not-found');
      const rows = await store.reader
        .selectFrom('announcement_reader')
        .select(['person', 'revision', 'at'])
        .where('announcement', '=', id)
        .orderBy('at')
        .execute();
      return c.json({ readers: rows.map((row) => ({ ...row, person: personId(row.person) })) });
    },
  );
  return app;
}

/** What is answered is held to the schema by the compiler; lists lose their `readonly` on the way. */
function toAnswer(announcement: Announcement): z.infer<typeof announcementSchema> {
  const { services, items, audience, updates, told, ...rest } = announcement;
  return {
    ...rest,
    services: [...services],
    ...(items !== undefined && { items: [...items] }),
    audience: [...audience],
    updates: [...updates],
    told: told.map((each) => ({ ...each, before: each.before === null ? null : [...each.before] })),
  };
}
