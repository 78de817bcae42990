import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { BoundaryError } from '../boundary-error.ts';
import { GROUP_LIMITS, GroupCommit } from './group-commit.ts';
import type { Job } from './group-commit.ts';
import { Statements } from './statements.ts';

/** A group commit over a table of numbers, with what it did in order. */
function openCommits() {
  const connection = new Sqlite(':memory:');
  connection.exec(
    'create table instance (commits integer); insert into instance values (0); create table kept (value integer)',
  );
  const statements = new Statements(connection);
  const order: string[] = [];
  const disk: string[] = [];
  const commits = new GroupCommit(statements, {
    ...GROUP_LIMITS,
    onCommit: () => void order.push('commit'),
    onAnswered: () => void order.push('answered'),
    onDisk: (failure) => void disk.push(failure?.code ?? 'well'),
  });
  const keep = (value: number, run: Job['run'] = () => undefined, bytes = 1): void =>
    commits.enqueue({
      bytes,
      run: (unit) => {
        statements.prepare('insert into kept values (?)').run(value);
        return run(unit);
      },
      answer: () => void order.push(`${value}`),
      fail: (error) => void order.push(`${value} ${error instanceof Error ? error.message : ''}`),
    });
  const kept = (): readonly number[] =>
    connection.prepare('select value from kept').pluck().all() as number[];
  return { commits, keep, kept, order, disk, connection };
}

describe('group commit', () => {
  it('commits what queued together once and answers in order after the commit', async () => {
    const { commits, keep, order, kept } = openCommits();
    for (const value of [1, 2, 3]) keep(value);
    await commits.idle();
    expect(order).toEqual(['commit', '1', '2', '3', 'answered']);
    expect(kept()).toEqual([1, 2, 3]);
  });

  it('costs no commit when a group only read', async () => {
    const { commits, keep, order, connection } = openCommits();
    const value = {
      bytes: 1,
      run: () => 7,
      answer: (told: unknown) => void order.push(`read ${String(told)}`),
    };
    commits.enqueue({ ...value, fail: () => undefined });
    await commits.idle();
    expect(order).toEqual(['read 7', 'answered']);
    keep(1);
    await commits.idle();
    expect(connection.prepare('select commits from instance').pluck().get()).toBe(1);
  });

  it('takes what came during a commit into the next one', async () => {
    const { commits, keep, order } = openCommits();
    keep(1, async () => {
      keep(2);
      keep(3);
      await new Promise((resolve) => setImmediate(resolve));
    });
    await commits.idle();
    expect(order).toEqual(['commit', '1', 'answered', 'commit', '2', '3', 'answered']);
  });

  it('ends a group at its limits of jobs and of bytes', async () => {
    const { commits, keep, order } = openCommits();
    for (let value = 0; value < GROUP_LIMITS.maxJobs + 1; value += 1) keep(value);
    await commits.idle();
    expect(order.filter((each) => each === 'commit').length).toBe(2);
    order.length = 0;
    for (let value = 0; value < 3; value += 1) keep(value, undefined, GROUP_LIMITS.maxBytes / 2);
    await commits.idle();
    expect(order.filter((each) => each === 'commit').length).toBe(2);
  });

  it('takes back one job that fails, its memory too, and commits the others', async () => {
    const { commits, keep, kept, order } = openCommits();
    const memory: string[] = [];
    keep(1);
    keep(2, (unit) => {
      memory.push('changed');
      unit.onUndo(() => memory.pop());
      unit.updates.push({ name: 'board', seq: 1, update: new Uint8Array() });
      throw new Error('no');
    });
    keep(3, (unit) => expect(unit.updates).toEqual([]));
    await commits.idle();
    expect(kept()).toEqual([1, 3]);
    expect(memory).toEqual([]);
    expect(order).toEqual(['commit', '1', '2 no', '3', 'answered']);
  });

  it('fails the whole group when the disk does, says so once, and says when it is well again', async () => {
    const { commits, keep, kept, order, disk } = openCommits();
    keep(1);
    keep(2, () => {
      throw new BoundaryError('store/disk-full');
    });
    keep(3);
    await commits.idle();
    expect(kept()).toEqual([]);
    expect(order.every((each) => each === 'answered' || each.includes('full'))).toBe(true);
    keep(4);
    await commits.idle();
    expect(kept()).toEqual([4]);
    expect(disk).toEqual(['store/disk-full', 'well']);
  });
});
