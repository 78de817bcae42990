import type { PersonId, RecordId, TeamId } from '../shared/index.ts';
import type { ReviewState } from '../shared/index.ts';
import type { Vote } from './approval/approval.ts';
import type { ChangeFields, PlanDigests } from './change.ts';
import type { ContentDigests } from './content.ts';
import type { ChangeState } from './model/model.ts';
import type { PlannedValue, ValueOutcome } from './planned/planned-value.ts';
import type { ChangeResult } from './review/result.ts';
import type { RiskInput } from './risk/assess.ts';
import type { TaskFields, TaskState } from './task/task.ts';

/** What is asked for, as the command `change.<verb>` carries it. */
export type ChangeAct =
  | {
      readonly verb: 'create';
      readonly model: string;
      /** Of a standard change; it brings the plans and the tasks. */
      readonly template?: RecordId;
      readonly fields: Partial<ChangeFields> & Pick<ChangeFields, 'title'>;
      readonly team?: TeamId | null;
      readonly owner?: PersonId | null;
    }
  | {
      readonly verb: 'edit';
      readonly fields: Partial<ChangeFields>;
      /** Another model, while it is new and nobody was asked. */
      readonly model?: string;
    }
  | { readonly verb: 'assign'; readonly team: TeamId | null; readonly owner: PersonId | null }
  /** The texts of the room moved: their digests now, empty for a text that is empty. */
  | { readonly verb: 'note-plans'; readonly plans: PlanDigests }
  | { readonly verb: 'assess'; readonly input: RiskInput }
  /** A step forward. `reason` overrules a window or a soft freeze. */
  | { readonly verb: 'step'; readonly to: ChangeState; readonly reason?: string }
  /** Back to its beginning, or out of the calendar: approvals are void. */
  | { readonly verb: 'revert'; readonly reason: string }
  | { readonly verb: 'cancel'; readonly reason: string }
  | { readonly verb: 'close'; readonly result: ChangeResult }
  | { readonly verb: 'hold'; readonly reason: string }
  | { readonly verb: 'release' }
  /** Asks whoever is to be asked by now: after a policy, a team or a deadline moved. */
  | { readonly verb: 'ask-approvals' }
  /** `read` is the content that was on the voter's screen. */
  | { readonly verb: 'vote'; readonly vote: Vote; readonly read: ContentDigests; readonly note?: string }
  | { readonly verb: 'delegate'; readonly to: PersonId }
  /** The clock alone: a deadline has passed. */
  | { readonly verb: 'expire' }
  | { readonly verb: 'waive-conflicts'; readonly keys: readonly string[]; readonly reason: string }
  /** An announcement was made of it: it goes with the change from then on. */
  | { readonly verb: 'note-announcement'; readonly announcement: RecordId }
  | ChangeValueAct
  | ChangeTaskAct
  | ChangeReviewAct;

export type ChangeValueAct =
  /** Plans values of items, those that are planned already anew. */
  | { readonly verb: 'plan-values'; readonly values: readonly PlannedValue[] }
  | { readonly verb: 'unplan-values'; readonly keys: readonly string[] }
  /** The server alone: what became of each. */
  | { readonly verb: 'note-values'; readonly outcomes: readonly ValueOutcome[] };

export type ChangeTaskAct =
  | { readonly verb: 'add-task'; readonly task: string; readonly fields: TaskFields }
  | { readonly verb: 'edit-task'; readonly task: string; readonly fields: Partial<TaskFields> }
  | { readonly verb: 'drop-task'; readonly task: string }
  | {
      readonly verb: 'move-task';
      readonly task: string;
      readonly to: TaskState;
      /** Needed to skip and to fail. */
      readonly reason?: string;
      /** How long it took, when that is not what the clock says. */
      readonly minutes?: number;
    }
  /** Makes the tasks that take back what was done. */
  | { readonly verb: 'begin-backout' };

export type ChangeReviewAct =
  | { readonly verb: 'begin-review' }
  | { readonly verb: 'waive-review'; readonly reason: string }
  | { readonly verb: 'move-review'; readonly to: ReviewState; readonly reason?: string }
  | { readonly verb: 'note-caused'; readonly incident: RecordId; readonly priority: number }
  | { readonly verb: 'unnote-caused'; readonly incident: RecordId };

export type ChangeVerb = ChangeAct['verb'];

/** The wire shape of a command to this process, as the other processes have it. */
export type ChangeCommand = { readonly process: 'change' } & ChangeAct;

export type ActOf<Verb extends ChangeVerb> = Extract<ChangeAct, { readonly verb: Verb }>;
