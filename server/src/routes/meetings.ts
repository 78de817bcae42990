/** Reading change boards and their meetings over HTTP, those of long ago too. Writing is by command alone. */
import { proseMarkdown, roomName } from '@muster/documents';
import { MEETING_STATES, minutesOf } from '@muster/domain/change';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { changesOf } from '../commands/releases/release-facts.ts';
import { loadDirectory } from '../store/directory.ts';
import { boardOf, readBoards } from '../store/meetings.ts';
import { listMeetings, readMeetingRecord } from '../store/query/index.ts';
import type { RoomAt } from '../store/rooms.ts';
import type { Store } from '../store/store.ts';
import { describe, paramsOf, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { boardSchema, meetingEventSchema, meetingSchema } from './meeting-schemas.ts';
import { askedOf, next, page } from './paging.ts';
import { ProblemError } from './problem.ts';
import { word } from './release-schemas.ts';

const LATEST = 8_640_000_000_000_000;

const instant = z.coerce
  .number()
  .int()
  .min(0)
  .max(LATEST)
  .optional()
  .meta({ description: 'Epoch milliseconds' });
const filter = z.object({
  board: word.optional().meta({ description: 'Id of a change board' }),
  state: z.enum(MEETING_STATES).optional(),
  from: instant,
  to: instant,
  ...page,
});
const params = z.object({ id: word });

export function meetingRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), permitted('change.read')] as const;

  app.get(
    '/api/change/boards',
    describe({
      tag: 'changes',
      summary: 'Change boards, retired ones too',
      description: 'They are made and altered by commands `change-board.<verb>`.',
      answers: z.object({ boards: z.array(boardSchema) }),
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => c.json({ boards: [...(await readBoards(store.reader)).values()] }),
  );

  app.get(
    '/api/change/meetings',
    describe({
      tag: 'changes',
      summary: 'Meetings of change boards, newest change first, those of long ago too',
      description: 'They are planned and held by commands `change-meeting.<verb>`.',
      answers: z.object({ meetings: z.array(meetingSchema), next }),
      problems: ['forbidden', 'invalid-request'],
    }),
    ...guard,
    queryOf(filter),
    async (c) => {
      const { wanted, cursor, limit } = askedOf(c.req.valid('query'));
      const found = await listMeetings(store.reader, c.var.identity.actor, wanted, cursor, limit);
      return c.json({ meetings: found.items.map(({ record }) => record), next: found.next });
    },
  );

  app.get(
    '/api/change/meetings/:id',
    describe({
      tag: 'changes',
      summary: 'One meeting with its agenda, and its history',
      answers: z.object({ meeting: meetingSchema, events: z.array(meetingEventSchema) }),
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...guard,
    paramsOf(params),
    async (c) => {
      const id = recordId(c.req.valid('param').id);
      const found = await readMeetingRecord(store.reader, c.var.identity.actor, id);
      if (found === null) throw new ProblemError('not-found');
      return c.json({ meeting: found.meeting, events: [...found.events] });
    },
  );

  app.get(
    '/api/change/meetings/:id/minutes.md',
    describe({
      tag: 'changes',
      summary: 'Minutes: who was there, what was decided with which votes, and what was noted, as Markdown',
      answers: z.string(),
      media: 'text/markdown',
      problems: ['forbidden', 'not-found', 'invalid-request', 'history-damaged'],
    }),
    ...guard,
    paramsOf(params),
    async (c) => {
      const id = recordId(c.req.valid('param').id);
      const found = await readMeetingRecord(store.reader, c.var.identity.actor, id);
      if (found === null) throw new ProblemError('not-found');
      const { meeting } = found;
      const board = await store.reader
        .selectFrom('change_board')
        .select('data')
        .where('id', '=', meeting.board)
        .executeTakeFirstOrThrow();
      const changes = await changesOf(
        store.reader,
        meeting.agenda.map(({ change }) => change),
      );
      const { people } = await loadDirectory(store.reader);
      const minutes = minutesOf(meeting, {
        ...{ board: boardOf(board), people, changeOf: (change) => changes.get(change) },
        ...{ notes: await notesOf(store, id), now: Date.now() },
      });
      return c.body(minutes, 200, { 'content-type': 'text/markdown; charset=utf-8' });
    },
  );

  return app;
}

/** What everybody wrote in the notes, as Markdown. */
async function notesOf({ rooms }: Store, meeting: RecordId): Promise<string> {
  const replay = await rooms.contentAt(roomName(meeting), LATEST, null);
  if (replay.outcome === 'not-kept') return '';
  if (replay.outcome === 'damaged') throw new ProblemError('history-damaged', replay.what);
  const { content } = JSON.parse(new TextDecoder().decode(replay.found)) as RoomAt;
  return proseMarkdown(content.notes.content);
}
