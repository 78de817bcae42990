/** When people are told, and what happens because time passes. */
import type { Instant } from '../../shared/index.ts';
import type { AnnouncementAct } from './acts.ts';
import { isPlanned, isRunning } from './announcement.ts';
import type { Announcement, Notice } from './announcement.ts';

const HOUR_MS = 3_600_000;

/** Before the begin, the earliest first. */
const REMINDERS = [
  { notice: '72h', beforeMs: 72 * HOUR_MS },
  { notice: '24h', beforeMs: 24 * HOUR_MS },
  { notice: '1h', beforeMs: HOUR_MS },
] as const satisfies readonly { readonly notice: Notice; readonly beforeMs: number }[];

/** When each reminder of a scheduled announcement falls due: those that came before this revision never do. */
export function remindersOf({
  state,
  beginsAt,
  revisedAt,
}: Announcement): readonly { readonly notice: Notice; readonly at: Instant }[] {
  if (state !== 'scheduled' || beginsAt === null || revisedAt === null) return [];
  return REMINDERS.map(({ notice, beforeMs }) => ({ notice, at: beginsAt - beforeMs })).filter(
    ({ at }) => at > revisedAt,
  );
}

/**
 * The reminder that is due; null when there is none, or it was told in this revision. When several fell due while
 * nobody looked, the latest says all that is left to say, and the earlier ones are not told after it.
 */
export function dueReminder(announcement: Announcement, now: Instant): Notice | null {
  const { beginsAt, revision } = announcement;
  if (beginsAt === null || now >= beginsAt) return null;
  const due = remindersOf(announcement).findLast(({ at }) => at <= now);
  return due === undefined || wasTold(announcement, due.notice, revision) ? null : due.notice;
}

function wasTold({ told }: Announcement, notice: Notice, revision: number): boolean {
  return told.some((each) => each.notice === notice && each.revision === revision);
}

/**
 * What the clock does at `now`: begins what is scheduled, ends planned work at the end of its window, reminds.
 * One act at a time; when it is done, ask again. An unplanned outage ends when somebody says so.
 */
export function dueByClock(announcement: Announcement, now: Instant): AnnouncementAct | null {
  const { kind, state, beginsAt, endsAt } = announcement;
  if (state === 'scheduled' && beginsAt !== null && beginsAt <= now)
    return { verb: 'step', to: 'in_progress' };
  if (isPlanned(kind) && isRunning(announcement) && endsAt !== null && endsAt <= now)
    return { verb: 'step', to: 'completed' };
  const notice = dueReminder(announcement, now);
  return notice === null ? null : { verb: 'notify', notice };
}
