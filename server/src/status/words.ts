/** Words of the status page and its feeds. */
import type { Announcement, AnnouncementKind, AnnouncementState, ServiceState } from '@muster/domain/desk';

export const SERVICE_STATE_WORDS: Readonly<Record<ServiceState, string>> = {
  operational: 'Operational',
  degraded_performance: 'Degraded',
  major_outage: 'Outage',
  under_maintenance: 'Under maintenance',
};

export const KIND_WORDS: Readonly<Record<AnnouncementKind, string>> = {
  'planned-outage': 'Planned outage',
  outage: 'Outage',
  degradation: 'Degradation',
  maintenance: 'Maintenance',
};

export const STATE_WORDS: Readonly<Record<AnnouncementState, string>> = {
  draft: 'Draft',
  scheduled: 'Scheduled',
  in_progress: 'In progress',
  verifying: 'Verifying',
  completed: 'Completed',
  postponed: 'Postponed',
  cancelled: 'Cancelled',
};

/** A line of an announcement's course as a feed tells it, newest last. */
export interface CourseLine {
  /** Unique over all announcements, and for ever. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly at: number;
}

export function courseOf({ id, title, message, updates }: Announcement): readonly CourseLine[] {
  return updates.map((update) => ({
    id: `${id}-${update.number}`,
    title: `[${STATE_WORDS[update.state]}] ${title}`,
    text: update.message === '' ? message : update.message,
    at: update.at,
  }));
}

/** `1 Jun 2026, 09:00 UTC`: a page without scripts does not know its reader's zone. */
export function timeWords(at: number): string {
  return `${TIME.format(at)} UTC`;
}

const TIME = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'UTC',
});
