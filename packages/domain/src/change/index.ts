/** Change management: what is to be altered, whether it may be, when, and how it went. */
export { change, dueByClock } from './decider.ts';
export type { ChangeDecider } from './decider.ts';
export { canReadChanges, decideChange, permissionFor } from './decide.ts';
export { evolveChange } from './evolve.ts';
export { PLANS, placeOf, plannedOf } from './change.ts';
export type { Change, ChangeFields, PlanDigests, PlanName, WaivedConflict } from './change.ts';
export type { ChangeAct, ChangeCommand, ChangeReviewAct, ChangeTaskAct, ChangeVerb } from './acts.ts';
export type { ChangeEvent, ChangeEventOf, ChangeEventType, VoidCause } from './events.ts';
export { isApprovedChange } from './announce.ts';
export { changeWebhook } from './webhook.ts';
export type { ChangeWebhookContent, SentChange } from './webhook.ts';
export { changeNews } from './news.ts';
export { changeRefusal } from './refusals.ts';
export type { ChangeRefusal, ChangeRefusalFacts, ChangeRefusalReason } from './refusals.ts';
export { DEFAULT_PLANS, asPast, matchedOf, plansFor } from './facts.ts';
export type { ChangeContext, ChangeFacts } from './facts.ts';
export { contentOf, differing as differingContent, hashOf } from './content.ts';
export type { ContentDigests } from './content.ts';
export { MAX_ITEMS } from './fields.ts';
export { waysFrom } from './step.ts';
export {
  CHANGE_STATES,
  isContentLocked,
  isOver as isOverChange,
  isUndecided,
  rulesOf,
  stepsFrom,
} from './model/model.ts';
export type {
  ChangeModel,
  ChangeNeed,
  ChangeState,
  ChangeStep,
  ContentKind,
  StateRules,
} from './model/model.ts';
export { faultsOfModel } from './model/faults.ts';
export type { ModelFault } from './model/faults.ts';
export { CHANGE_MODELS, EMERGENCY, NORMAL, STANDARD, UNAUTHORISED } from './model/models.ts';
export type { Dependencies, ItemId } from './model/items.ts';
export { matches } from './model/match.ts';
export type { ChangeMatch, Matched } from './model/match.ts';
export {
  TEMPLATE_STATES,
  decideTemplate,
  evolveTemplate,
  templateNote,
  successRate,
} from './template/index.ts';
export type {
  ChangeTemplate,
  TemplateAct,
  TemplateContext,
  TemplateEvent,
  TemplateFields,
  TemplateState,
  TemplateTask,
} from './template/index.ts';
export { DEFAULT_RISK, assessRisk } from './risk/assess.ts';
export type { Risk, RiskEngine, RiskFinding, RiskInput, RiskSettings } from './risk/assess.ts';
export { faultsOfRisk } from './risk/faults.ts';
export type { RiskFault } from './risk/faults.ts';
export { RISK_LEVELS, rankOf as rankOfRisk } from './risk/level.ts';
export type { RiskLevel } from './risk/level.ts';
export type { RiskCondition } from './risk/conditions.ts';
export { unanswered } from './risk/questionnaire.ts';
export type { Questionnaire, RiskAnswers, RiskQuestion } from './risk/questionnaire.ts';
export { successScore } from './risk/history.ts';
export type { HistorySettings, PastChange, SuccessBand } from './risk/history.ts';
export type { Grade, RiskMatrix } from './risk/matrix.ts';
export { APPROVAL_STAGES, VOTES } from './approval/approval.ts';
export type {
  Approval,
  ApprovalRule,
  ApprovalStage,
  ApprovalState,
  Requirement,
  Vote,
  Voter,
} from './approval/approval.ts';
export { approvalsNow, outcomeOf, voteOf, votersOf } from './approval/ask.ts';
export type { ApprovalPolicy, ApproverSource } from './approval/policy.ts';
export { cleanPolicy } from './approval/clean.ts';
export { countVotes } from './approval/rule.ts';
export type { RuleOutcome } from './approval/rule.ts';
export { WINDOW_KINDS, isForItem } from './window/window.ts';
export type { ChangeWindow, WindowKind } from './window/window.ts';
export { cleanWindow } from './window/clean.ts';
export { freezesOver } from './window/freeze.ts';
export type { FreezeHit } from './window/freeze.ts';
export { CONFLICT_KINDS } from './conflict/conflict.ts';
export type { Conflict, ConflictKind, Planned } from './conflict/conflict.ts';
export { ConflictIndex } from './conflict/conflicts.ts';
export type { ConflictWorld } from './conflict/conflicts.ts';
export { changeCalendarEvents } from './calendar/calendar-events.ts';
export type { CalendarContent, CalendarSurroundings } from './calendar/calendar-events.ts';
export { SLOT_DAYS, nextFreeSlot } from './conflict/slot.ts';
export type { SlotAnswer, SlotObstacle } from './conflict/slot.ts';
export { TASK_KINDS, TASK_STATES, TASK_STEPS, stageOfTask } from './task/task.ts';
export type { ChangeTask, TaskFields, TaskKind, TaskStage, TaskState } from './task/task.ts';
export { backoutTasks, isBackoutOffered } from './task/backout.ts';
export { inOrder as tasksInOrder } from './task/graph.ts';
export {
  ATTRIBUTE_PREFIX,
  PLANNED_FIELDS,
  VALUE_FATES,
  plannedItems,
  plannedKey,
} from './planned/planned-value.ts';
export type { PlannedUnfit, PlannedValue, PlannedWord, ValueOutcome } from './planned/planned-value.ts';
export { REDUNDANCY_PREFIX, neededByWord, redundancyWord } from './planned/planned-redundancy.ts';
export { MAX_PLANNED } from './planned/decide.ts';
export { CHANGE_RESULTS, succeeded } from './review/result.ts';
export type { ChangeResult } from './review/result.ts';
export { CHANGE_REVIEW_STEPS } from './review/review.ts';
export { eventsWithoutHidden, withoutHidden } from './review/hidden.ts';
export type { IsHidden } from './review/hidden.ts';
export type { CausedIncident, ChangeReview } from './review/review.ts';
export { isReviewRequired } from './review/due.ts';
export {
  CHANGE_STATE_WORDS,
  DEFAULT_AGENDA,
  ITEM_VERDICTS,
  MEETING_STATES,
  NOT_COME_TO,
  absentFrom,
  agendaFor,
  dateToPlan,
  decideBoard,
  decideMeeting,
  evolveBoard,
  evolveMeeting,
  heldAsOf,
  isLeftOpen,
  itemOf,
  mayWriteNotes,
  mergedPeople,
  minutesOf,
  nextOccurrences,
  nextOpenItem,
  peopleOf,
  presentIn,
  spentOn,
  votesSay,
  mayComeAgain,
  whyCallOff,
} from './meeting/index.ts';
export type {
  AgendaFilter,
  AgendaItem,
  Attendance,
  BoardAct,
  BoardContext,
  BoardEvent,
  BoardFields,
  BoardVerb,
  ExpectedItem,
  HeldAs,
  ItemDecision,
  ItemVerdict,
  Meeting,
  MeetingAct,
  MeetingBoard,
  MeetingContext,
  MeetingEvent,
  MeetingFacts,
  MeetingRefusal,
  MeetingRefusalFacts,
  MeetingRefusalReason,
  MeetingState,
  MeetingVerb,
  MinutesFacts,
  NamedChange,
  NotedVote,
  Stretch,
} from './meeting/index.ts';
