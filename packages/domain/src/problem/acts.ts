import type { Instant, Priority, RecordId } from '../shared/index.ts';
import type { ProblemState } from './lifecycle/lifecycle.ts';
import type { Origin, ProblemFields, ResolutionCode, TaskFields } from './problem.ts';

/** What is asked for, as the command `problem.<verb>` carries it. */
export type ProblemAct =
  | {
      readonly verb: 'create';
      readonly fields: ProblemFields;
      readonly origin: Origin;
      /** Linked from the beginning, beside that of its origin. */
      readonly incidents: readonly RecordId[];
    }
  | { readonly verb: 'edit'; readonly fields: Partial<ProblemFields> }
  | {
      readonly verb: 'step';
      readonly to: ProblemState;
      /** Needed to cancel, to go back, to accept a risk, and where nothing was fixed. */
      readonly reason?: string | undefined;
      /** Needed to resolve. */
      readonly resolution?: ResolutionCode | undefined;
      /** The problem that it goes on in: needed for a duplicate. */
      readonly into?: RecordId | undefined;
      /** When an accepted risk is looked at again: needed to accept one. */
      readonly reviewAt?: Instant | undefined;
    }
  | { readonly verb: 'link-incident'; readonly incident: RecordId }
  | { readonly verb: 'unlink-incident'; readonly incident: RecordId }
  | { readonly verb: 'link-change'; readonly change: RecordId }
  | { readonly verb: 'unlink-change'; readonly change: RecordId }
  | { readonly verb: 'add-factor'; readonly factor: string; readonly text: string }
  | { readonly verb: 'drop-factor'; readonly factor: string }
  /** Names the root cause. */
  | { readonly verb: 'state-cause'; readonly factor: string; readonly text: string }
  /** Makes one of the factors the root cause. */
  | { readonly verb: 'pick-cause'; readonly factor: string }
  | { readonly verb: 'add-task'; readonly task: string; readonly fields: TaskFields }
  | { readonly verb: 'edit-task'; readonly task: string; readonly fields: Partial<TaskFields> }
  | {
      readonly verb: 'finish-task';
      readonly task: string;
      readonly cause?: string | undefined;
      readonly fix?: string | undefined;
    }
  | { readonly verb: 'drop-task'; readonly task: string }
  | { readonly verb: 'communicate-workaround' }
  | { readonly verb: 'mark-known-error'; readonly known: boolean }
  /** The system alone: nothing has happened for too long, or an accepted risk is due for review. */
  | { readonly verb: 'remind' };

export type ProblemVerb = ProblemAct['verb'];
export type ActOf<Verb extends ProblemVerb> = Extract<ProblemAct, { readonly verb: Verb }>;

/** What happened. An incident that may not be named where it is shown is null there. */
export type ProblemEvent =
  | {
      readonly type: 'problem-opened';
      readonly number: string | null;
      readonly fields: ProblemFields;
      readonly priority: Priority;
      readonly matrixVersion: number;
      readonly origin: Origin;
      readonly incidents: readonly (RecordId | null)[];
    }
  | {
      readonly type: 'problem-edited';
      readonly fields: Partial<ProblemFields>;
      readonly before: Partial<ProblemFields>;
      /** After the edit, where impact or urgency moved it. */
      readonly priority?: Priority;
      readonly matrixVersion?: number;
    }
  | {
      readonly type: 'problem-stepped';
      readonly from: ProblemState;
      readonly to: ProblemState;
      readonly reason: string | null;
      readonly resolution?: ResolutionCode;
      readonly reviewAt?: Instant;
      /** Where a duplicate goes on, with what moved there. */
      readonly into?: RecordId;
      readonly incidents?: readonly (RecordId | null)[];
      readonly changes?: readonly RecordId[];
    }
  /** On the one that survives: a duplicate goes on here. */
  | {
      readonly type: 'duplicate-taken-in';
      readonly from: RecordId;
      readonly incidents: readonly (RecordId | null)[];
      readonly changes: readonly RecordId[];
    }
  | { readonly type: 'incident-linked'; readonly incident: RecordId | null }
  | { readonly type: 'incident-unlinked'; readonly incident: RecordId | null }
  | { readonly type: 'change-linked'; readonly change: RecordId }
  | { readonly type: 'change-unlinked'; readonly change: RecordId }
  | { readonly type: 'factor-added'; readonly factor: string; readonly text: string }
  | { readonly type: 'factor-dropped'; readonly factor: string; readonly text: string }
  | {
      readonly type: 'cause-stated';
      readonly factor: string;
      readonly text: string;
      /** Another was stated that its author did not know of: the factor that stands against it. */
      readonly against?: string;
    }
  | { readonly type: 'cause-picked'; readonly factor: string; readonly text: string }
  | { readonly type: 'task-added'; readonly task: string; readonly fields: TaskFields }
  | {
      readonly type: 'task-edited';
      readonly task: string;
      readonly fields: Partial<TaskFields>;
      readonly before: Partial<TaskFields>;
    }
  | {
      readonly type: 'task-finished';
      readonly task: string;
      readonly title: string;
      readonly cause: string | null;
      readonly fix: string | null;
    }
  | { readonly type: 'task-dropped'; readonly task: string; readonly title: string }
  | {
      readonly type: 'workaround-communicated';
      readonly text: string;
      readonly incidents: readonly (RecordId | null)[];
      /** Those of which the callers are told it too: of a known error. */
      readonly callers?: readonly (RecordId | null)[];
    }
  | { readonly type: 'known-error-marked'; readonly known: boolean }
  | { readonly type: 'reminded'; readonly of: 'quiet' | 'risk'; readonly since: Instant };

export type ProblemEventType = ProblemEvent['type'];
export type EventOf<Type extends ProblemEventType> = Extract<ProblemEvent, { readonly type: Type }>;
