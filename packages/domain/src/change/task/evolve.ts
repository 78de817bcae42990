import type { Instant } from '../../shared/index.ts';
import type { ChangeTaskEvent } from '../events.ts';
import { isEnded } from './task.ts';
import type { ChangeTask } from './task.ts';

export function evolveTasks(
  tasks: readonly ChangeTask[],
  event: ChangeTaskEvent,
  at: Instant,
): readonly ChangeTask[] {
  switch (event.type) {
    case 'task-added':
      return [...tasks, event.task];
    case 'task-edited':
      return tasks.map((task) => (task.id === event.task ? { ...task, ...event.fields } : task));
    case 'task-dropped':
      return tasks.filter(({ id }) => id !== event.task);
    case 'task-moved':
      return tasks.map((task) => (task.id === event.task ? moved(task, event, at) : task));
    case 'backout-begun':
      return [...tasks, ...event.tasks];
  }
}

function moved(
  task: ChangeTask,
  { to, reason, minutes }: Extract<ChangeTaskEvent, { type: 'task-moved' }>,
  at: Instant,
): ChangeTask {
  const ended = isEnded({ state: to });
  return {
    ...task,
    state: to,
    reason,
    startedAt: to === 'in_progress' ? at : (task.startedAt ?? (to === 'skipped' ? null : at)),
    endedAt: ended ? at : null,
    actualMinutes: ended ? minutes : null,
  };
}
