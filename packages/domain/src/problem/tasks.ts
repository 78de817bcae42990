/** The tasks of a problem (A3 row 2). What one finds is copied up: its cause among the factors, its fix where none stands. */
import { ok } from '../shared/index.ts';
import type { Directory } from '../shared/index.ts';
import { MAX_TITLE, cleanText } from '../shared/ticket/text.ts';
import type { ActOf, ProblemEvent } from './acts.ts';
import { canTakePart, firstOf, lastUnseen, no, overtaken, yes } from './case.ts';
import type { ProblemAnswer, ProblemCase } from './case.ts';
import { cleanWords, unfit } from './fields.ts';
import type { Checked } from './fields.ts';
import { TASK_KINDS } from './problem.ts';
import type { ProblemTask, TaskFields } from './problem.ts';

export const MAX_TASKS = 100;
const MAX_ID = 64;

export function decideAddTask(kase: ProblemCase, { task, fields }: ActOf<'add-task'>): ProblemAnswer {
  const { problem, context } = kase;
  if (task === '' || task.length > MAX_ID) return no('invalid-value', { field: 'task', value: task });
  if (problem.tasks.some(({ id }) => id === task)) return no('nothing-to-change', { field: 'tasks' });
  if (problem.tasks.length >= MAX_TASKS) return no('too-many', { field: 'tasks', most: MAX_TASKS });
  const cleaned = cleanTask(fields, context.directory);
  return cleaned.ok ? yes([{ type: 'task-added', task, fields: cleaned.value }]) : cleaned;
}

export function decideEditTask(kase: ProblemCase, act: ActOf<'edit-task'>): ProblemAnswer {
  const found = openTask(kase, act.task);
  if (!found.ok) return found;
  const cleaned = cleanTask(act.fields, kase.context.directory);
  if (!cleaned.ok) return cleaned;
  const fields = differing(found.value, cleaned.value);
  if (Object.keys(fields).length === 0) return no('nothing-to-change', { field: 'tasks' });
  const before = standing(found.value, fields);
  return yes([{ type: 'task-edited', task: act.task, fields, before }]);
}

export function decideFinishTask(kase: ProblemCase, act: ActOf<'finish-task'>): ProblemAnswer {
  const { task } = act;
  const same = lastUnseen(kase, 'task-finished', (event) => event.task === task);
  const words = { cause: optionalWords('cause', act.cause), fix: optionalWords('fix', act.fix) };
  if (!words.cause.ok) return words.cause;
  if (!words.fix.ok) return words.fix;
  const found = openTask(kase, task);
  if (!found.ok) return same !== undefined && !brings(words) ? overtaken(same) : found;
  const [cause, fix] = [words.cause.value, words.fix.value];
  const finished: ProblemEvent = { type: 'task-finished', task, title: found.value.title, cause, fix };
  const isFirst = fix !== null && kase.problem.fix === '';
  return yes(
    isFirst ? [finished, { type: 'problem-edited', fields: { fix }, before: { fix: '' } }] : [finished],
  );
}

export function decideDropTask(kase: ProblemCase, { task }: ActOf<'drop-task'>): ProblemAnswer {
  const found = openTask(kase, task);
  if (found.ok) return yes([{ type: 'task-dropped', task, title: found.value.title }]);
  const same = lastUnseen(kase, 'task-dropped', (event) => event.task === task);
  return same === undefined ? found : overtaken(same);
}

function brings({ cause, fix }: Readonly<Record<'cause' | 'fix', Checked<string | null>>>): boolean {
  return (cause.ok && cause.value !== null) || (fix.ok && fix.value !== null);
}

function openTask(kase: ProblemCase, wanted: string): Checked<ProblemTask> {
  const task = kase.problem.tasks.find(({ id }) => id === wanted);
  if (task === undefined) return no('no-such-task', { task: wanted });
  if (task.state === 'open') return ok(task);
  const ended =
    lastUnseen(kase, 'task-finished', (event) => event.task === wanted) ??
    lastUnseen(kase, 'task-dropped', (event) => event.task === wanted);
  return no('task-ended', { task: wanted, state: task.state, ...firstOf(ended) });
}

function cleanTask<Fields extends Partial<TaskFields>>(
  fields: Fields,
  directory: Pick<Directory, 'people'>,
): Checked<Fields> {
  const { kind, title, assignee } = fields;
  if (kind !== undefined && !TASK_KINDS.includes(kind)) return unfit('kind', kind);
  if (assignee != null && !canTakePart(directory, assignee))
    return no('unknown-person', { person: assignee });
  if (title === undefined) return ok(fields);
  const text = cleanText(title, MAX_TITLE);
  if (text !== null) return ok({ ...fields, title: text });
  return title.trim() === '' ? no('missing-field', { field: 'title' }) : unfit('title', title.length);
}

function optionalWords(field: string, given: string | undefined): Checked<string | null> {
  return (given ?? '').trim() === '' ? ok(null) : cleanWords(field, given);
}

/** The entries of `fields` that say something else than what stands. */
export function differing<Fields extends object>(state: Fields, fields: Partial<Fields>): Partial<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(state[field as keyof Fields]),
    ),
  ) as Partial<Fields>;
}

/** What stands where `fields` says something. */
export function standing<Fields extends object>(state: Fields, fields: Partial<Fields>): Partial<Fields> {
  return Object.fromEntries(
    Object.keys(fields).map((field) => [field, state[field as keyof Fields]]),
  ) as Partial<Fields>;
}
