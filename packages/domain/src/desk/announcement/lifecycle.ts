import type { AnnouncementKind, AnnouncementState } from './announcement.ts';
import { isPlanned } from './announcement.ts';

type Steps = Readonly<Record<AnnouncementState, readonly AnnouncementState[]>>;

/** A8, OUTAGE. A draft that nobody needs is cancelled too, of which nobody is told. */
const PLANNED: Steps = {
  draft: ['scheduled', 'cancelled'],
  scheduled: ['in_progress', 'postponed', 'cancelled'],
  in_progress: ['verifying'],
  verifying: ['completed'],
  postponed: ['scheduled', 'cancelled'],
  completed: [],
  cancelled: [],
};

/** What broke is not scheduled: it is under way when it is told. */
const UNPLANNED: Steps = { ...PLANNED, draft: ['in_progress', 'cancelled'], scheduled: [], postponed: [] };

/** The states that people bring an announcement to from here. */
export function stepsFrom(kind: AnnouncementKind, state: AnnouncementState): readonly AnnouncementState[] {
  return (isPlanned(kind) ? PLANNED : UNPLANNED)[state];
}

/** Where the clock brings a planned one at the end of its window, whoever was to look at the result. */
export function stepsByClock(kind: AnnouncementKind, state: AnnouncementState): readonly AnnouncementState[] {
  return isPlanned(kind) && state === 'in_progress' ? ['verifying', 'completed'] : stepsFrom(kind, state);
}
