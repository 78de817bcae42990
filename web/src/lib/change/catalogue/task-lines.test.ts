import type { TemplateTask } from '@muster/domain/change';
import { describe, expect, it } from 'vitest';
import { tasksOfLines } from './task-lines.ts';

const task = (id: string, title: string, after: readonly string[] = []): TemplateTask => ({
  id,
  title,
  kind: 'testing',
  owner: null,
  team: null,
  after,
  plannedMinutes: 5,
  backout: 'back',
});

describe('tasks of a standard change as lines', () => {
  let made = 0;
  const newId = () => `new-${(made += 1)}`;

  it('that nobody touched are the same tasks, whatever waits for what', () => {
    const before = [task('a', 'One'), task('b', 'Two')];
    expect(tasksOfLines('One\n Two \n\n', before, newId)).toBe(before);
  });

  it('keep what a line had, put new ones between, and wait for the line before', () => {
    const tasks = tasksOfLines('One\nNew\nTwo', [task('a', 'One'), task('b', 'Two', ['a'])], newId);
    expect(tasks.map(({ id, after }) => [id, after])).toEqual([
      ['a', []],
      ['new-1', ['a']],
      ['b', ['new-1']],
    ]);
    expect(tasks[2]).toMatchObject({ kind: 'testing', backout: 'back' });
  });

  it('with the same words twice stay two', () => {
    const tasks = tasksOfLines('Same\nSame\nMore', [task('a', 'Same'), task('b', 'Same')], newId);
    expect(tasks.map(({ id }) => id)).toEqual(['a', 'b', 'new-2']);
  });
});
