/** Whom an announcement is for. Authors manage all of them, and are told of those alone that are for them. */
import type { Actor, TeamId } from '../../shared/index.ts';
import { isPublished } from './announcement.ts';
import type { Announcement, ToldNotice } from './announcement.ts';

/** Whether somebody in these teams is to be told of it. */
export function isInAudience(
  { audience }: Pick<Announcement, 'audience'>,
  teams: readonly TeamId[],
): boolean {
  return audience.length === 0 || audience.some((team) => teams.includes(team));
}

/** Whether an actor may know of it: its authors always, everybody else of what is published for them. */
export function mayReadAnnouncement(actor: Actor, announcement: Announcement): boolean {
  if (actor.permissions.has('desk.announce')) return true;
  return isPublished(announcement) && isInAudience(announcement, actor.teams);
}

/** Whether a notice was news for somebody in these teams: of a new audience only who came in is told. */
export function isNewsFor(
  announcement: Pick<Announcement, 'audience'>,
  { before }: ToldNotice,
  teams: readonly TeamId[],
): boolean {
  if (!isInAudience(announcement, teams)) return false;
  return before === null || !isInAudience({ audience: before }, teams);
}

/** Whether a notice of a new audience left out somebody in these teams, who had been told before. */
export function fellOut(
  announcement: Pick<Announcement, 'audience'>,
  { before }: Pick<ToldNotice, 'before'>,
  teams: readonly TeamId[],
): boolean {
  return before !== null && isInAudience({ audience: before }, teams) && !isInAudience(announcement, teams);
}
