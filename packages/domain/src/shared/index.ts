/** What every process shares: ids, time, people, results, the decider, and the ticket kernel. */
export { ok, refuse, unreachable } from './result.ts';
export type { Result } from './result.ts';
export { SYSTEM, commandId, isUlid, personId, recordId, scheduleId, serviceId, teamId } from './ids.ts';
export type { CommandId, ItemId, PersonId, RecordId, ScheduleId, ServiceId, TeamId } from './ids.ts';
export { RECORD_ID_CHOICES, makeRecordId } from './record-id.ts';
export { contentHash } from './content-hash.ts';
export {
  PROCESSES,
  RECORD_PROCESSES,
  TICKET_PROCESSES,
  isRecordProcess,
  isTicketProcess,
} from './process.ts';
export type { Process, RecordProcess, TicketProcess } from './process.ts';
export type { Instant } from './instant.ts';
export { PERMISSIONS, ROLES } from './people.ts';
export { ROLE_PERMISSIONS, permissionsOf } from './roles.ts';
export { NUMBER_PREFIX, tokenOf } from './token.ts';
export type { NumberPrefix } from './token.ts';
export type { Actor, Permission, Person, Role } from './people.ts';
export { DEFAULT_MAJOR_RULES } from './major-rules.ts';
export type { MajorRule } from './major-rules.ts';
export { MAX_RUNBOOK_STEPS, MAX_STEP_WORDS, RUNBOOK_PHASES } from './runbook.ts';
export type { Runbook, RunbookPhase, RunbookStep } from './runbook.ts';
export {
  MAX_LAYERS,
  MAX_TURN_LENGTH,
  MAX_TURN_PEOPLE,
  SWAP_STATES,
  TURN_UNITS,
  decideSchedule,
  dutiesBetween,
  evolveSchedule,
  faultOfForm,
  gapsBetween,
  hoursBetween,
  isOnCallThrough,
  longestShiftMs,
  maySeeSchedules,
  maySetUp,
  onCallAt,
  onCallIn,
  qualityFrom,
  shiftsBetween,
  sourceKey,
  takesPart,
  worksHere,
} from './oncall/index.ts';
export type {
  Duty,
  Load,
  OverrideFields,
  Quality,
  Schedule,
  ScheduleAct,
  ScheduleContext,
  ScheduleEvent,
  ScheduleForm,
  ScheduleLayer,
  ScheduleOverride,
  ScheduleRefusal,
  ScheduleRefusalFacts,
  ScheduleRefusalReason,
  ScheduleSwap,
  ScheduleVerb,
  Shift,
  ShiftSource,
  Span,
  SwapFields,
  SwapState,
  TurnUnit,
  WeeklyHours,
} from './oncall/index.ts';
export {
  CHAIN_STEP_KINDS,
  MAJOR_CHAIN,
  MAX_CHAIN_STEPS,
  MOST_REPEATS,
  MOST_WAIT_MINUTES,
  TEAM_PARTS,
  chainFault,
  chainFor,
} from './chain.ts';
export type { Chain, ChainFault, ChainStep } from './chain.ts';
export {
  CALL_CAUSES,
  CALL_STATES,
  callOf,
  canAnswer,
  calledBy,
  isCallAct,
  isCalling,
  isLastInCall,
  mayAnswer,
  nextInCall,
} from './ticket/index.ts';
export type {
  Call,
  CallAct,
  CallCause,
  CallEvent,
  CallState,
  CallStepTaken,
  NextInCall,
} from './ticket/index.ts';
export type { Agreement, BusinessCalendar, Directory, Service, Team } from './directory.ts';
export { addBusinessTime, businessTimeBetween } from './calendar/arithmetic.ts';
export { addBusinessDays, addCalendarDays, officeCalendar } from './calendar/days.ts';
export { calendarText } from './calendar/icalendar.ts';
export type { CalendarEvent } from './calendar/icalendar.ts';
export { faultOfRecurrence, occurrencesBetween, occurrencesFrom } from './calendar/recurrence.ts';
export type { Recurrence, RecurrenceFault } from './calendar/recurrence.ts';
export type { Opening } from './calendar/openings.ts';
export { DEFAULT_MATRIX, priorityOf } from './priority.ts';
export type { Level, Priority, PriorityMatrix } from './priority.ts';
export type { Cause, CommandEnvelope, CommandOutcome, Outcome, RefusalContent } from './command.ts';
export { MAX_TICKET_ITEMS, itemsNamedBy } from './ticket/items.ts';
export type { Decider, DecisionContext, ItemStanding, OnCall, Recorded, Tell, Verdict } from './decider.ts';
export {
  ANNOUNCEMENT_MAIL_KINDS,
  MAIL_KINDS,
  MAIL_POLICY,
  MAIL_RANKS,
  MAIL_TRIED_MS,
  TICKET_MAIL_KINDS,
  isDeliverable,
  isMailKind,
  isTicketMailKind,
  mailRankOf,
  nextMailAttempt,
  wantsMail,
  whyNoMail,
  whyNotTold,
} from './mail.ts';
export type {
  AnnouncementMailKind,
  MailCase,
  MailKind,
  MailPolicy,
  MailSkip,
  NewsSkip,
  TicketMailKind,
} from './mail.ts';
export {
  WEBHOOK_KINDS,
  WEBHOOK_ORDER_MS,
  WEBHOOK_TRIED_MS,
  isHopeless,
  nextWebhookAttempt,
  webhookContent,
} from './webhook.ts';
export type { ChangeWebhookKind, WebhookContent, WebhookKind, WebhookRecord } from './webhook.ts';
export {
  LEAST_REPORT_MINUTES,
  MOST_REPORT_MINUTES,
  REPORT_MINUTES,
  REPORT_NOTICE_MS,
  REPORT_STAGES,
  nextReportAt,
  reportMinutes,
  reportStageAt,
} from './ticket/index.ts';
export type { ReportAct, ReportEvent, ReportStage, ReportsKept, StatusReport } from './ticket/index.ts';
export { ALERTS_OVER, ALERT_CHANGES, ALERT_STANCES, MOST_NAMED, NOT_SILENCED } from './ticket/index.ts';
export type { AlertAct, AlertChange, AlertEvent, AlertStance, AlertTally } from './ticket/index.ts';
export {
  CHANNELS,
  ESCALATION_LEVELS,
  HOLD_REASONS,
  RESOLVED_BY_PROBLEM,
  INVERSE_LINK,
  LINK_KINDS,
  MAJOR_PHASES,
  MAJOR_ROLES,
  MAJOR_STATES,
  MAX_READERS,
  METRICS,
  NOT_ESCALATED,
  OFFLINE_TOLERANCE_MS,
  REVIEW_STATES,
  SEVERITIES,
  SYSTEM_ACTOR,
  TERMINAL_STATES,
  THRESHOLD_PERCENTS,
  TICKET_KINDS,
  WARNING_PERCENT,
  asSeenBy,
  asSeenByRequester,
  audienceOf,
  canRead,
  canReadAsStaff,
  clockOf,
  commanderOf,
  couldRead,
  couldReadAsStaff,
  couldWorkOn,
  evolveTicket,
  isEscalationAct,
  isMajor,
  isMajorAct,
  isTicketKind,
  isRestricted,
  isReviewAct,
  isReviewBegun,
  mayTake,
  permissionFor,
  phaseOf,
  restrictionOf,
  sameRestriction,
  thresholdsAhead,
  ticketAt,
  ticketDecider,
  undoOf,
} from './ticket/index.ts';
export type {
  Channel,
  CommandOffer,
  DueThreshold,
  Escalation,
  EscalationAct,
  EscalationEvent,
  EscalationLevel,
  HoldReason,
  Lifecycle,
  LinkKind,
  MajorAct,
  MajorEvent,
  MajorIncident,
  MajorPhase,
  MajorRole,
  MajorRoleHolder,
  MajorState,
  Metric,
  MetricClock,
  PhaseStamp,
  Readable,
  Resolution,
  Review,
  ReviewAct,
  ReviewAction,
  ReviewEvent,
  ReviewState,
  Restriction,
  Severity,
  Threshold,
  ThresholdPercent,
  Ticket,
  TicketAct,
  TicketClocks,
  TicketCommand,
  TicketDecider,
  TicketEvent,
  TicketEventType,
  TicketFields,
  TicketKind,
  TicketLink,
  TicketRefusal,
  TicketRefusalFacts,
  TicketRefusalReason,
  TicketVerb,
  Transition,
  TransitionField,
  TransitionNeed,
  TransitionParty,
} from './ticket/index.ts';
export { saysSame } from './same.ts';
export { markdownLine } from './markdown.ts';
export { onTheClock } from './calendar/wall-clock.ts';
