/** Status reports of a major incident: conditions, actions, needs (CAN). When they are due: report-cadence.ts. */
import type { Instant } from '../instant.ts';

/** The bounds of what leaders may set, in minutes. */
export const LEAST_REPORT_MINUTES = 5;
export const MOST_REPORT_MINUTES = 24 * 60;

export const REPORT_STAGES = ['due', 'overdue'] as const;
/** `due`: soon, `overdue`: its time has passed. */
export type ReportStage = (typeof REPORT_STAGES)[number];

/** What is said of how things stand; `actions` and `needs` may be empty. */
export interface StatusReport {
  readonly conditions: string;
  readonly actions: string;
  readonly needs: string;
}

/** What an incident keeps of its reports; their words are in its history. */
export interface ReportsKept {
  readonly count: number;
  readonly lastAt: Instant | null;
  /** Minutes between reports as set for this incident; null for those of its severity. */
  readonly minutes: number | null;
}

export const NO_REPORTS: ReportsKept = { count: 0, lastAt: null, minutes: null };

export type ReportAct =
  | ({ readonly verb: 'send-report' } & StatusReport)
  /** Null goes back to the interval of the severity. */
  | { readonly verb: 'set-report-interval'; readonly minutes: number | null }
  /** By the clock alone; `due` names the report that is spoken of. */
  | { readonly verb: 'remind-report'; readonly due: Instant; readonly stage: ReportStage };

export type ReportEvent =
  | ({ readonly type: 'report-sent' } & StatusReport)
  | {
      readonly type: 'report-interval-set';
      readonly minutes: number | null;
      readonly before: number | null;
    };
