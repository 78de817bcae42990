import { isNewsFor } from '@muster/domain/desk';
import type { Announcement, ToldNotice } from '@muster/domain/desk';
import type { TeamId } from '@muster/domain/shared';

export interface FreshNotice {
  readonly announcement: Announcement;
  readonly notice: ToldNotice;
}

/**
 * What somebody in these teams was told since an instant: of each announcement the newest alone, for the earlier ones
 * are overtaken by then. Oldest first.
 */
export function freshNotices(
  announcements: readonly Announcement[],
  since: number,
  teams: readonly TeamId[],
): readonly FreshNotice[] {
  return announcements
    .flatMap((announcement) => {
      const notice = announcement.told.findLast((told) => isNewsFor(announcement, told, teams));
      return notice === undefined || notice.at <= since ? [] : [{ announcement, notice }];
    })
    .toSorted((a, b) => a.notice.at - b.notice.at);
}

/** Until when this person was told on this device; `now` at their first visit, when nothing is news. */
export function readHeard(person: string, now: number): number {
  try {
    const kept = Number(localStorage.getItem(keyOf(person)));
    if (Number.isSafeInteger(kept) && kept > 0) return kept;
    writeHeard(person, now);
  } catch {
    // without storage only what comes during this visit is told
  }
  return now;
}

export function writeHeard(person: string, until: number): void {
  try {
    localStorage.setItem(keyOf(person), String(until));
  } catch {
    // it may be told once more at the next visit
  }
}

const keyOf = (person: string): string => `muster:heard:${person}`;
