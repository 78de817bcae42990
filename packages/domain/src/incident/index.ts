/** Incident management: something that worked does not. */
export { incident } from './incident.ts';
export { INCIDENT_LIFECYCLE } from './lifecycle.ts';
export {
  DEFAULT_ALERT_MAPPING,
  DEFAULT_ALERT_NUMBERS,
  alertName,
  alertState,
  isAcknowledged,
  answerEnded,
  answerFired,
  foldEpisode,
  isOutgrown,
  isResolvedByAlerts,
  isSilent,
  labelsOf,
  openingOf,
  raisingOf,
  rankSeverities,
  readReport,
  reopeningOf,
  resolvingOf,
  silencedUntil,
  stormOf,
} from './alert/index.ts';
export type {
  AlertEpisode,
  AlertMapping,
  AlertMoment,
  AlertNumbers,
  AlertReport,
  AlertSource,
  AlertState,
  EndedAnswer,
  EpisodeChange,
  FiredAnswer,
  LabelRead,
  RecentGroups,
  ReportRead,
  ReportedAlert,
} from './alert/index.ts';
export { PHASE_STEPS } from './major/phase.ts';
export {
  MAX_REVIEW_ACTIONS,
  REVIEW_STEPS,
  actionsToMake,
  isMade as isActionMade,
  isOpen as isReviewOpen,
} from './review/decide.ts';
export { REVIEW_DAYS, isReviewRequired, reviewDueAt } from './review/due.ts';
export {
  DRILL_TAG,
  MAJOR_METRICS,
  isDrill,
  isMeasured,
  meansByMonth,
  meansOf,
  measuredOf,
  timesOf,
} from './metrics/times.ts';
export type { MajorMetric, MajorTimes, MeasuredIncident, MonthOfTimes } from './metrics/times.ts';
export { fittingRunbooks, stepsInOrder } from './guidance/fitting.ts';
export type { GuidedIncident } from './guidance/fitting.ts';
export { reportsOn } from './major/report.ts';
export { leads as leadsMajor, manages as managesMajor } from './major/parties.ts';
