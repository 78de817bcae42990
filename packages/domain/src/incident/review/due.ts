import { addBusinessDays, addCalendarDays, officeCalendar } from '../../shared/calendar/days.ts';
import type { Directory } from '../../shared/directory.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Severity } from '../../shared/ticket/major.ts';
import type { Ticket } from '../../shared/ticket/ticket.ts';

/** Days from resolving to the end of the review, by severity (A2 row 15); the others are due at no time. */
export const REVIEW_DAYS: Partial<Readonly<Record<Severity, { days: number; of: 'calendar' | 'business' }>>> =
  {
    1: { days: 3, of: 'calendar' },
    2: { days: 5, of: 'business' },
  };

/** Whether a major incident of this severity has a review unless somebody says why not. */
export function isReviewRequired(severity: Severity): boolean {
  return REVIEW_DAYS[severity] !== undefined;
}

/**
 * Until when the review of a major incident is to be done, counted from its resolving; null while it is not resolved,
 * where none is required, and once it is reviewed. A begun review of a lesser severity has no term.
 */
export function reviewDueAt(
  { major, resolvedAt }: Pick<Ticket, 'major' | 'resolvedAt'>,
  { calendars }: Pick<Directory, 'calendars'>,
): Instant | null {
  if (major === null || resolvedAt === null) return null;
  if (major.state !== 'accepted' && major.state !== 'closed') return null;
  const state = major.review?.state ?? 'draft';
  const term = REVIEW_DAYS[major.severity];
  if (term === undefined || (state !== 'draft' && state !== 'in_review')) return null;
  const calendar = officeCalendar(calendars);
  return term.of === 'calendar'
    ? addCalendarDays(calendar.zone, resolvedAt, term.days)
    : addBusinessDays(calendar, resolvedAt, term.days);
}
