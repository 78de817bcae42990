export { CHANNELS, HOLD_REASONS, LINK_KINDS, RESOLVED_BY_PROBLEM, TICKET_KINDS } from './ticket.ts';
export type {
  Channel,
  HoldReason,
  LinkKind,
  Resolution,
  Ticket,
  TicketFields,
  TicketKind,
  TicketLink,
} from './ticket.ts';
export type { TicketAct, TicketCommand, TicketVerb } from './commands.ts';
export { audienceOf } from './events.ts';
export type { TicketEvent, TicketEventType } from './events.ts';
export type { TicketRefusal, TicketRefusalFacts, TicketRefusalReason } from './refusals.ts';
export {
  SYSTEM_ACTOR,
  asSeenBy,
  asSeenByRequester,
  canRead,
  canReadAsStaff,
  couldRead,
  couldReadAsStaff,
  couldWorkOn,
} from './access.ts';
export type { Readable } from './access.ts';
export { MAX_READERS, isRestricted, restrictionOf, sameRestriction } from './restriction.ts';
export type { Restriction } from './restriction.ts';
export { TERMINAL_STATES, mayTake } from './lifecycle.ts';
export type { Lifecycle, Transition, TransitionField, TransitionNeed, TransitionParty } from './lifecycle.ts';
export { evolveTicket } from './evolve.ts';
export { isTicketKind } from './fields.ts';
export { OFFLINE_TOLERANCE_MS } from './clock-marks.ts';
export { permissionFor } from './authorise.ts';
export { ticketDecider } from './decider.ts';
export type { TicketDecider } from './decider.ts';
export { INVERSE_LINK } from './links.ts';
export { WARNING_PERCENT, clockOf } from './clock.ts';
export type { MetricClock, TicketClocks } from './clock.ts';
export {
  MAJOR_PHASES,
  MAJOR_ROLES,
  MAJOR_STATES,
  SEVERITIES,
  commanderOf,
  isMajor,
  isMajorAct,
  phaseOf,
} from './major.ts';
export type {
  CommandOffer,
  MajorAct,
  MajorEvent,
  MajorIncident,
  MajorPhase,
  MajorRole,
  MajorRoleHolder,
  MajorState,
  PhaseStamp,
  Severity,
} from './major.ts';
export {
  ESCALATION_LEVELS,
  METRICS,
  NOT_ESCALATED,
  THRESHOLD_PERCENTS,
  isEscalationAct,
} from './escalation.ts';
export type {
  Escalation,
  EscalationAct,
  EscalationEvent,
  EscalationLevel,
  Metric,
  Threshold,
  ThresholdPercent,
} from './escalation.ts';
export {
  CALL_CAUSES,
  CALL_STATES,
  callOf,
  calledBy,
  canAnswer,
  isCallAct,
  isCalling,
  mayAnswer,
} from './call.ts';
export type { Call, CallAct, CallCause, CallEvent, CallState, CallStepTaken } from './call.ts';
export { isLastInCall, nextInCall } from './call-plan.ts';
export type { NextInCall } from './call-plan.ts';
export {
  REPORT_MINUTES,
  REPORT_NOTICE_MS,
  nextReportAt,
  reportMinutes,
  reportStageAt,
} from './report-cadence.ts';
export { LEAST_REPORT_MINUTES, MOST_REPORT_MINUTES, REPORT_STAGES } from './report.ts';
export type { ReportAct, ReportEvent, ReportStage, ReportsKept, StatusReport } from './report.ts';
export { thresholdsAhead } from './thresholds.ts';
export type { DueThreshold } from './thresholds.ts';
export { REVIEW_STATES, isReviewAct, isReviewBegun } from './review.ts';
export type { Review, ReviewAct, ReviewAction, ReviewEvent, ReviewState } from './review.ts';
export { ticketAt } from './past.ts';
export { undoOf } from './undo.ts';
export { ALERTS_OVER, ALERT_CHANGES, ALERT_STANCES, MOST_NAMED, NOT_SILENCED } from './alerts.ts';
export type { AlertAct, AlertChange, AlertEvent, AlertStance, AlertTally } from './alerts.ts';
