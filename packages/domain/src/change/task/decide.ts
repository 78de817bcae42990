/** What may be done to the tasks of a change. Two who end a task at once: the first in server order stands. */
import { unreachable } from '../../shared/index.ts';
import type { Directory } from '../../shared/index.ts';
import { MAX_NOTE, MAX_TITLE, cleanText } from '../../shared/ticket/text.ts';
import type { ActOf, ChangeTaskAct } from '../acts.ts';
import { lastUnseen, no, superseded, tellReplaced, yes } from '../case.ts';
import type { ChangeAnswer, ChangeCase } from '../case.ts';
import { rulesOf } from '../model/model.ts';
import { backoutTasks, isBackoutId, isBackoutOffered } from './backout.ts';
import { findCycle } from './graph.ts';
import {
  MAX_TASKS,
  MAX_TASK_MINUTES,
  TASK_KINDS,
  TASK_STATES,
  TASK_STEPS,
  isEnded,
  openBefore,
  stageOfTask,
} from './task.ts';
import type { ChangeTask, TaskFields } from './task.ts';

const MAX_TASK_ID = 40;
const MINUTE_MS = 60_000;

export function decideTask(kase: ChangeCase, act: ChangeTaskAct): ChangeAnswer {
  if (act.verb === 'begin-backout') return decideBackout(kase);
  if (act.verb === 'add-task') return decideAdd(kase, act);
  const task = kase.change.tasks.find(({ id }) => id === act.task);
  if (task === undefined) return no('no-such-task', { task: act.task });
  switch (act.verb) {
    case 'edit-task':
      return decideEdit(kase, task, act);
    case 'drop-task':
      return decideDrop(kase, task);
    case 'move-task':
      return decideMove(kase, task, act);
    default:
      return unreachable(act);
  }
}

function decideAdd(
  { change, model, context }: ChangeCase,
  { task: id, fields }: ActOf<'add-task'>,
): ChangeAnswer {
  if (id === '' || id.length > MAX_TASK_ID || isBackoutId(id))
    return no('invalid-value', { field: 'task', value: id });
  if (change.tasks.some((each) => each.id === id)) return no('nothing-to-change', { field: 'task' });
  if (change.tasks.length >= MAX_TASKS) return no('invalid-value', { field: 'tasks', value: MAX_TASKS + 1 });
  if (isLocked(model.byTemplate, fields)) return no('content-locked', { what: 'plans', state: change.state });
  const fault = faultOf(fields, change.tasks, id, context.directory);
  if (fault !== null) return fault;
  return yes([{ type: 'task-added', task: { ...pendingTask(id), ...clean(fields) } }]);
}

function decideEdit(kase: ChangeCase, task: ChangeTask, { fields }: ActOf<'edit-task'>): ChangeAnswer {
  const { change, model, context } = kase;
  const changed = Object.fromEntries(
    Object.entries(clean({ ...task, ...fields })).filter(
      ([field, value]) =>
        Object.hasOwn(fields, field) &&
        JSON.stringify(value) !== JSON.stringify(task[field as keyof TaskFields]),
    ),
  ) as Partial<TaskFields>;
  if (Object.keys(changed).length === 0) return no('nothing-to-change', { field: null });
  const onlyWho = Object.keys(changed).every((field) => field === 'owner' || field === 'team');
  if (!onlyWho && task.state !== 'pending') return no('task-begun', { task: task.id, state: task.state });
  if (!onlyWho && isLocked(model.byTemplate, task))
    return no('content-locked', { what: 'plans', state: change.state });
  const fault = faultOf({ ...task, ...changed }, change.tasks, task.id, context.directory);
  if (fault !== null) return fault;
  const before = Object.fromEntries(
    Object.keys(changed).map((field) => [field, task[field as keyof TaskFields]]),
  );
  const theirs = lastUnseen(
    kase,
    'task-edited',
    (event) =>
      event.task === task.id && Object.keys(event.fields).some((field) => Object.hasOwn(changed, field)),
  );
  const tell = theirs === undefined ? [] : tellReplaced(kase, theirs.actor, 'task', before, changed);
  return yes([{ type: 'task-edited', task: task.id, fields: changed, before }], tell);
}

function decideDrop({ change, model }: ChangeCase, task: ChangeTask): ChangeAnswer {
  const by = change.tasks.filter(({ after }) => after.includes(task.id)).map(({ id }) => id);
  if (by.length > 0) return no('task-needed', { task: task.id, by });
  if (task.state !== 'pending') return no('task-begun', { task: task.id, state: task.state });
  if (isLocked(model.byTemplate, task)) return no('content-locked', { what: 'plans', state: change.state });
  return yes([{ type: 'task-dropped', task: task.id }]);
}

function decideMove(kase: ChangeCase, task: ChangeTask, act: ActOf<'move-task'>): ChangeAnswer {
  const { change, model, context } = kase;
  const { to } = act;
  if (!TASK_STATES.includes(to)) return no('invalid-value', { field: 'to', value: to });
  const theirs = lastUnseen(kase, 'task-moved', (event) => event.task === task.id);
  if (theirs !== undefined && task.state === to) return superseded(theirs);
  if (theirs !== undefined && isEnded(task))
    return no('task-moved', { task: task.id, state: task.state, by: theirs.actor, at: theirs.at });
  const stage = stageOfTask(task, change.tasks);
  const waitsFor = openBefore(task, change.tasks).map(({ id }) => id);
  if (stage === 'pending' && to !== 'skipped') return no('task-waits', { task: task.id, for: waitsFor });
  const allowed = TASK_STEPS[stage];
  if (!allowed.includes(to)) return no('no-such-task-step', { task: task.id, from: stage, to, allowed });
  if (!rulesOf(model, change.state).works.includes(task.kind) && to !== 'skipped')
    return no('task-not-now', { task: task.id, state: change.state });
  const reason = cleanText(act.reason, MAX_NOTE);
  if ((to === 'skipped' || to === 'failed') && reason === null)
    return no('missing-field', { field: 'reason' });
  const { minutes = clockMinutes(task, context.now) } = act;
  if (!isMinutes(minutes)) return no('invalid-value', { field: 'minutes', value: minutes });
  return yes([
    {
      type: 'task-moved',
      task: task.id,
      from: task.state,
      to,
      reason,
      minutes: isEnded({ state: to }) && to !== 'skipped' ? minutes : null,
    },
  ]);
}

function decideBackout(kase: ChangeCase): ChangeAnswer {
  const { change, model } = kase;
  const begun = lastUnseen(kase, 'backout-begun');
  if (begun !== undefined) return superseded(begun);
  if (!rulesOf(model, change.state).works.includes('backout') || !isBackoutOffered(change.tasks))
    return no('no-backout', {});
  return yes([{ type: 'backout-begun', tasks: backoutTasks(change.tasks) }]);
}

/** A template holds what is carried out; planning and what is learned are of the change itself. */
function isLocked(byTemplate: boolean, { kind }: Pick<TaskFields, 'kind'>): boolean {
  return byTemplate && (kind === 'implementation' || kind === 'testing');
}

function faultOf(
  fields: TaskFields,
  tasks: readonly ChangeTask[],
  id: string,
  directory: Directory,
): Extract<ChangeAnswer, { ok: false }> | null {
  const { title, kind, owner, team, after, plannedMinutes, backout } = fields;
  if (cleanText(title, MAX_TITLE) === null) return no('missing-field', { field: 'title' });
  if (!TASK_KINDS.includes(kind)) return no('invalid-value', { field: 'kind', value: kind });
  if (backout.length > MAX_NOTE) return no('invalid-value', { field: 'backout', value: backout.length });
  if (plannedMinutes !== null && !isMinutes(plannedMinutes))
    return no('invalid-value', { field: 'plannedMinutes', value: plannedMinutes });
  if (owner !== null && directory.people.get(owner)?.active !== true)
    return no('unknown-person', { person: owner });
  if (team !== null && !directory.teams.has(team)) return no('unknown-team', { team });
  const unknown = after.find((before) => before !== id && !tasks.some((each) => each.id === before));
  if (unknown !== undefined) return no('no-such-task', { task: unknown });
  const cycle = findCycle([...tasks.filter((each) => each.id !== id), { id, after }]);
  return cycle === null ? null : no('task-cycle', { tasks: cycle });
}

function clean({ title, kind, owner, team, after, plannedMinutes, backout }: TaskFields): TaskFields {
  return {
    title: title.trim(),
    kind,
    owner,
    team,
    after: [...new Set(after)],
    plannedMinutes,
    backout: backout.trim(),
  };
}

export function pendingTask(id: string): Omit<ChangeTask, keyof TaskFields> {
  return { id, state: 'pending', startedAt: null, endedAt: null, actualMinutes: null, reason: null };
}

function clockMinutes({ startedAt }: ChangeTask, now: number): number {
  if (startedAt === null) return 0;
  return Math.min(MAX_TASK_MINUTES, Math.max(0, Math.round((now - startedAt) / MINUTE_MS)));
}

function isMinutes(minutes: number): boolean {
  return Number.isSafeInteger(minutes) && minutes >= 0 && minutes <= MAX_TASK_MINUTES;
}
