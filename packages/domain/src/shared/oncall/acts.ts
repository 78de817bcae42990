import type { PersonId, ScheduleId, TeamId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { ScheduleForm, Span, SwapState } from './schedule.ts';

/** What an override says; who makes it and when is known by its command. */
export interface OverrideFields extends Span {
  readonly id: string;
  readonly person: PersonId;
  readonly note: string;
}

/** What is asked of another person. */
export interface SwapFields {
  readonly id: string;
  readonly with: PersonId;
  readonly gives: Span;
  readonly takes: Span | null;
  readonly note: string;
}

/** What is asked for, as the command `schedule.<verb>` carries it. */
export type ScheduleAct =
  | { readonly verb: 'create'; readonly form: ScheduleForm }
  /** The whole form anew. */
  | { readonly verb: 'change'; readonly form: ScheduleForm }
  | { readonly verb: 'remove' }
  | { readonly verb: 'override'; readonly override: OverrideFields }
  | { readonly verb: 'end-override'; readonly override: string }
  | { readonly verb: 'ask-swap'; readonly swap: SwapFields }
  | { readonly verb: 'answer-swap'; readonly swap: string; readonly accept: boolean }
  | { readonly verb: 'withdraw-swap'; readonly swap: string };

export type ScheduleVerb = ScheduleAct['verb'];

export type ScheduleEvent =
  | { readonly type: 'created'; readonly form: ScheduleForm }
  | { readonly type: 'changed'; readonly form: ScheduleForm }
  | { readonly type: 'removed' }
  | { readonly type: 'overridden'; readonly override: OverrideFields }
  | { readonly type: 'override-ended'; readonly override: string }
  | { readonly type: 'swap-asked'; readonly swap: SwapFields }
  | {
      readonly type: 'swap-answered';
      readonly swap: string;
      readonly accepted: boolean;
      readonly gives: Span;
      readonly takes: Span | null;
    }
  | { readonly type: 'swap-withdrawn'; readonly swap: string };

/** Why an act is refused, with the facts that explain it. `by` and `at` name who came first. */
export interface ScheduleRefusalFacts {
  'no-such-schedule': { readonly schedule: ScheduleId };
  'not-permitted': { readonly permission: string };
  'already-exists': { readonly record: string };
  'missing-field': { readonly field: string };
  'invalid-value': { readonly field: string; readonly value: unknown; readonly layer?: string };
  'unknown-person': { readonly person: PersonId };
  'unknown-team': { readonly team: TeamId };
  'end-before-begin': { readonly beginsAt: Instant; readonly endsAt: Instant };
  'time-not-ahead': { readonly until: Instant };
  'nothing-to-change': { readonly field: string | null };
  'schedule-changed': { readonly by: PersonId; readonly at: Instant };
  /** Somebody is neither in a layer of the schedule nor in its team. */
  'not-in-schedule': { readonly person: PersonId };
  /** Another act about the same time came first; `person` is on call then. */
  'shift-taken': { readonly person: PersonId | null; readonly by: PersonId; readonly at: Instant };
  /** Somebody is not on call in the whole of the time that is to change hands. */
  'not-on-call': { readonly person: PersonId };
  /** As many overrides and swaps as a schedule may have are ahead of it. */
  'too-many-open': { readonly most: number };
  'override-over': { readonly until: Instant | null };
  'swap-over': { readonly state: SwapState | null };
}

export type ScheduleRefusalReason = keyof ScheduleRefusalFacts;

export type ScheduleRefusal = { readonly code: `desk/${ScheduleRefusalReason}` } & Readonly<
  Record<string, unknown>
>;

export function scheduleRefusal<Reason extends ScheduleRefusalReason>(
  reason: Reason,
  facts: ScheduleRefusalFacts[Reason],
): ScheduleRefusal {
  return { code: `desk/${reason}`, ...facts };
}
