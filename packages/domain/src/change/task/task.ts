/** The tasks of a change: what is done, by whom, after what (A4 row 15; A8 CHG TASK). */
import type { Instant, PersonId, TeamId } from '../../shared/index.ts';

/** The set grows at its end. `backout` takes back what was done. */
export const TASK_KINDS = ['planning', 'implementation', 'testing', 'review', 'backout'] as const;

export type TaskKind = (typeof TASK_KINDS)[number];

/** As stored. That a task is open, all before it being done, is seen by `stageOfTask`. */
export const TASK_STATES = ['pending', 'in_progress', 'done', 'skipped', 'failed'] as const;

export type TaskState = (typeof TASK_STATES)[number];

export type TaskStage = TaskState | 'open';

/** What its authors set. */
export interface TaskFields {
  readonly title: string;
  readonly kind: TaskKind;
  readonly owner: PersonId | null;
  readonly team: TeamId | null;
  /** Tasks that come first; none makes it run beside the others. */
  readonly after: readonly string[];
  readonly plannedMinutes: number | null;
  /** How it is taken back; empty when there is nothing to take back. */
  readonly backout: string;
}

export interface ChangeTask extends TaskFields {
  /** A ULID of its own, or derived from the task that it takes back. */
  readonly id: string;
  readonly state: TaskState;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** As stated, or as the clock went between beginning and end. */
  readonly actualMinutes: number | null;
  /** Why it was skipped or failed; null otherwise. */
  readonly reason: string | null;
}

export const MAX_TASKS = 500;
export const MAX_TASK_MINUTES = 60 * 24 * 90;

/** Nothing is left to do of it. */
export function isEnded({ state }: Pick<ChangeTask, 'state'>): boolean {
  return state === 'done' || state === 'skipped' || state === 'failed';
}

/** What follows may begin. A failed task holds it back. */
function isPassed({ state }: Pick<ChangeTask, 'state'>): boolean {
  return state === 'done' || state === 'skipped';
}

/** The ways from stage to stage; what failed may be tried again. */
export const TASK_STEPS: Readonly<Record<TaskStage, readonly TaskState[]>> = {
  pending: ['skipped'],
  open: ['in_progress', 'done', 'skipped', 'failed'],
  in_progress: ['done', 'skipped', 'failed'],
  failed: ['in_progress'],
  done: [],
  skipped: [],
};

/** The stage of a task among the others: open once all before it have passed. */
export function stageOfTask(task: ChangeTask, tasks: readonly ChangeTask[]): TaskStage {
  if (task.state !== 'pending') return task.state;
  return openBefore(task, tasks).length === 0 ? 'open' : 'pending';
}

/** The tasks before this one that have not passed. */
export function openBefore(
  { after }: Pick<ChangeTask, 'after'>,
  tasks: readonly ChangeTask[],
): readonly ChangeTask[] {
  return tasks.filter((each) => after.includes(each.id) && !isPassed(each));
}
