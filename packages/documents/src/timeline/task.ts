/** Tasks of a room: who does what until when. The words are written together; the rest are marks. */
import type { Instant, PersonId, RunbookPhase } from '@muster/domain/shared';
import { RUNBOOK_PHASES, isUlid } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { flag, flat, id, oneOf, optional, text, whole } from '../codec.ts';
import { isNonconforming, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';
import { decidingMark, decodeMarks, factOf, headsOf, marksOf, seenIds } from './marks.ts';
import type { Mark } from './marks.ts';
import { pushMark, pushThing, storedThing, writtenList } from './written-list.ts';

/** The step of a runbook that a task was made of, as it read then. */
export interface TaskOrigin {
  readonly runbook: string;
  readonly name: string;
  readonly phase: RunbookPhase;
  /** Its place in the runbook. */
  readonly place: number;
  readonly words: string;
  readonly link: string | null;
}

interface TaskHead {
  readonly id: string;
  readonly writtenAt: Instant;
  readonly by: PersonId;
  /** Null for a task that somebody thought of. */
  readonly origin: TaskOrigin | null;
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

export interface NewTask extends Omit<TaskHead, 'origin'> {
  readonly origin?: TaskOrigin;
  readonly text: string;
}

/** 2: what the task was made of, at the end. */
export const taskHead = versioned(
  2,
  flat<TaskHead>({
    id: id<string>(),
    writtenAt: whole,
    by: id<PersonId>(),
    origin: optional(
      flat<TaskOrigin>({
        runbook: id<string>(),
        name: text,
        phase: oneOf(RUNBOOK_PHASES),
        place: whole,
        words: text,
        link: optional(text),
      }),
    ),
  }),
  1,
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
  return taskOf(head, stored.text, decodeMarks(taskMark, path, stored.marks).marks);
}

function taskOf(head: TaskHead, words: string, marks: readonly Mark<TaskFacts>[]): Task {
  const ticks = headsOf(marks, 'done');
  const ticked = decidingMark(ticks, hasEvidence);
  return {
    ...head,
    text: words,
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

/** Whether two tasks of one id are copies of one step, made apart, and not a forgery. */
export function areCopies(a: Task, b: Task): boolean {
  return a.id === b.id && a.origin !== null && a.origin.runbook === b.origin?.runbook;
}

/** One task of its copies: with the marks of all, and the words that somebody changed before those as they came. */
export function mergeTasks(copies: readonly [Task, ...Task[]]): { readonly task: Task; readonly at: number } {
  const changed = copies.findIndex(({ text: words, origin }) => words !== origin?.words);
  const at = Math.max(changed, 0);
  const marks = new Map(copies.flatMap((copy) => copy.marks.map((mark) => [mark.id, mark] as const)));
  const [first] = copies;
  const { id: own, writtenAt, by, origin } = first;
  const words = copies[at]?.text ?? first.text;
  return { task: taskOf({ id: own, writtenAt, by, origin }, words, [...marks.values()]), at };
}

/** Tasks in the order they were written. */
export function readTaskList(values: Iterable<unknown>): {
  readonly tasks: readonly Task[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const tasks = new Map<string, [Task, ...Task[]]>();
  const nonconforming: Nonconforming[] = [];
  let index = 0;
  for (const value of values) {
    const path = `checklist.${index++}`;
    const task = decodeTask(path, value);
    if (isNonconforming(task)) nonconforming.push(task);
    else {
      const there = tasks.get(task.id);
      if (there === undefined) tasks.set(task.id, [task]);
      else if (areCopies(there[0], task)) there.push(task);
      else nonconforming.push({ nonconforming: true, path, reason: 'a task of this id is there' });
    }
  }
  const merged = Array.from(tasks.values(), (copies) => mergeTasks(copies).task);
  return { tasks: merged.sort((a, b) => (a.id < b.id ? -1 : 1)), nonconforming };
}

export function readTasks(doc: Y.Doc): ReturnType<typeof readTaskList> {
  return readTaskList(writtenList(doc, 'checklist'));
}

export function addTask(doc: Y.Doc, { text: words, ...head }: NewTask, origin?: unknown): void {
  pushThing(doc, 'checklist', taskHead.encode({ ...head, origin: head.origin ?? null }), words, origin);
}

/** Changes facts of a living task; `known` are the marks of all its copies, where it has some. */
export function changeTask(
  value: unknown,
  mark: Pick<Mark<TaskFacts>, 'id' | 'by' | 'at' | 'set'>,
  origin?: unknown,
  known?: readonly Mark<TaskFacts>[],
): void {
  const task = decodeTask('', value);
  if (isNonconforming(task)) return;
  pushMark(value, taskMark.encode({ ...mark, after: seenIds(known ?? task.marks, mark.set) }), origin);
}
