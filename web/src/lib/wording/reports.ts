/** Words for status reports: what was sent, how often, and when the next is due. */
import type { ReportStage, StatusReport } from '@muster/domain/shared';

/** The three parts, in the order they are read: CAN. */
export const REPORT_PARTS = [
  'conditions',
  'actions',
  'needs',
] as const satisfies readonly (keyof StatusReport)[];

export const REPORT_PART_NAMES: Readonly<Record<keyof StatusReport, string>> = {
  conditions: 'Conditions',
  actions: 'Actions',
  needs: 'Needs',
};

export const REPORT_PART_HINTS: Readonly<Record<keyof StatusReport, string>> = {
  conditions: 'How things stand: who cannot do what, and since when.',
  actions: 'What is being done, by whom, and when it will show.',
  needs: 'What is missing: people, decisions, access. Empty when nothing is.',
};

/** `every 30 minutes`, `every 2 hours`, `every hour`. */
export function everyWords(minutes: unknown): string {
  if (typeof minutes !== 'number') return 'as often as the severity asks';
  if (minutes === 60) return 'every hour';
  return minutes % 60 === 0 ? `every ${minutes / 60} hours` : `every ${minutes} minutes`;
}

/** A report as text, each part with its name; parts that say nothing are left out. */
export function reportText(report: StatusReport): string {
  return REPORT_PARTS.filter((part) => report[part] !== '')
    .map((part) => `${REPORT_PART_NAMES[part]}: ${report[part]}`)
    .join('\n');
}

/** The inbox's sentence about a report that is waited for; `time` is when it is or was due. */
export function reportDueWords(stage: unknown, time: string): string {
  return stage === ('overdue' satisfies ReportStage)
    ? `The status report of this major incident was due at ${time}`
    : `The next status report of this major incident is due at ${time}`;
}
