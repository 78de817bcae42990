/** Tasks of a room: who does what until when. The words are written together; the rest are marks. */
import type { Instant, PersonId } from '@muster/domain/shared';
import { isUlid } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { flag, flat, id, optional, text, whole } from '../codec.ts';
import { isNonconforming, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';
import { decidingMark, decodeMarks, factOf, headsOf, marksOf, seenIds } from './marks.ts';
import type { Mark } from './marks.ts';
import { pushMark, pushThing, storedThing, writtenList } from './written-list.ts';

interface TaskHead {
  readonly id: string;
  readonly writtenAt: Instant;
  readonly by: PersonId;
}

/** What of a task may change besides its words. */
export interface TaskFacts {
  readonly owner: PersonId | null;
  readonly dueAt: Instant | null;
  readonly done: boolean;
  /** What shows that it is done; comes with a tick. */
  readonly evidence: string;
  readonly hidden: boolean;
}

export interface Task extends TaskHead, TaskFacts {
  readonly text: string;
  /** The tick or untick that decides; null for a task that nobody touched. */
  readonly ticked: Mark<TaskFacts> | null;
  /** What others said of it at the same time, not knowing of each other, and that did not decide. */
  readonly contested: readonly Mark<TaskFacts>[];
  readonly marks: readonly Mark<TaskFacts>[];
}

export interface NewTask extends TaskHead {
  readonly text: string;
}

export const taskHead = versioned(
  1,
  flat<TaskHead>({ id: id<string>(), writtenAt: whole, by: id<PersonId>() }),
);

export const taskMark = marksOf<TaskFacts>({
  owner: optional(id<PersonId>()),
  dueAt: optional(whole),
  done: flag,
  evidence: text,
  hidden: flag,
});

/** A tick and an untick that did not know of each other: the tick stays when it has evidence, else the later one. */
const hasEvidence = ({ set }: Mark<TaskFacts>): boolean =>
  set.done === true && (set.evidence ?? '').trim() !== '';

/** A task from a living list or from a replay. */
export function decodeTask(path: string, value: unknown): Task | Nonconforming {
  const stored = storedThing(value);
  if (stored === null) return { nonconforming: true, path, reason: 'expected a task' };
  const head = taskHead.decode(`${path}.head`, stored.head);
  if (isNonconforming(head)) return head;
  if (!isUlid(head.id)) return { nonconforming: true, path, reason: 'expected an id' };
  const { marks } = decodeMarks(taskMark, path, stored.marks);
  const ticks = headsOf(marks, 'done');
  const ticked = decidingMark(ticks, hasEvidence);
  return {
    ...head,
    text: stored.text,
    owner: factOf(marks, 'owner', null),
    dueAt: factOf(marks, 'dueAt', null),
    done: ticked?.set.done ?? false,
    evidence: ticked?.set.evidence ?? '',
    hidden: factOf(marks, 'hidden', false),
    ticked,
    contested: ticks.filter((tick) => tick.set.done !== ticked?.set.done),
    marks,
  };
}

/** Tasks in the order they were written. */
export function readTaskList(values: Iterable<unknown>): {
  readonly tasks: readonly Task[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const tasks = new Map<string, Task>();
  const nonconforming: Nonconforming[] = [];
  let index = 0;
  for (const value of values) {
    const path = `checklist.${index++}`;
    const task = decodeTask(path, value);
    if (isNonconforming(task)) nonconforming.push(task);
    else if (tasks.has(task.id)) {
      nonconforming.push({ nonconforming: true, path, reason: 'a task of this id is there' });
    } else tasks.set(task.id, task);
  }
  return { tasks: [...tasks.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), nonconforming };
}

export function readTasks(doc: Y.Doc): ReturnType<typeof readTaskList> {
  return readTaskList(writtenList(doc, 'checklist'));
}

export function addTask(doc: Y.Doc, { text: words, ...head }: NewTask, origin?: unknown): void {
  pushThing(doc, 'checklist', taskHead.encode(head), words, origin);
}

/** Changes facts of a living task. */
export function changeTask(
  value: unknown,
  mark: Pick<Mark<TaskFacts>, 'id' | 'by' | 'at' | 'set'>,
  origin?: unknown,
): void {
  const task = decodeTask('', value);
  if (isNonconforming(task)) return;
  pushMark(value, taskMark.encode({ ...mark, after: seenIds(task.marks, mark.set) }), origin);
}
