import { unreachable } from '../../shared/index.ts';
import type { Recorded, RecordId } from '../../shared/index.ts';
import type { AnnouncementEvent } from './acts.ts';
import type { Announcement, AnnouncementFields, AnnouncementState, ToldNotice } from './announcement.ts';
import { isOverAnnouncement, isPublished } from './announcement.ts';

type At = Pick<Recorded<AnnouncementEvent>, 'actor' | 'at'>;

/** The announcement after an event; `state` is null before the first. */
export function evolveAnnouncement(
  state: Announcement | null,
  event: AnnouncementEvent,
  { actor, at }: At,
  target: RecordId,
): Announcement {
  if (event.type === 'created') return opened(event.fields, { actor, at }, target);
  if (state === null) throw new Error(`${target} has events before it was created`);
  const next = { ...state, version: state.version + 1, updatedAt: at };
  switch (event.type) {
    case 'edited':
      return { ...next, ...event.fields, ...(movesWindow(state, event.fields) && revised(state, at)) };
    case 'stepped':
      return stepped(next, event, at);
    case 'updated':
      return { ...next, updates: [...next.updates, lineOf(next, next.state, event.message, at)] };
    case 'notified':
      return { ...next, told: [...next.told, toldBy(event, at)] };
    default:
      return unreachable(event);
  }
}

/** Whether a change of fields moves the window of something that people already know of. */
export function movesWindow(state: Announcement, fields: Partial<AnnouncementFields>): boolean {
  const moved = (['beginsAt', 'endsAt'] as const).some(
    (field) => fields[field] !== undefined && fields[field] !== state[field],
  );
  return moved && isPublished(state) && state.state !== 'postponed' && !isOverAnnouncement(state);
}

function opened(fields: AnnouncementFields, { actor, at }: At, id: RecordId): Announcement {
  return {
    ...fields,
    id,
    version: 1,
    revision: 0,
    revisedAt: null,
    state: 'draft',
    madeBy: actor,
    madeAt: at,
    updatedAt: at,
    publishedAt: null,
    startedAt: null,
    endedAt: null,
    updates: [],
    told: [],
  };
}

function stepped(
  next: Announcement,
  { from, to, message }: Extract<AnnouncementEvent, { type: 'stepped' }>,
  at: number,
): Announcement {
  const publishes = to === 'scheduled' || to === 'in_progress';
  const tellsAnew =
    (from === 'draft' && publishes) ||
    to === 'scheduled' ||
    to === 'postponed' ||
    (to === 'cancelled' && isPublished(next));
  return {
    ...next,
    state: to,
    updates: [...next.updates, lineOf(next, to, message, at)],
    ...(publishes && { publishedAt: next.publishedAt ?? at }),
    ...(to === 'in_progress' && { startedAt: next.startedAt ?? at }),
    ...((to === 'completed' || to === 'cancelled') && { endedAt: at }),
    ...(tellsAnew && revised(next, at)),
  };
}

function toldBy(event: Extract<AnnouncementEvent, { type: 'notified' }>, at: number): ToldNotice {
  return { revision: event.revision, notice: event.notice, at, before: event.before ?? null };
}

const revised = ({ revision }: Announcement, at: number) => ({ revision: revision + 1, revisedAt: at });

function lineOf({ updates }: Announcement, state: AnnouncementState, message: string, at: number) {
  return { number: updates.length + 1, state, message, at };
}
