import type { Instant, PersonId, RecordId, ReviewState, TeamId } from '../shared/index.ts';
import type { Requirement, Vote } from './approval/approval.ts';
import type { Change, ChangeFields, PlanDigests } from './change.ts';
import type { ChangeState } from './model/model.ts';
import type { PlannedValue, ValueOutcome } from './planned/planned-value.ts';
import type { ChangeResult } from './review/result.ts';
import type { Risk, RiskInput } from './risk/assess.ts';
import type { ChangeTask, TaskFields, TaskState } from './task/task.ts';

/** Why what was approved counts no more. */
export type VoidCause = 'content' | 'reverted' | 'rejected';

/** What happened to a change. Stored as `{type, data}`. */
export type ChangeEvent =
  | {
      readonly type: 'created';
      readonly number: string | null;
      readonly change: ChangeFields &
        Pick<
          Change,
          'model' | 'template' | 'state' | 'team' | 'owner' | 'plans' | 'riskInput' | 'risk' | 'tasks'
        >;
    }
  | {
      readonly type: 'edited';
      readonly fields: Partial<ChangeFields>;
      readonly before: Partial<ChangeFields>;
    }
  | { readonly type: 'model-set'; readonly model: string; readonly before: string }
  | {
      readonly type: 'assigned';
      readonly team: TeamId | null;
      readonly owner: PersonId | null;
      readonly before: { readonly team: TeamId | null; readonly owner: PersonId | null };
    }
  | { readonly type: 'plans-noted'; readonly plans: PlanDigests; readonly before: PlanDigests }
  | { readonly type: 'assessed'; readonly input: RiskInput; readonly risk: Risk }
  | {
      readonly type: 'moved';
      readonly from: ChangeState;
      readonly to: ChangeState;
      readonly way: 'forward' | 'back' | 'cancel';
      /** Why back, why cancelled, or why a window or soft freeze was overruled. */
      readonly reason: string | null;
      /** What was overruled: the window, or the freezes by id. */
      readonly overruled: readonly string[];
      readonly result: ChangeResult | null;
    }
  | { readonly type: 'held'; readonly reason: string }
  | { readonly type: 'released' }
  | {
      readonly type: 'approvals-asked';
      readonly revision: number;
      /** Hash of what they are asked to approve. */
      readonly content: string;
      readonly requirements: readonly Requirement[];
      /** Whoever has not answered in this revision, and by when. */
      readonly people: readonly { readonly person: PersonId; readonly dueAt: Instant | null }[];
    }
  | {
      readonly type: 'voted';
      readonly person: PersonId;
      readonly vote: Vote;
      readonly content: string;
      readonly revision: number;
      readonly note: string | null;
    }
  | {
      readonly type: 'delegated';
      readonly person: PersonId;
      readonly to: PersonId;
      readonly revision: number;
    }
  | { readonly type: 'approvals-expired'; readonly people: readonly PersonId[]; readonly revision: number }
  | {
      readonly type: 'approvals-voided';
      readonly cause: VoidCause;
      /** The new one. */
      readonly revision: number;
      /** The parts of the content that moved. */
      readonly differs: readonly string[];
    }
  | { readonly type: 'conflicts-waived'; readonly keys: readonly string[]; readonly reason: string }
  | { readonly type: 'announcement-made'; readonly announcement: RecordId }
  | ChangeValueEvent
  | ChangeTaskEvent
  | ChangeReviewEvent;

export type ChangeValueEvent =
  | { readonly type: 'values-planned'; readonly values: readonly PlannedValue[] }
  | { readonly type: 'values-unplanned'; readonly values: readonly PlannedValue[] }
  | { readonly type: 'values-applied'; readonly outcomes: readonly ValueOutcome[] }
  /** It ended without success: so many were left out. */
  | { readonly type: 'values-left'; readonly count: number };

export type ChangeTaskEvent =
  | { readonly type: 'task-added'; readonly task: ChangeTask }
  | {
      readonly type: 'task-edited';
      readonly task: string;
      readonly fields: Partial<TaskFields>;
      readonly before: Partial<TaskFields>;
    }
  | { readonly type: 'task-dropped'; readonly task: string }
  | {
      readonly type: 'task-moved';
      readonly task: string;
      readonly from: TaskState;
      readonly to: TaskState;
      readonly reason: string | null;
      /** Minutes that it took, once it ended. */
      readonly minutes: number | null;
    }
  | { readonly type: 'backout-begun'; readonly tasks: readonly ChangeTask[] };

export type ChangeReviewEvent =
  | { readonly type: 'review-begun' }
  | { readonly type: 'review-waived'; readonly reason: string }
  | {
      readonly type: 'review-moved';
      readonly from: ReviewState;
      readonly to: ReviewState;
      readonly reason: string | null;
    }
  /** Kept with the incident's id; null where it is shown to people who may not know of it, as the next one. */
  | { readonly type: 'incident-caused'; readonly incident: RecordId | null; readonly priority: number }
  | { readonly type: 'incident-not-caused'; readonly incident: RecordId | null }
  /** What was said once when an incident became restricted: it stays in the chain, and is shown to nobody. */
  | { readonly type: 'incident-hidden'; readonly incident: RecordId };

export type ChangeEventType = ChangeEvent['type'];

export type ChangeEventOf<Type extends ChangeEventType> = Extract<ChangeEvent, { readonly type: Type }>;
