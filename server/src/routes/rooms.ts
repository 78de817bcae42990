/** What people wrote together on a record, as it stood at any instant. Writing goes over the sockets alone. */
import { roomName } from '@muster/documents';
import { recordId } from '@muster/domain/shared';
import type { Actor } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { mayReadAsStaff } from '../store/query/index.ts';
import type { Replay } from '../store/rooms.ts';
import type { Store } from '../store/store.ts';
import { describe, paramsOf, queryOf } from './describe.ts';
import { signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import { roomAtSchema, sittingsSchema } from './room-schemas.ts';

const STATE = 'application/octet-stream';
const SITTINGS_AT_MOST = 500;
const EARLIEST = 0;
const LATEST = 8_640_000_000_000_000;

const instant = z
  .string()
  .max(40)
  .transform((text) => (/^\d{1,16}$/.test(text) ? Number(text) : Date.parse(text)))
  .refine((at) => at >= EARLIEST && at <= LATEST, 'must be an ISO time or epoch milliseconds')
  .meta({ description: 'ISO 8601 time, or epoch milliseconds' });

const params = z.object({ id: z.string().min(1).max(64) });
const moments = z.object({ at: instant.optional(), since: instant.optional() });
const page = z.object({
  cursor: z.coerce.number().int().min(0).optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int('must be a whole number').min(1).max(SITTINGS_AT_MOST).default(100),
});

export function roomRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const member = signedIn(access);

  /** The room of a record that the caller may read as staff; one answer for all others. */
  const roomOf = async (actor: Actor, id: string): Promise<string> => {
    if (!(await mayReadAsStaff(store.reader, actor, recordId(id)))) throw new ProblemError('not-found');
    return roomName(recordId(id));
  };

  app.get(
    '/api/records/:id/room',
    describe({
      tag: 'records',
      summary: 'What staff wrote together on a record, as it stood at an instant, and who wrote what',
      description:
        '`at` is now when left out: the last update committed at it or before. Each text node and block says by ' +
        'whom and when it was `written`. With `since`, an earlier instant, what `came` after it is marked, and what ' +
        'went is there still, marked `removed` by whom and when.',
      answers: roomAtSchema,
      alsoAnswers: { media: STATE, description: 'The whole state as a Yjs update' },
      problems: ['not-found', 'invalid-request', 'history-not-kept', 'history-damaged'],
    }),
    member,
    paramsOf(params),
    queryOf(moments),
    async (c) => {
      const room = await roomOf(c.var.identity.actor, c.req.valid('param').id);
      const { at = LATEST, since } = c.req.valid('query');
      c.header('vary', 'accept');
      if (c.req.header('accept')?.includes(STATE) === true) {
        return answer(found(await store.rooms.stateAt(room, at)), STATE);
      }
      return answer(found(await store.rooms.contentAt(room, at, since ?? null)), 'application/json');
    },
  );

  app.get(
    '/api/records/:id/room/recording',
    describe({
      tag: 'records',
      summary: 'All that staff wrote together on a record, for a replay',
      description:
        'A byte with the version 1; the instant from which on the room is kept, 0 for its beginning; then for each ' +
        'frame its instant, its length in bytes and a Yjs update. Instants are epoch milliseconds as 64-bit floats, ' +
        'lengths 32-bit whole numbers, both with the high byte first. What was written within one second may be one ' +
        'frame.',
      answers: z.string().meta({ format: 'binary' }),
      media: STATE,
      problems: ['not-found', 'history-damaged'],
    }),
    member,
    paramsOf(params),
    async (c) => {
      const room = await roomOf(c.var.identity.actor, c.req.valid('param').id);
      return answer(found(await store.rooms.recording(room)), STATE);
    },
  );

  app.get(
    '/api/records/:id/room/changes',
    describe({
      tag: 'records',
      summary: 'When people wrote together on a record: their sittings, newest first',
      description:
        'A sitting is what one person wrote without a pause of five minutes, or one in which somebody else wrote.',
      answers: sittingsSchema,
      problems: ['not-found', 'invalid-request', 'history-damaged'],
    }),
    member,
    paramsOf(params),
    queryOf(page),
    async (c) => {
      const room = await roomOf(c.var.identity.actor, c.req.valid('param').id);
      const { cursor, limit } = c.req.valid('query');
      const { sittings, next, total } = found(await store.rooms.sittings(room, cursor ?? null, limit));
      return c.json({ sittings: [...sittings], next, total });
    },
  );

  return app;
}

function found<Form>(replay: Replay<Form>): Form {
  if (replay.outcome === 'found') return replay.found;
  if (replay.outcome === 'not-kept') throw new ProblemError('history-not-kept');
  throw new ProblemError('history-damaged', replay.what);
}

/** Bytes that another thread made whole. */
function answer(bytes: Uint8Array, media: string): Response {
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': media } });
}
