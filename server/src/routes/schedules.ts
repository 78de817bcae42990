/** On-call schedules as a list. They are changed by the commands `schedule.<verb>`, as records are. */
import { SWAP_STATES, TURN_UNITS, onCallAt } from '@muster/domain/shared';
import type { Schedule } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { readSchedules } from '../store/schedules.ts';
import type { Store } from '../store/store.ts';
import { describe } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { instantSchema, personIdSchema } from './schemas.ts';

const hours = z.object({
  weekdays: z.array(z.int()).meta({ description: '1 (Monday) to 7' }),
  from: z.int().meta({ description: 'Minutes from local midnight' }),
  to: z.int().meta({ description: 'Minutes from local midnight; not after `from` is on the next day' }),
});
const span = z.object({ from: instantSchema, to: instantSchema });

const schedule = z
  .object({
    id: z.string(),
    version: z.int(),
    name: z.string(),
    team: z.string().nullable(),
    zone: z.string(),
    cover: hours.nullable().meta({ description: 'When somebody is to be on call; null is round the clock' }),
    layers: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        people: z.array(personIdSchema),
        unit: z.enum(TURN_UNITS),
        length: z.int(),
        handoverAt: z.int().meta({ description: 'Minutes from local midnight' }),
        startsOn: z.string(),
        hours: hours.nullable(),
      }),
    ),
    overrides: z.array(
      span.extend({
        id: z.string(),
        person: personIdSchema,
        by: personIdSchema,
        note: z.string(),
        madeAt: instantSchema,
      }),
    ),
    swaps: z.array(
      z.object({
        id: z.string(),
        by: personIdSchema,
        with: personIdSchema,
        gives: span,
        takes: span.nullable(),
        note: z.string(),
        state: z.enum(SWAP_STATES),
        askedAt: instantSchema,
        answeredAt: instantSchema.nullable(),
      }),
    ),
    onCall: z.array(personIdSchema).meta({ description: 'Who is on call now, to be told first to last' }),
  })
  .meta({ id: 'Schedule' });

export function scheduleRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  app.get(
    '/api/schedules',
    describe({
      tag: 'records',
      summary: 'All on-call schedules, and who is on call now',
      description:
        'They are made and changed by commands: `schedule.create`, `change`, `remove`, `override`, `end-override`, ' +
        '`ask-swap`, `answer-swap` and `withdraw-swap`. The staff hold them in the document `oncall` too.',
      answers: z.object({ schedules: z.array(schedule) }),
      problems: ['forbidden'],
    }),
    signedIn(access),
    permitted('incident.read'),
    async (c) => {
      const now = Date.now();
      const all = [...(await readSchedules(store.reader)).values()];
      return c.json({ schedules: all.map((each) => toAnswer(each, now)) });
    },
  );
  return app;
}

/** What is answered is held to the schema by the compiler; lists lose their `readonly` on the way. */
function toAnswer(each: Schedule, now: number): z.infer<typeof schedule> {
  const { id, version, name, team, zone, cover, layers, overrides, swaps } = each;
  return {
    ...{ id, version, name, team, zone, cover: cover && hoursOf(cover) },
    layers: layers.map((layer) => ({
      ...layer,
      people: [...layer.people],
      hours: layer.hours && hoursOf(layer.hours),
    })),
    overrides: overrides.map(({ since: _since, ...override }) => override),
    swaps: swaps.map(({ since: _since, ...swap }) => swap),
    onCall: [...onCallAt(each, now)],
  };
}

const hoursOf = (given: NonNullable<Schedule['cover']>) => ({ ...given, weekdays: [...given.weekdays] });
