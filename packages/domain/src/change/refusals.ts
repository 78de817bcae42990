import type { Instant, PersonId, RecordId, ReviewState, TeamId } from '../shared/index.ts';
import type { Vote } from './approval/approval.ts';
import type { PlanName } from './change.ts';
import type { ItemId } from './model/items.ts';
import type { ChangeState, ContentKind } from './model/model.ts';
import type { PlannedUnfit } from './planned/planned-value.ts';
import type { TaskStage, TaskState } from './task/task.ts';

/** Why an act is refused, with the facts that explain it. `by` and `at` name who came first. */
export interface ChangeRefusalFacts {
  /** The one answer for what is not there and what is not to be seen. */
  'no-such-change': { readonly change: RecordId };
  'not-permitted': { readonly permission: string };
  'already-exists': { readonly record: RecordId };
  'missing-field': { readonly field: string };
  'invalid-value': { readonly field: string; readonly value: unknown };
  /** An item cannot say what is planned for it. */
  'value-unfit': PlannedUnfit;
  'unknown-item': { readonly item: ItemId };
  'item-retired': { readonly item: ItemId };
  'unknown-model': { readonly model: string };
  'unknown-person': { readonly person: PersonId };
  'unknown-team': { readonly team: TeamId };
  'window-ends-first': { readonly begins: Instant | string; readonly ends: Instant | string };
  'nothing-to-change': { readonly field: string | null };
  'content-locked': { readonly what: ContentKind; readonly state: ChangeState };
  'model-locked': { readonly model: string; readonly state: ChangeState };
  'template-not-active': { readonly template: RecordId | null };
  'no-such-step': {
    readonly from: ChangeState;
    readonly to: ChangeState;
    readonly allowed: readonly ChangeState[];
  };
  'change-moved': { readonly state: ChangeState; readonly by: PersonId; readonly at: Instant };
  'change-over': { readonly state: ChangeState };
  'on-hold': { readonly by: PersonId; readonly at: Instant; readonly reason: string };
  'not-on-hold': Record<never, never>;
  'plans-missing': { readonly plans: readonly PlanName[] };
  /** `question`: the first that has no answer; null when nothing of it was assessed. */
  'risk-open': { readonly question: string | null };
  'no-policy': { readonly state: ChangeState };
  'approvals-missing': { readonly policy: string; readonly waiting: readonly PersonId[] };
  'approvals-outdated': { readonly policy: string };
  'not-asked': { readonly person: PersonId };
  'own-change': { readonly person: PersonId };
  'already-voted': { readonly vote: Vote; readonly at: Instant };
  /** It was decided without this vote. */
  'vote-late': { readonly state: ChangeState };
  'vote-delegated': { readonly to: PersonId };
  /** What was read is not what stands: these parts of it moved. */
  'content-moved': {
    readonly differs: readonly string[];
    readonly revision: number;
    readonly by?: PersonId;
    readonly at?: Instant;
  };
  'approval-expired': { readonly dueAt: Instant };
  'delegate-not-fit': { readonly person: PersonId };
  'conflicts-open': { readonly conflicts: readonly string[] };
  'no-such-conflict': { readonly conflict: string };
  'conflict-stays': { readonly conflict: string };
  'outside-window': { readonly begins: Instant; readonly ends: Instant };
  frozen: { readonly freezes: readonly string[]; readonly hard: boolean };
  'tasks-open': { readonly tasks: readonly string[] };
  'no-such-task': { readonly task: string };
  'task-cycle': { readonly tasks: readonly string[] };
  'task-needed': { readonly task: string; readonly by: readonly string[] };
  'task-begun': { readonly task: string; readonly state: TaskState };
  'task-waits': { readonly task: string; readonly for: readonly string[] };
  'task-not-now': { readonly task: string; readonly state: ChangeState };
  'task-moved': {
    readonly task: string;
    readonly state: TaskState;
    readonly by: PersonId;
    readonly at: Instant;
  };
  'no-such-task-step': {
    readonly task: string;
    readonly from: TaskStage;
    readonly to: TaskState;
    readonly allowed: readonly TaskState[];
  };
  'no-backout': Record<never, never>;
  'review-open': { readonly state: ReviewState | null };
  'review-required': Record<never, never>;
  'no-such-review-step': {
    readonly from: ReviewState | null;
    readonly to: ReviewState;
    readonly allowed: readonly ReviewState[];
  };
  'template-moved': { readonly state: string; readonly by: PersonId; readonly at: Instant };
  'no-such-template-step': { readonly state: string; readonly act: string };
}

export type ChangeRefusalReason = keyof ChangeRefusalFacts;

export type ChangeRefusal = { readonly code: `change/${ChangeRefusalReason}` } & Readonly<
  Record<string, unknown>
>;

export function changeRefusal<Reason extends ChangeRefusalReason>(
  reason: Reason,
  facts: ChangeRefusalFacts[Reason],
): ChangeRefusal {
  return { code: `change/${reason}`, ...facts };
}
