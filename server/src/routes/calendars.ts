/** Shifts, changes and windows in people's calendars, under secret addresses that need no sign-in and can be taken back. */
import { maySeeSchedules, permissionsOf, scheduleId } from '@muster/domain/shared';
import type { Actor } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { findPerson } from '../access/people.ts';
import {
  CALENDARS,
  findAddress,
  listAddresses,
  makeAddress,
  noteUse,
  revokeAddress,
} from '../calendar/addresses.ts';
import type { CalendarAddress } from '../calendar/addresses.ts';
import { readChangeCalendar } from '../calendar/change-calendar.ts';
import { KeptTexts } from '../calendar/kept-texts.ts';
import { shiftCalendar } from '../calendar/shift-calendar.ts';
import { loadDirectory } from '../store/directory.ts';
import { readSchedules } from '../store/schedules.ts';
import type { Store } from '../store/store.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, paramsOf } from './describe.ts';
import { peopleOnly, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { Pace } from './pace.ts';
import { ProblemError } from './problem.ts';
import { instantSchema, ulidSchema } from './schemas.ts';

/** Calendars ask again by the hour, and none of them is shared. */
const OWN_FOR_A_WHILE = 'private, max-age=300';
const HOUR_MS = 60 * 60 * 1000;
/** Of one address: several devices may have it, and each asks by the hour. */
const READS_PER_MINUTE = 30;

const listed = z
  .object({
    id: z.string(),
    about: z.enum(CALENDARS).meta({ description: 'Shifts, or changes with maintenance windows and freezes' }),
    schedule: z.string().nullable().meta({ description: 'Null for one’s own shifts in all schedules' }),
    madeAt: instantSchema,
    usedAt: instantSchema.nullable(),
  })
  .meta({ id: 'CalendarAddress' });

const wanted = z.strictObject({
  about: z.enum(CALENDARS).default('shifts'),
  schedule: ulidSchema.nullable().default(null).meta({ description: 'Of shifts; null for changes' }),
});

export function calendarRoutes(access: Access, store: Store, origin: string | null): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  // who lost the role still takes back what they gave away
  const guard = [signedIn(access), peopleOnly] as const;
  const pace = new Pace(READS_PER_MINUTE, 'readings of this calendar');
  const texts = new KeptTexts();

  app.get(
    '/api/me/calendars',
    describe({
      tag: 'session',
      summary: 'The addresses under which my calendars read shifts and changes, without their secrets',
      answers: z.object({ calendars: z.array(listed) }),
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => {
      const mine = await listAddresses(access.db, c.var.identity.actor.id);
      return c.json({ calendars: mine.map(toAnswer) });
    },
  );

  app.post(
    '/api/me/calendars',
    describe({
      tag: 'session',
      summary: 'Make the address of a calendar, in place of the one before; it is shown this once',
      answers: z.object({ calendar: listed, address: z.string() }),
      status: 201,
      problems: ['forbidden', 'malformed-json', 'invalid-request'],
    }),
    ...guard,
    strictJson,
    jsonBody(wanted),
    async (c) => {
      const { about, schedule } = c.req.valid('json');
      const { actor } = c.var.identity;
      if (!mayRead(about, actor)) throw new ProblemError('forbidden');
      if (about === 'changes' && schedule !== null)
        throw new ProblemError('invalid-request', 'changes have no schedule');
      const schedules = await readSchedules(store.reader);
      if (schedule !== null && !schedules.has(scheduleId(schedule)))
        throw new ProblemError('invalid-request', `there is no schedule ${schedule}`);
      const id = schedule === null ? null : scheduleId(schedule);
      const made = await makeAddress(store, actor.id, { about, schedule: id }, Date.now());
      const base = origin ?? new URL(c.req.url).origin;
      return c.json(
        { calendar: toAnswer(made.address), address: `${base}/calendar/${made.secret}.ics` },
        201,
      );
    },
  );

  app.delete(
    '/api/me/calendars/:id',
    describe({
      tag: 'session',
      summary: 'Take the address of a calendar back; nothing is read under it any more',
      answers: null,
      status: 204,
      problems: ['forbidden', 'invalid-request', 'not-found'],
    }),
    ...guard,
    paramsOf(z.object({ id: ulidSchema })),
    async (c) => {
      const gone = await revokeAddress(access.db, c.var.identity.actor.id, c.req.valid('param').id);
      if (!gone) throw new ProblemError('not-found');
      return c.body(null, 204);
    },
  );

  /** One answer for whatever is not there, not any more, or not any more for its person. */
  app.get('/calendar/:file', async (c) => {
    const secret = /^([\w-]{20,100})\.ics$/.exec(c.req.param('file'))?.[1];
    const address = secret === undefined ? undefined : await findAddress(store.reader, secret);
    if (address === undefined) throw new ProblemError('not-found');
    await pace.keep(address.id);
    const base = origin ?? new URL(c.req.url).origin;
    const text = await contentOf(store, texts, address, base);
    if (text === null) throw new ProblemError('not-found');
    await noteUse(access.db, address, Date.now());
    c.header('cache-control', OWN_FOR_A_WHILE);
    c.header('referrer-policy', 'no-referrer');
    return c.body(text, 200, { 'content-type': 'text/calendar; charset=utf-8' });
  });
  return app;
}

/** Null where the address's person may not see it now: their account is off, or the schedule is gone. */
async function contentOf(
  store: Store,
  texts: KeptTexts,
  { id: address, person: id, about, schedule }: CalendarAddress,
  base: string,
): Promise<string | null> {
  const person = await findPerson(store.reader, id);
  if (person === null || !person.active || !mayRead(about, { permissions: permissionsOf(person.roles) }))
    return null;
  if (about === 'changes')
    return readChangeCalendar(store.reader, { base, now: Date.now() }, (state, write) =>
      texts.textOf(address, state, write),
    );
  const schedules = await readSchedules(store.reader);
  const shown = schedule === null ? [...schedules.values()] : [schedules.get(schedule) ?? []].flat();
  if (schedule !== null && shown.length === 0) return null;
  const now = Date.now();
  const versions = shown.map((each) => [each.id, each.version]);
  // names of people may be an hour old, as everything is in whatever reads this
  const state = JSON.stringify([base, person.name, Math.floor(now / HOUR_MS), versions]);
  return texts.textOf(address, state, async () => {
    const { people } = await loadDirectory(store.reader);
    const changes = await store.reader
      .selectFrom('schedule_event')
      .select(({ fn }) => ['schedule', fn.max('at').as('at')])
      .groupBy('schedule')
      .execute();
    const changedAt = new Map(changes.map((each) => [each.schedule, each.at]));
    return shiftCalendar(
      schedule === null ? `On call: ${person.name}` : `On call: ${shown[0]?.name ?? ''}`,
      shown.map((each) => ({ schedule: each, changedAt: changedAt.get(each.id) ?? 0 })),
      schedule === null ? id : null,
      (one) => people.get(one)?.name ?? 'somebody',
      { base, now },
    );
  });
}

function mayRead(about: CalendarAddress['about'], reader: Pick<Actor, 'permissions'>): boolean {
  return about === 'changes' ? reader.permissions.has('change.read') : maySeeSchedules(reader);
}

function toAnswer({ id, about, schedule, madeAt, usedAt }: CalendarAddress): z.infer<typeof listed> {
  return { id, about, schedule, madeAt, usedAt };
}
