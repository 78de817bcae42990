/** Problem management: what may become of a problem, and what many incidents show together. */
export {
  PROBLEM_STATES,
  PROBLEM_TRANSITIONS,
  isOver,
  isTakenUpAgain,
  mayStep,
} from './lifecycle/lifecycle.ts';
export type { ProblemState } from './lifecycle/lifecycle.ts';
export { VITAL_SHARE, paretoOf } from './trend/pareto.ts';
export type { Counted, ParetoBar } from './trend/pareto.ts';
export {
  BASELINE_WEEKS,
  CONTROL_LIMIT,
  LEAST_WEEKS,
  baselineOf,
  controlChart,
  scoreOf,
} from './trend/control-chart.ts';
export type { Baseline, ControlledWeek } from './trend/control-chart.ts';
export {
  LEAST_CAME_BACK,
  RECURRENCE,
  RECURRENCE_REACH_MS,
  RECURRENCE_RULES,
  recurrencesIn,
} from './trend/recurrence.ts';
export type { Recurrence, RecurrenceRule, TrendIncident } from './trend/recurrence.ts';
export { EFFECT_DAYS, effectOf } from './trend/fix-effect.ts';
export type { FixEffect } from './trend/fix-effect.ts';
export { symptomKey, symptomOf, symptomWords, wordsOfSymptom } from './trend/symptom.ts';
export {
  EXCERPT_LENGTH,
  KNOWLEDGE_AUDIENCES,
  KNOWLEDGE_KINDS,
  KNOWLEDGE_STATES,
  MAX_KNOWLEDGE_ITEMS,
  MOST_SUGGESTIONS,
  NO_TEXT,
  asInHistory,
  canReadKnowledge,
  contentOf,
  decideKnowledge,
  differsFromPublished,
  evolveKnowledge,
  draftOfProblem,
  isDue,
  isForEverybody,
  isInUse,
  isOverKnowledge,
  knowledgeDueAt,
  lackingIn,
  suggestionsFor,
} from './knowledge/index.ts';
export type {
  AboutTicket,
  ArticleText,
  KnowledgeAct,
  KnowledgeActOf,
  KnowledgeAnswer,
  KnowledgeAudience,
  KnowledgeContent,
  KnowledgeContext,
  KnowledgeEvent,
  KnowledgeEventOf,
  KnowledgeFacts,
  KnowledgeFields,
  KnowledgeKind,
  KnowledgeRefusal,
  KnowledgeRefusalFacts,
  KnowledgeRefusalReason,
  KnowledgeState,
  KnowledgeVerb,
  KnownError,
  Published,
  SentBack,
  Suggestable,
  SuggestedBecause,
  Suggestion,
  TextHit,
  TicketUse,
} from './knowledge/index.ts';
export { problem } from './decider.ts';
export { canReadProblems, canTakePart } from './case.ts';
export type { ProblemContext } from './case.ts';
export { factsNeeded } from './facts.ts';
export type { FactsNeeded, ProblemFacts } from './facts.ts';
export {
  ORIGIN_KINDS,
  RESOLUTION_CODES,
  TASK_KINDS,
  TASK_STATES,
  isOverProblem,
  namedIncidents,
  rootCauseOf,
} from './problem.ts';
export type {
  AcceptedRisk,
  Factor,
  Origin,
  OriginKind,
  Problem,
  ProblemFields,
  ProblemResolution,
  ProblemTask,
  ResolutionCode,
  TaskFields,
  TaskKind,
  TaskState,
  ToldWorkaround,
} from './problem.ts';
export type { ProblemAct, ProblemEvent, ProblemEventType, ProblemVerb } from './acts.ts';
export type { ProblemRefusal, ProblemRefusalFacts, ProblemRefusalReason } from './refusals.ts';
export { incidentsIn, problemEventsWithoutHidden, problemWithoutHidden } from './hidden.ts';
export { problemNews } from './news.ts';
export type { ProblemNews } from './news.ts';
export { DEFAULT_INACTIVITY, dueReminder, nextReminder } from './monitor.ts';
export type { DueReminder, InactivityRules } from './monitor.ts';
export { MAX_INCIDENTS } from './links.ts';
export { needsReason } from './step.ts';
export { callersToTell, toTell } from './workaround.ts';
