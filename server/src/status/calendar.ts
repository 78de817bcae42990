/** Planned work as an iCalendar (RFC 5545): times in UTC, a sequence that rises with each revision. */
import { isPlanned } from '@muster/domain/desk';
import type { Announcement, AnnouncementState } from '@muster/domain/desk';
import { allOf } from './public-status.ts';
import type { PublicStatus } from './public-status.ts';
import { FEED_TITLE } from './feeds.ts';
import { KIND_WORDS, STATE_WORDS } from './words.ts';

const MOST_OCTETS = 75;

const STATUS_OF: Readonly<Record<AnnouncementState, 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'>> = {
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
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Muster//Status//EN',
    'METHOD:PUBLISH',
    `NAME:${FEED_TITLE}`,
    `X-WR-CALNAME:${FEED_TITLE}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...allOf(status).flatMap((each) => eventOf(each, base)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventOf(announcement: Announcement, base: string): readonly string[] {
  const { id, kind, state, title, message, beginsAt, endsAt, revision, madeAt, updatedAt } = announcement;
  if (!isPlanned(kind) || beginsAt === null || endsAt === null) return [];
  return [
    'BEGIN:VEVENT',
    `UID:announcement-${id}@${new URL(base).host}`,
    `DTSTAMP:${utc(updatedAt)}`,
    `DTSTART:${utc(beginsAt)}`,
    `DTEND:${utc(endsAt)}`,
    `CREATED:${utc(madeAt)}`,
    `LAST-MODIFIED:${utc(updatedAt)}`,
    `SEQUENCE:${revision}`,
    `STATUS:${STATUS_OF[state]}`,
    `SUMMARY:${escaped(`[${STATE_WORDS[state]}] ${title}`)}`,
    `DESCRIPTION:${escaped(message)}`,
    `CATEGORIES:${escaped(KIND_WORDS[kind])}`,
    `URL:${base}/status#${id}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** `20260601T090000Z` */
function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** TEXT of RFC 5545: separators behind a backslash, line ends as `\n`, no other control characters. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '');
}

/** Lines have at most 75 octets; the rest goes on after a line end and a space, never inside a character. */
function folded(line: string): string {
  let length = 0;
  let text = '';
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (length + octets > MOST_OCTETS) {
      text += '\r\n ';
      length = 1;
    }
    text += character;
    length += octets;
  }
  return text;
}
