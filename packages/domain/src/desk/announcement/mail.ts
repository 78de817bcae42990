/** Which notices of an announcement go by mail, to whom, and which of them is not worth sending any more. */
import { isDeliverable, unreachable, wantsMail } from '../../shared/index.ts';
import type { AnnouncementMailKind, MailSkip, Person, TeamId } from '../../shared/index.ts';
import { fellOut, isNewsFor } from './audience.ts';
import { isPlanned, isPublished } from './announcement.ts';
import type { Announcement, ToldNotice } from './announcement.ts';

/** That an outage is over is news; that planned work goes as it was said is a reminder. */
export function mailKindOf(
  { kind }: Pick<Announcement, 'kind'>,
  { notice }: Pick<ToldNotice, 'notice'>,
): AnnouncementMailKind {
  switch (notice) {
    case 'publication':
    case 'moved':
    case 'postponed':
    case 'cancelled':
    case 'audience':
      return 'announced';
    case 'end':
      return isPlanned(kind) ? 'announcement-reminder' : 'announced';
    case '72h':
    case '24h':
    case '1h':
    case 'start':
      return 'announcement-reminder';
    default:
      return unreachable(notice);
  }
}

/** Whether reading it in Muster says all that its mail would: what changes a calendar or reminds has more to do. */
function isSaidByReading({ notice }: ToldNotice): boolean {
  return notice === 'publication' || notice === 'audience';
}

/** Whether its mail takes planned work out of the calendar of somebody in these teams, whom it is no longer for. */
export function endsEntry(
  announcement: Pick<Announcement, 'audience' | 'kind'>,
  told: Pick<ToldNotice, 'before'>,
  teams: readonly TeamId[],
): boolean {
  return isPlanned(announcement.kind) && fellOut(announcement, told, teams);
}

/** The teams among whose people those are that a notice may go by mail to; null when it may go to anybody. */
export function teamsToMail(
  { audience, kind }: Pick<Announcement, 'audience' | 'kind'>,
  { before }: Pick<ToldNotice, 'before'>,
): readonly TeamId[] | null {
  const had = isPlanned(kind) ? before : null;
  if (audience.length === 0 || had?.length === 0) return null;
  return [...new Set([...audience, ...(had ?? [])])];
}

/** Whether something that came after it says all that is left to say. */
function isOvertaken({ revision, state }: Announcement, told: ToldNotice): boolean {
  if (told.revision < revision) return true;
  const isBefore = told.notice === '72h' || told.notice === '24h' || told.notice === '1h';
  return isBefore && state !== 'scheduled';
}

export interface AnnouncementMailCase {
  readonly announcement: Announcement;
  readonly told: ToldNotice;
  readonly person: Person;
  /** Whether they said to have read its revision, or a later one. */
  readonly read: boolean;
  readonly chosen: boolean | null;
}

/** Decides at the moment of sending, from how things stand then; null lets the mail go. */
export function whyNoAnnouncementMail(kase: AnnouncementMailCase): MailSkip | null {
  const { announcement, told, person, read, chosen } = kase;
  if (!person.active) return 'switched-off';
  if (!isPublished(announcement)) return 'no-access';
  // whom it is no longer for gets nothing of what came after it
  if (!endsEntry(announcement, told, person.teams)) {
    if (!isNewsFor(announcement, told, person.teams)) return 'no-access';
    if (isOvertaken(announcement, told)) return 'overtaken';
    if (read && isSaidByReading(told)) return 'read';
  }
  if (!wantsMail(mailKindOf(announcement, told), chosen)) return 'not-wanted';
  return isDeliverable(person.email) ? null : 'no-address';
}

/** The same for somebody without an account, who follows the status page. */
export function whyNoPublicMail(announcement: Announcement, told: ToldNotice): MailSkip | null {
  if (!announcement.public || !isPublished(announcement)) return 'no-access';
  if (mailKindOf(announcement, told) !== 'announced') return 'not-wanted';
  return isOvertaken(announcement, told) ? 'overtaken' : null;
}
