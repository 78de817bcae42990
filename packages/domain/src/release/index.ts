/** Releases: changes carried out together, in phases with gates, from one checklist. */
export { release } from './decider.ts';
export { PACES, RELEASE_KINDS, RELEASE_STATES, isOverRelease } from './release.ts';
export type {
  Alarm,
  Pace,
  Release,
  ReleaseFields,
  ReleaseKind,
  ReleaseState,
  ReleaseUnit,
} from './release.ts';
export type { ReleaseAct, ReleaseEvent, ReleaseEventType, ReleaseVerb } from './acts.ts';
export type { ReleaseAnswer, ReleaseContext } from './case.ts';
export type { ChangeFact, IncidentFact, ReleaseFacts, Window } from './facts.ts';
export { factsNeeded } from './facts-needed.ts';
export type { FactsNeeded } from './facts-needed.ts';
export type { ReleaseRefusal, ReleaseRefusalFacts, ReleaseRefusalReason } from './refusals.ts';
export {
  NEEDS_REASON,
  RELEASE_TRANSITIONS,
  STAGES_BEFORE,
  isPlanOpen,
  mayRestart,
  stageOf,
} from './lifecycle.ts';
export { MAX_MEMBERS, MAX_UNITS } from './members.ts';
export { PHASE_STATES, STAGES } from './phase/phase.ts';
export type { Phase, PhasePlan, PhaseState, Stage } from './phase/phase.ts';
export { DEFAULT_PHASES } from './phase/plan.ts';
export { phaseDueByClock } from './phase/due.ts';
export { GATE_RESULTS } from './gate/gate.ts';
export type { Gate, GateException, GatePlan, GateResult, GateRule, GateRun, SignOff } from './gate/gate.ts';
export { isMet, standingOfGate } from './gate/standing.ts';
export type { GateStanding } from './gate/standing.ts';
export { differenceOf, readinessOf } from './readiness/readiness.ts';
export type { Readiness, ReadinessContent, ReadinessDifference } from './readiness/readiness.ts';
export { RISK_PARTS, riskOf } from './readiness/risk.ts';
export type { Risk, RiskPart, RiskShare } from './readiness/risk.ts';
export { MAX_STEPS } from './checklist/plan.ts';
export { actualMs, isDone } from './checklist/step.ts';
export type { Evidence, Mark, Step, StepFields, StepPlan } from './checklist/step.ts';
export { standingOf, withMark } from './checklist/marks.ts';
export { circleIn, topological } from './checklist/graph.ts';
export { CutoverClock } from './cutover/clock.ts';
export type { StepTimes, TimedStep } from './cutover/clock.ts';
export { cutoverClock, cutoverStart, deploymentSteps } from './cutover/of-release.ts';
export { isTurnedBack, pointOfNoReturn, rollbackOrder } from './cutover/rollback.ts';
export { GO_ANSWERS, tallyOf } from './roll-call/roll-call.ts';
export type { GoAnswer, LeadAnswer, RollCall, Tally } from './roll-call/roll-call.ts';
export { releaseDueAt, releaseDueByClock } from './after/due.ts';
export { releaseNews } from './news.ts';
export { alarmsDue, hypercareEndsAt, touchedItems } from './after/hypercare.ts';
export { releaseNotes } from './after/notes.ts';
export type { CausedIncident, DeploymentFact } from './after/deployment.ts';
export { deploymentMatrix } from './after/matrix.ts';
export type { DeploymentMatrix, MatrixCell, MatrixRow } from './after/matrix.ts';
export { doraByWeek } from './after/dora.ts';
export type { DoraWeek } from './after/dora.ts';
export { decideDeployment } from './deploy-gate/gate.ts';
export type {
  Freeze,
  GateAnswer,
  GateChange,
  GateFacts,
  GateQuestion,
  GateReason,
} from './deploy-gate/gate.ts';
