/** Alerts of monitoring systems: when they are new, when they are over, and what they do to incidents. */
export { alertName } from './report.ts';
export type { AlertReport, ReportedAlert } from './report.ts';
export { foldEpisode } from './episode.ts';
export type { AlertEpisode, EpisodeChange } from './episode.ts';
export { DEFAULT_ALERT_MAPPING, DEFAULT_ALERT_NUMBERS } from './settings.ts';
export type { AlertMapping, AlertNumbers } from './settings.ts';
export { rankSeverities, readReport } from './reading.ts';
export type { LabelRead, ReportRead } from './reading.ts';
export { stormOf } from './storm.ts';
export type { RecentGroups } from './storm.ts';
export { alertState, isAcknowledged, silencedUntil } from './state.ts';
export type { AlertState } from './state.ts';
export { answerEnded, answerFired, isResolvedByAlerts, isSilent } from './answer.ts';
export type { AlertMoment, EndedAnswer, FiredAnswer } from './answer.ts';
export { isOutgrown, labelsOf, openingOf, raisingOf, reopeningOf, resolvingOf } from './acts.ts';
export type { AlertSource } from './acts.ts';
