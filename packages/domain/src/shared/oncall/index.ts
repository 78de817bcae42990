/** On-call schedules: who is to be reached at which instant. */
export { MAX_LAYERS, MAX_TURN_LENGTH, MAX_TURN_PEOPLE, SWAP_STATES, TURN_UNITS } from './schedule.ts';
export type {
  Schedule,
  ScheduleForm,
  ScheduleLayer,
  ScheduleOverride,
  ScheduleSwap,
  Span,
  SwapState,
  TurnUnit,
  WeeklyHours,
} from './schedule.ts';
export type {
  OverrideFields,
  ScheduleAct,
  ScheduleEvent,
  ScheduleRefusal,
  ScheduleRefusalFacts,
  ScheduleRefusalReason,
  ScheduleVerb,
  SwapFields,
} from './acts.ts';
export { dutiesBetween, hoursBetween } from './duties.ts';
export type { Duty } from './duties.ts';
export { longestShiftMs, onCallAt, onCallIn, shiftsBetween, sourceKey } from './on-call.ts';
export type { Shift, ShiftSource } from './on-call.ts';
export { gapsBetween, qualityFrom } from './quality.ts';
export type { Load, Quality } from './quality.ts';
export { faultOfForm, worksHere } from './form.ts';
export { decideSchedule } from './decide.ts';
export type { ScheduleContext } from './answers.ts';
export { maySeeSchedules, maySetUp, takesPart } from './rights.ts';
export { isOnCallThrough } from './swaps.ts';
export { evolveSchedule } from './evolve.ts';
