/** Planned work as a calendar. */
import { isPlanned } from '@muster/domain/desk';
import type { Announcement, AnnouncementState } from '@muster/domain/desk';
import { calendarText } from '@muster/domain/shared';
import type { CalendarEvent } from '@muster/domain/shared';
import { allOf } from './public-status.ts';
import type { PublicStatus } from './public-status.ts';
import { FEED_TITLE } from './feeds.ts';
import { KIND_WORDS, STATE_WORDS } from './words.ts';

const STATUS_OF: Readonly<Record<AnnouncementState, CalendarEvent['status']>> = {
  draft: 'TENTATIVE',
  scheduled: 'CONFIRMED',
  in_progress: 'CONFIRMED',
  verifying: 'CONFIRMED',
  completed: 'CONFIRMED',
  postponed: 'TENTATIVE',
  cancelled: 'CANCELLED',
};

/** What was cancelled stays in it as long as in the history, so that calendars take it out. */
export function statusCalendar(status: PublicStatus, base: string): string {
  return calendarText(
    FEED_TITLE,
    base,
    allOf(status).flatMap((each) => eventOf(each, `${base}/status#${each.id}`)),
  );
}

/** One announcement alone, as a mail carries it, with where its reader reads on; null for what has no window. */
export function announcementCalendar(announcement: Announcement, base: string, url: string): string | null {
  const events = eventOf(announcement, url);
  return events.length === 0 ? null : calendarText(null, base, events);
}

function eventOf(announcement: Announcement, url: string): readonly CalendarEvent[] {
  const { id, kind, state, title, message, beginsAt, endsAt, revision, madeAt, updatedAt } = announcement;
  if (!isPlanned(kind) || beginsAt === null || endsAt === null) return [];
  return [
    {
      uid: `announcement-${id}`,
      from: beginsAt,
      to: endsAt,
      madeAt,
      changedAt: updatedAt,
      sequence: revision,
      status: STATUS_OF[state],
      summary: `[${STATE_WORDS[state]}] ${title}`,
      description: message,
      category: KIND_WORDS[kind],
      url,
    },
  ];
}
