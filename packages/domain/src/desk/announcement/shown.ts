/** Where an announcement is shown: over every page, and as the state of a service. */
import type { Instant, ServiceId } from '../../shared/index.ts';
import { isRunning, readingKey } from './announcement.ts';
import type { Announcement, AnnouncementKind } from './announcement.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * Whether it stands over every page for somebody who has read `read`: while it is under way, read or not; within a
 * day before its begin, and for a day after it was called off, until it is read.
 */
export function isBanner(announcement: Announcement, read: ReadonlySet<string>, now: Instant): boolean {
  const { id, state, beginsAt, revision, revisedAt, publishedAt } = announcement;
  if (publishedAt === null) return false;
  if (isRunning(announcement)) return true;
  if (read.has(readingKey(id, revision))) return false;
  if (state === 'scheduled') return beginsAt !== null && beginsAt - now <= DAY_MS;
  return (state === 'cancelled' || state === 'postponed') && revisedAt !== null && now - revisedAt <= DAY_MS;
}

/** The most pressing first: what is under way, the worst of it ahead, what begins soonest, what was called off. */
export function byPressure(one: Announcement, other: Announcement): number {
  const rank = (each: Announcement) => (isRunning(each) ? 0 : each.state === 'scheduled' ? 1 : 2);
  const severity = ({ kind }: Announcement) => WORST_FIRST.indexOf(STATE_OF[kind]);
  return (
    rank(one) - rank(other) ||
    (isRunning(one) ? severity(one) - severity(other) : 0) ||
    (one.beginsAt ?? one.startedAt ?? 0) - (other.beginsAt ?? other.startedAt ?? 0) ||
    (one.id < other.id ? -1 : 1)
  );
}

/** The words of Statuspage for how a component does. */
export type ServiceState = 'operational' | 'degraded_performance' | 'major_outage' | 'under_maintenance';

const STATE_OF: Readonly<Record<AnnouncementKind, ServiceState>> = {
  outage: 'major_outage',
  degradation: 'degraded_performance',
  'planned-outage': 'under_maintenance',
  maintenance: 'under_maintenance',
};

const WORST_FIRST: readonly ServiceState[] = [
  'major_outage',
  'degraded_performance',
  'under_maintenance',
  'operational',
];

/** How a service does by what is announced: the worst of what is under way. */
export function serviceState(service: ServiceId, announcements: readonly Announcement[]): ServiceState {
  const states = announcements
    .filter((each) => isRunning(each) && each.services.includes(service))
    .map(({ kind }) => STATE_OF[kind]);
  return WORST_FIRST.find((state) => states.includes(state)) ?? 'operational';
}
