import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { personId } from '../../shared/index.ts';
import type { ChangeAct } from '../acts.ts';
import { BEGINS, HOUR, normal, refusedFor } from '../test-board.ts';
import type { ChangeBoard } from '../test-board.ts';
import { backoutTasks, isBackoutOffered } from './backout.ts';
import { findCycle, inOrder } from './graph.ts';
import { stageOfTask } from './task.ts';
import type { TaskFields, TaskState } from './task.ts';

const add = (task: string, given: Partial<TaskFields> = {}): ChangeAct => ({
  verb: 'add-task',
  task,
  fields: {
    title: task,
    kind: 'implementation',
    owner: null,
    team: null,
    after: [],
    plannedMinutes: 30,
    backout: `undo ${task}`,
    ...given,
  },
});
const move = (task: string, to: TaskState, given: object = {}): ChangeAct => ({
  verb: 'move-task',
  task,
  to,
  ...given,
});
const why = { reason: 'It broke' };

/** First a, then b and c beside each other, then d. */
function crew(): ChangeBoard {
  const board = normal('scheduled');
  board
    .do('ana', add('a'))
    .do('ana', add('b', { after: ['a'] }))
    .do('ana', add('c', { after: ['a'] }));
  board.do('ana', add('d', { after: ['b', 'c'] }));
  board.now = BEGINS;
  return board.do('ana', { verb: 'step', to: 'implement' });
}

const stages = (board: ChangeBoard): string =>
  board.it.tasks.map((task) => `${task.id} ${stageOfTask(task, board.it.tasks)}`).join(', ');

describe('tasks', () => {
  test('[CHG-43] each opens once all before it are done or skipped', () => {
    const board = crew();
    expect(stages(board)).toBe('a open, b pending, c pending, d pending');
    expect(board.run('ana', move('b', 'in_progress'))).toMatchObject(
      refusedFor('task-waits', { task: 'b', for: ['a'] }),
    );
    board.do('ana', move('a', 'done')).do('ana', move('b', 'in_progress'));
    expect(stages(board)).toBe('a done, b in_progress, c open, d pending');
    board.do('ana', move('b', 'done')).do('ana', move('c', 'skipped', why));
    expect(stages(board)).toBe('a done, b done, c skipped, d open');
    expect(board.run('ana', move('a', 'failed', why))).toMatchObject(
      refusedFor('no-such-task-step', { from: 'done', to: 'failed', allowed: [] }),
    );
  });

  test('[CHG-43] what failed holds the others back, and may be tried again', () => {
    const board = crew().do('ana', move('a', 'failed', why));
    expect(stages(board)).toBe('a failed, b pending, c pending, d pending');
    board.do('ana', move('a', 'in_progress')).do('ana', move('a', 'done'));
    expect(stages(board)).toBe('a done, b open, c open, d pending');
  });

  test('[CHG-44] a ring of tasks is refused, and so is a predecessor that is not there', () => {
    const board = crew();
    const edit = (task: string, after: readonly string[]): ChangeAct => ({
      verb: 'edit-task',
      task,
      fields: { after },
    });
    expect(board.run('ana', edit('a', ['d']))).toMatchObject(refusedFor('task-cycle'));
    expect(board.run('ana', edit('a', ['a']))).toMatchObject(refusedFor('task-cycle', { tasks: ['a', 'a'] }));
    expect(board.run('ana', add('e', { after: ['nothing'] }))).toMatchObject(
      refusedFor('no-such-task', { task: 'nothing' }),
    );
    expect(board.run('ana', edit('d', ['b'])).ok).toBe(true);
  });

  test('[CHG-44] a ring is found exactly where there is one', () => {
    const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 14 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const tasks = Array.from({ length: 8 }, (_, at) => ({
          id: String(at),
          after: pairs.filter(([task]) => task === at).map(([, before]) => String(before)),
        }));
        const ring = findCycle(tasks);
        for (const [at, id] of (ring ?? []).slice(0, -1).entries())
          expect(tasks.find((task) => task.id === id)?.after).toContain(ring?.[at + 1]);
        const order = inOrder(tasks).map(({ id }) => id);
        const isOrdered = tasks.every((task) =>
          task.after.every((before) => order.indexOf(before) < order.indexOf(task.id)),
        );
        expect(isOrdered).toBe(ring === null);
        expect(order).toHaveLength(8);
      }),
    );
  });

  test('[CHG-45] skipping and failing need a reason, and minutes are stated or those of the clock', () => {
    const board = crew();
    for (const to of ['skipped', 'failed'] as const)
      expect(board.run('ana', move('a', to))).toMatchObject(refusedFor('missing-field', { field: 'reason' }));
    board.do('ana', move('a', 'in_progress'));
    board.now += HOUR / 2;
    board.do('ana', move('a', 'done')).do('ana', move('b', 'done', { minutes: 7 }));
    expect(board.it.tasks.map(({ actualMinutes }) => actualMinutes)).toEqual([30, 7, null, null]);
    expect(board.run('ana', move('c', 'done', { minutes: -1 }))).toMatchObject(
      refusedFor('invalid-value', { field: 'minutes' }),
    );
  });

  test('[CHG-46] they are worked on when the model says so, and kept when others need them', () => {
    const board = normal('scheduled')
      .do('ana', add('a'))
      .do('ana', add('p', { kind: 'planning' }));
    expect(board.run('ana', move('a', 'in_progress'))).toMatchObject(
      refusedFor('task-not-now', { task: 'a', state: 'scheduled' }),
    );
    expect(board.run('ana', move('p', 'done')).ok).toBe(true);
    const later = crew();
    expect(later.run('ana', { verb: 'drop-task', task: 'a' })).toMatchObject(
      refusedFor('task-needed', { by: ['b', 'c'] }),
    );
    expect(later.run('ana', { verb: 'drop-task', task: 'd' }).ok).toBe(true);
    later.do('ana', move('a', 'in_progress'));
    const edit = (fields: Partial<TaskFields>): ChangeAct => ({ verb: 'edit-task', task: 'a', fields });
    expect(later.run('ana', edit({ title: 'x' }))).toMatchObject(
      refusedFor('task-begun', { state: 'in_progress' }),
    );
    expect(later.do('ana', edit({ owner: personId('bo') })).it.tasks[0]?.owner).toBe('bo');
  });

  test('[CHG-48] all have ended before the review, and its own before the end', () => {
    const board = crew().do('ana', add('r', { kind: 'review' }));
    const review: ChangeAct = { verb: 'step', to: 'review' };
    expect(board.run('ana', review)).toMatchObject(refusedFor('tasks-open', { tasks: ['a', 'b', 'c', 'd'] }));
    for (const task of ['a', 'b', 'c', 'd']) board.do('ana', move(task, 'done'));
    board.do('ana', review);
    expect(board.run('ana', { verb: 'close', result: 'successful' })).toMatchObject(
      refusedFor('tasks-open', { tasks: ['r'] }),
    );
    board.do('ana', move('r', 'done')).do('ana', { verb: 'close', result: 'successful' });
    expect(board.it.state).toBe('closed');
  });

  test('[CHG-49] of two who end a task the first stands', () => {
    const board = crew();
    const { version: seen } = board.it;
    board.do('ana', move('a', 'done'));
    expect(board.run('bo', move('a', 'done'), seen)).toMatchObject({
      value: { events: [], superseded: { by: { person: 'ana' } } },
    });
    expect(board.run('bo', move('a', 'failed', why), seen)).toMatchObject(
      refusedFor('task-moved', { task: 'a', state: 'done', by: 'ana' }),
    );
  });
});

describe('taking back', () => {
  /** a, b and c are done one after another, d failed. */
  function failed(): ChangeBoard {
    const board = crew();
    for (const task of ['a', 'c', 'b']) {
      board.now += HOUR;
      board.do('ana', move(task, 'done'));
    }
    board.now += HOUR;
    return board.do('ana', move('d', 'failed', why));
  }

  test('[CHG-47] what was done is offered in reverse order, each after the one before', () => {
    const board = failed();
    expect(isBackoutOffered(board.it.tasks)).toBe(true);
    expect(backoutTasks(board.it.tasks).map(({ id, title, after }) => [id, title, ...after])).toEqual([
      ['back-d', 'undo d'],
      ['back-b', 'undo b', 'back-d'],
      ['back-c', 'undo c', 'back-b'],
      ['back-a', 'undo a', 'back-c'],
    ]);
    expect(crew().run('ana', { verb: 'begin-backout' })).toMatchObject(refusedFor('no-backout'));
  });

  test('[CHG-47] what fails after it was begun is offered on top, and no other task takes its place', () => {
    const board = failed().do('ana', { verb: 'begin-backout' });
    expect(board.run('ana', add('back-e'))).toMatchObject(refusedFor('invalid-value', { field: 'task' }));
    board
      .do('ana', add('e'))
      .do('ana', add('own', { kind: 'backout' }))
      .do('ana', move('e', 'failed', why));
    expect(isBackoutOffered(board.it.tasks)).toBe(true);
    expect(backoutTasks(board.it.tasks).map(({ id }) => id)).toEqual(['back-e']);
  });

  test('[CHG-47] begun by two at once it is there once', () => {
    const board = failed();
    const { version: seen } = board.it;
    board.do('ana', { verb: 'begin-backout' });
    expect(board.run('bo', { verb: 'begin-backout' }, seen)).toMatchObject({
      value: { superseded: { by: { person: 'ana' } } },
    });
    expect(board.run('bo', { verb: 'begin-backout' })).toMatchObject(refusedFor('no-backout'));
    expect(board.it.tasks).toHaveLength(8);
    for (const task of ['d', 'b', 'c', 'a']) board.do('ana', move(`back-${task}`, 'done'));
    board.do('ana', { verb: 'step', to: 'review' }).do('ana', { verb: 'begin-review' });
    for (const to of ['in_review', 'reviewed'] as const) board.do('ana', { verb: 'move-review', to });
    expect(board.do('ana', { verb: 'close', result: 'backed_out' }).it.state).toBe('closed');
  });
});
