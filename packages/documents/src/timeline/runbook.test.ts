import { personId } from '@muster/domain/shared';
import type { Runbook } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { isUntouchedStep, openRunbook } from './runbook.ts';
import { addTask, changeTask, decodeTask, readTasks } from './task.ts';
import type { Task, TaskFacts } from './task.ts';
import { isNonconforming } from '../nonconforming.ts';
import { sharedText, writtenList } from './written-list.ts';

const ANA = { by: personId('ana'), at: 100 };
const BEN = { by: personId('ben'), at: 200 };
const LOOK = '01HZZZZZZZZZZZZZZZZZZZ0002';
const FIX = '01HZZZZZZZZZZZZZZZZZZZ0001';

const RUNBOOK: Runbook = {
  id: 'mail',
  version: 1,
  name: 'Mail is stuck',
  service: null,
  category: null,
  alert: null,
  steps: [
    { id: FIX, phase: 'fixing', words: 'Restart the relay', link: 'https://wiki.example.org/relay' },
    { id: LOOK, phase: 'triage', words: 'Look at the queue', link: null },
  ],
};

function meet(...docs: readonly Y.Doc[]): void {
  for (const from of docs) for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
}

function taskOf(doc: Y.Doc, id: string): Task {
  const task = readTasks(doc).tasks.find((one) => one.id === id);
  if (task === undefined) throw new Error(`no task ${id}`);
  return task;
}

const storedOf = (doc: Y.Doc, id: string): readonly unknown[] =>
  writtenList(doc, 'checklist')
    .toArray()
    .filter((value) => {
      const task = decodeTask('', value);
      return !isNonconforming(task) && task.id === id;
    });

const mark = (doc: Y.Doc, id: string, name: string, who: typeof ANA, set: Partial<TaskFacts>) =>
  changeTask(storedOf(doc, id)[0], { id: name, ...who, set }, undefined, taskOf(doc, id).marks);

describe('opening a runbook into a room', () => {
  test('[INC-92] its steps become tasks of its name and phases, and opening it again adds what is new', () => {
    const doc = new Y.Doc();
    expect(openRunbook(doc, RUNBOOK, ANA)).toEqual([LOOK, FIX]);
    expect(taskOf(doc, FIX)).toMatchObject({
      text: 'Restart the relay',
      done: false,
      origin: {
        runbook: 'mail',
        name: 'Mail is stuck',
        phase: 'fixing',
        place: 1,
        link: 'https://wiki.example.org/relay',
      },
    });
    mark(doc, LOOK, 'hide', ANA, { hidden: true });
    const longer = {
      ...RUNBOOK,
      steps: [...RUNBOOK.steps, { ...RUNBOOK.steps[1]!, id: `${LOOK.slice(0, -1)}3` }],
    };
    expect(openRunbook(doc, longer, BEN)).toHaveLength(1);
    expect(taskOf(doc, LOOK).hidden).toBe(true);
    expect(openRunbook(doc, longer, BEN)).toEqual([]);
  });

  test('[INC-92] two who open it apart have each step once, and read the same', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()];
    openRunbook(a, RUNBOOK, ANA);
    openRunbook(b, RUNBOOK, BEN);
    meet(a, b);
    expect(readTasks(a)).toEqual(readTasks(b));
    expect(readTasks(a).nonconforming).toEqual([]);
    expect(readTasks(a).tasks.map(({ id }) => id)).toEqual([FIX, LOOK]);
  });

  test('[INC-93] ticks on copies made apart are one task’s, and a later mark replaces both', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()];
    openRunbook(a, RUNBOOK, ANA);
    openRunbook(b, RUNBOOK, BEN);
    mark(a, LOOK, 'a', ANA, { done: true, evidence: 'It is empty' });
    mark(b, LOOK, 'b', BEN, { owner: BEN.by });
    mark(b, FIX, 'c', BEN, { done: true });
    meet(a, b);
    expect(taskOf(a, LOOK)).toMatchObject({ done: true, evidence: 'It is empty', owner: BEN.by });
    expect(taskOf(a, FIX)).toMatchObject({ done: true });
    expect(readTasks(a)).toEqual(readTasks(b));
    mark(a, LOOK, 'd', { ...ANA, at: 50 }, { done: false });
    mark(a, FIX, 'e', { ...ANA, at: 50 }, { done: false });
    meet(a, b);
    for (const doc of [a, b]) {
      expect(taskOf(doc, LOOK)).toMatchObject({ done: false, contested: [] });
      expect(taskOf(doc, FIX)).toMatchObject({ done: false, contested: [] });
    }
  });

  test('[INC-93] words that somebody changed go before words as they came', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()];
    openRunbook(a, RUNBOOK, ANA);
    openRunbook(b, RUNBOOK, BEN);
    for (const doc of [a, b]) {
      const [copy] = storedOf(doc, LOOK);
      if (doc === b) sharedText(copy)?.insert(17, ' of the relay');
    }
    meet(a, b);
    expect([a, b].map((doc) => taskOf(doc, LOOK).text)).toEqual(
      Array(2).fill('Look at the queue of the relay'),
    );
  });

  test('[INC-143] a step is taken back only while nobody ticked, took or reworded it', () => {
    const doc = new Y.Doc();
    openRunbook(doc, RUNBOOK, ANA);
    mark(doc, LOOK, 'hide', ANA, { hidden: true });
    expect([LOOK, FIX].map((id) => isUntouchedStep(taskOf(doc, id)))).toEqual([true, true]);
    mark(doc, LOOK, 'take', BEN, { owner: BEN.by });
    sharedText(storedOf(doc, FIX)[0])?.insert(0, 'First: ');
    expect([LOOK, FIX].map((id) => isUntouchedStep(taskOf(doc, id)))).toEqual([false, false]);
    addTask(doc, { id: `${LOOK.slice(0, -1)}9`, writtenAt: 1, by: BEN.by, text: 'of no runbook' });
    expect(isUntouchedStep(taskOf(doc, `${LOOK.slice(0, -1)}9`))).toBe(false);
  });

  test('[INC-45] a second task of an id that is no copy of the step is set aside', () => {
    const doc = new Y.Doc();
    openRunbook(doc, RUNBOOK, ANA);
    addTask(doc, { id: LOOK, writtenAt: 1, by: BEN.by, text: 'something else' });
    expect(readTasks(doc).tasks).toHaveLength(2);
    expect(readTasks(doc).nonconforming).toHaveLength(1);
  });
});
