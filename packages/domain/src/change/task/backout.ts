/** What a failed task offers: everything that was done, taken back in reverse order. */
import { inOrder } from './graph.ts';
import type { ChangeTask } from './task.ts';

export function isBackoutOffered(tasks: readonly ChangeTask[]): boolean {
  const failed = tasks.some(({ kind, state }) => kind !== 'backout' && state === 'failed');
  return failed && backoutTasks(tasks).length > 0;
}

/**
 * One task for each that changed something and says how it is taken back, the last one first, each after the one
 * before. Their ids follow from those that they take back: made by two people at once they are there once, and what is
 * there already is not made again.
 */
export function backoutTasks(tasks: readonly ChangeTask[]): readonly ChangeTask[] {
  const touched = inOrder(tasks).filter(
    ({ kind, state, backout }) =>
      kind === 'implementation' &&
      backout !== '' &&
      (state === 'done' || state === 'failed' || state === 'in_progress'),
  );
  // Of those that ended at once the later in their order is taken back first.
  const reversed = touched.toReversed().toSorted(byEnd);
  return reversed
    .map((task, at) => takingBack(task, reversed[at - 1]))
    .filter(({ id }) => !tasks.some((each) => each.id === id));
}

/** What is still going on comes first, then what ended last. */
function byEnd(one: ChangeTask, other: ChangeTask): number {
  const [first, second] = [one.endedAt ?? Infinity, other.endedAt ?? Infinity];
  return first === second ? 0 : first > second ? -1 : 1;
}

function takingBack(task: ChangeTask, before: ChangeTask | undefined): ChangeTask {
  return {
    id: backoutId(task.id),
    title: task.backout,
    kind: 'backout',
    owner: task.owner,
    team: task.team,
    after: before === undefined ? [] : [backoutId(before.id)],
    plannedMinutes: null,
    backout: '',
    state: 'pending',
    startedAt: null,
    endedAt: null,
    actualMinutes: null,
    reason: null,
  };
}

const PREFIX = 'back-';

function backoutId(id: string): string {
  return `${PREFIX}${id}`;
}

/** Ids that no task but one that takes another back may have. */
export function isBackoutId(id: string): boolean {
  return id.startsWith(PREFIX);
}
