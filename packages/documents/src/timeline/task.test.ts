import { personId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readRoomText } from '../room.ts';
import { addTask, changeTask, readTasks } from './task.ts';
import type { TaskFacts } from './task.ts';
import { writtenList } from './written-list.ts';

const ANA = personId('ana');
const BEN = personId('ben');
const TASK = '01HZZZZZZZZZZZZZZZZZZZ0001';

const set = (doc: Y.Doc, id: string, by: typeof ANA, at: number, facts: Partial<TaskFacts>) =>
  changeTask(writtenList(doc, 'checklist').get(0), { id, by, at, set: facts });

/** What two people read who changed one task apart, after they have met. */
function apart(one: Partial<TaskFacts>, two: Partial<TaskFacts>) {
  const [a, b] = [new Y.Doc(), new Y.Doc()];
  addTask(a, { id: TASK, writtenAt: 1, by: ANA, text: 'restart the spooler' });
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
  set(a, 'a', ANA, 100, one);
  set(b, 'b', BEN, 200, two);
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
  const read = [a, b].map((doc) => readTasks(doc).tasks[0]);
  expect(read[0]).toEqual(read[1]);
  return read[0];
}

describe('tasks of a room', () => {
  test('[INC-47] a task has words, an owner, a time and a tick with evidence', () => {
    const doc = new Y.Doc();
    addTask(doc, { id: TASK, writtenAt: 1, by: ANA, text: 'restart the spooler' });
    set(doc, 'a', ANA, 2, { owner: BEN, dueAt: 90 });
    set(doc, 'b', BEN, 3, { done: true, evidence: 'queue is empty' });
    expect(readTasks(doc).tasks).toMatchObject([
      {
        text: 'restart the spooler',
        owner: BEN,
        dueAt: 90,
        done: true,
        evidence: 'queue is empty',
        contested: [],
      },
    ]);
    set(doc, 'c', ANA, 4, { owner: null });
    expect(readTasks(doc).tasks).toMatchObject([{ owner: null, dueAt: 90, done: true }]);
    expect(readRoomText(doc)).toBe('restart the spooler\nqueue is empty');
  });

  test('[INC-48] a tick with evidence stays against an untick made apart, and both are told', () => {
    const task = apart({ done: true, evidence: 'queue is empty' }, { done: false });
    expect(task).toMatchObject({ done: true, evidence: 'queue is empty', ticked: { by: ANA } });
    expect(task?.contested).toMatchObject([{ by: BEN, set: { done: false } }]);
  });

  test('[INC-48] without evidence the later of a tick and an untick made apart holds, and both are told', () => {
    const task = apart({ done: true, evidence: ' ' }, { done: false });
    expect(task).toMatchObject({ done: false, ticked: { by: BEN } });
    expect(task?.contested).toMatchObject([{ by: ANA, set: { done: true } }]);
  });

  test('[INC-48] an untick that knew of the tick takes it back, evidence or not', () => {
    const doc = new Y.Doc();
    addTask(doc, { id: TASK, writtenAt: 1, by: ANA, text: 'restart the spooler' });
    set(doc, 'a', ANA, 500, { done: true, evidence: 'queue is empty' });
    set(doc, 'b', BEN, 100, { done: false });
    expect(readTasks(doc).tasks).toMatchObject([{ done: false, contested: [] }]);
  });

  test('[INC-45] what is no task is counted, and the rest is read', () => {
    const doc = new Y.Doc();
    writtenList(doc, 'checklist').push(['restart', new Y.Text('restart'), new Y.Map()]);
    addTask(doc, { id: TASK, writtenAt: 1, by: ANA, text: 'restart the spooler' });
    const { tasks, nonconforming } = readTasks(doc);
    expect([tasks.length, nonconforming.length]).toEqual([1, 3]);
  });
});
