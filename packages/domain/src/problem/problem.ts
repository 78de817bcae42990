import type {
  Instant,
  ItemId,
  Level,
  PersonId,
  Priority,
  RecordId,
  ServiceId,
  TeamId,
} from '../shared/index.ts';
import { isOver } from './lifecycle/lifecycle.ts';
import type { ProblemState } from './lifecycle/lifecycle.ts';

/** Where a problem comes from (A3 row 1); `found` is for what the staff saw by itself. The set grows at its end. */
export const ORIGIN_KINDS = ['incident', 'trend', 'review', 'found'] as const;
export type OriginKind = (typeof ORIGIN_KINDS)[number];

export interface Origin {
  readonly kind: OriginKind;
  /** The incident that it began with, or whose review asked for it; null where there is none, or it may not be named. */
  readonly incident: RecordId | null;
  /** What showed it, in words: the trend with its figures, or the action of the review. */
  readonly evidence: string;
}

/** What its authors set. Analysis in prose and in drawings is of the room. */
export interface ProblemFields {
  readonly title: string;
  readonly service: ServiceId | null;
  readonly items: readonly ItemId[];
  readonly team: TeamId | null;
  readonly owner: PersonId | null;
  readonly impact: Level;
  readonly urgency: Level;
  readonly major: boolean;
  /** What helps until it is fixed; empty while nothing does. */
  readonly workaround: string;
  /** What removes it; empty while nobody knows. */
  readonly fix: string;
}

/** Something that contributes to it. One of them may be its root cause. */
export interface Factor {
  readonly id: string;
  readonly text: string;
  readonly by: PersonId;
  readonly at: Instant;
  /** The task that brought it up; null for one that somebody named. */
  readonly task: string | null;
}

/** A3 row 2. The set grows at its end. */
export const TASK_KINDS = ['root_cause', 'general'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

export const TASK_STATES = ['open', 'done', 'dropped'] as const;
export type TaskState = (typeof TASK_STATES)[number];

export interface TaskFields {
  readonly kind: TaskKind;
  readonly title: string;
  readonly assignee: PersonId | null;
}

export interface ProblemTask extends TaskFields {
  readonly id: string;
  readonly state: TaskState;
  /** What the work on it found, copied up to the problem. */
  readonly cause: string | null;
  readonly fix: string | null;
  readonly endedAt: Instant | null;
}

/** How a problem ended that nobody has to work on any more. The set grows at its end. */
export const RESOLUTION_CODES = ['fix_applied', 'gone'] as const;
export type ResolutionCode = (typeof RESOLUTION_CODES)[number];

export interface ProblemResolution {
  readonly code: ResolutionCode;
  readonly notes: string;
  readonly by: PersonId;
  readonly at: Instant;
}

/** That somebody who manages problems decided to live with it, until it is looked at again. */
export interface AcceptedRisk {
  readonly approver: PersonId;
  readonly reason: string;
  readonly reviewAt: Instant;
  readonly at: Instant;
}

/** The last words that linked incidents were told of, and which of them were. */
export interface ToldWorkaround {
  readonly text: string;
  readonly incidents: readonly (RecordId | null)[];
  readonly by: PersonId;
  readonly at: Instant;
  /** Those of which the callers heard it too; absent while none did. */
  readonly callers?: readonly (RecordId | null)[];
}

export interface Problem extends ProblemFields {
  readonly id: RecordId;
  readonly number: string | null;
  /** Number of its events. */
  readonly version: number;
  readonly state: ProblemState;
  readonly priority: Priority;
  readonly matrixVersion: number;
  readonly origin: Origin;
  /** Its workaround is published. */
  readonly knownError: boolean;
  readonly factors: readonly Factor[];
  /** The factor that is the root cause; null while none is known, or several are and nobody has picked. */
  readonly cause: string | null;
  /** Root causes that were stated without knowing of each other: somebody has to pick. */
  readonly contested: readonly string[];
  readonly tasks: readonly ProblemTask[];
  /** In the order in which they came; null for one that may not be named here. */
  readonly incidents: readonly (RecordId | null)[];
  readonly changes: readonly RecordId[];
  readonly told: ToldWorkaround | null;
  readonly resolution: ProblemResolution | null;
  readonly risk: AcceptedRisk | null;
  readonly duplicateOf: RecordId | null;
  /** Problems that ended as duplicates of this one. */
  readonly duplicates: readonly RecordId[];
  readonly madeBy: PersonId;
  readonly madeAt: Instant;
  readonly updatedAt: Instant;
  /** When somebody last did something with it: clocks do not count. */
  readonly activeAt: Instant;
  /** When its owner was last told that nothing happens, or that its risk is due for review; null since somebody acted. */
  readonly remindedAt: Instant | null;
  readonly resolvedAt: Instant | null;
  readonly endedAt: Instant | null;
}

export function isOverProblem({ state }: Pick<Problem, 'state'>): boolean {
  return isOver(state);
}

/** The incidents that may be named. */
export function namedIncidents({ incidents }: Pick<Problem, 'incidents'>): readonly RecordId[] {
  return incidents.filter((incident) => incident !== null);
}

export function rootCauseOf({ factors, cause }: Pick<Problem, 'factors' | 'cause'>): Factor | null {
  return factors.find(({ id }) => id === cause) ?? null;
}
