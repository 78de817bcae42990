/** When status reports are due: as often as the severity asks, or as leaders set it; derived, never counted. */
import type { Instant } from '../instant.ts';
import type { MajorIncident, MajorPhase, Severity } from './major.ts';
import type { ReportStage } from './report.ts';

/** The most minutes between two reports, by severity; leaders may set others for one incident. */
export const REPORT_MINUTES: Readonly<Record<Severity, number>> = { 1: 30, 2: 60, 3: 120, 4: 240, 5: 480 };

/** How long before a report is due its people are reminded of it. */
export const REPORT_NOTICE_MS = 5 * 60_000;

/** From these on nobody waits for reports. */
const QUIET_PHASES: ReadonlySet<MajorPhase> = new Set(['resolved', 'learning', 'closed']);

export function reportMinutes({ severity, reports }: MajorIncident): number {
  return reports?.minutes ?? REPORT_MINUTES[severity];
}

/**
 * When the next report is due; null while none is: before acceptance and from resolving on. Counts from the last
 * report, or from when the response began or began again.
 */
export function nextReportAt(major: MajorIncident | null): Instant | null {
  if (major?.state !== 'accepted') return null;
  const { phases } = major;
  const phase = phases.at(-1)?.phase;
  if (phase === undefined || QUIET_PHASES.has(phase)) return null;
  const begun = phases.findLast((_, at) => QUIET_PHASES.has(phases[at - 1]?.phase ?? 'closed'));
  const from = Math.max(begun?.at ?? 0, major.reports?.lastAt ?? 0);
  return from + reportMinutes(major) * 60_000;
}

/** How far the next report is: nothing to say yet, due soon, or overdue. */
export function reportStageAt(due: Instant, now: Instant): ReportStage | null {
  if (now >= due) return 'overdue';
  return now >= due - REPORT_NOTICE_MS ? 'due' : null;
}
