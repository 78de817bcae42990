/** Where one event leads to other commands: pure, run by the server as the system after the commit. */
export { dueToClose, DEFAULT_CLOSE_AFTER_DAYS } from './close-after-resolution.ts';
export { snoozeEnded } from './snooze-ended.ts';
export { reactionsTo, relatedForReactions } from './reactions.ts';
export type { Surroundings } from './reactions.ts';
export type { Reaction } from './reaction.ts';
export { afterChange } from './after-change.ts';
export type { AroundChange, ChangeFollowUp } from './after-change.ts';
export { changesMade } from './changes-made.ts';
export { releasesAround } from './releases-around.ts';
export type { ReleaseAround } from './releases-around.ts';
export { releasesMade } from './releases-made.ts';
export { LOOK_BACK_MS, whatChanged } from './what-changed.ts';
export type { ChangeFact, RankedChange } from './what-changed.ts';
export { changeAtGate, changeInRelease, mayDeploy } from './change-in-release.ts';
export type { GateWorld } from './change-in-release.ts';
export { changesToBegin, membersTouched } from './release-carried-out.ts';
export { afterProblem } from './after-problem.ts';
export { noLongerKnown, onceKnown, problemHelped } from './known-error-of-problem.ts';
export { onceMerged } from './merged-incident.ts';
export type { ProblemFollowUp } from './after-problem.ts';
export { appliesValues, courseOfValues, singly, surroundingsOfValues } from './planned-values.ts';
export type { PlannedAttempt, PlannedCourse, PlannedSurroundings } from './planned-values.ts';
export { unfitOfPlanned } from './planned-fit.ts';
export type { PlannedRules } from './planned-fit.ts';
export { mayTakeDown } from './gate-by-map.ts';
export { NEAR, dependenciesByMap, servicesFalling } from './dependencies-by-map.ts';
export {
  CHANGED_WITHIN_MS,
  aboutOf,
  changesAround,
  distancesAround,
  incidentsAround,
  itemsAround,
} from './around-items.ts';
export type { ChangeAround, ItemAround } from './around-items.ts';
