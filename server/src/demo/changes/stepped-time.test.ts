import { expect, it } from 'vitest';
import { SteppedTime } from './stepped-time.ts';

it('lets every life go on up to a moment, and none past it', async () => {
  const time = new SteppedTime();
  const done: string[] = [];
  const life = (name: string, acts: readonly number[]) =>
    time.play(name, async (until) => {
      for (const at of acts) {
        await until(at);
        done.push(`${name} ${at}`);
      }
    });
  const lives = [life('one', [1, 3]), life('other', [2, 1, 2, 4])];
  await time.reach(0);
  expect(done).toEqual([]);
  await time.reach(2);
  // what lies behind waits for nothing
  expect(done.toSorted()).toEqual(['one 1', 'other 1', 'other 2', 'other 2']);
  await time.reach(3);
  expect(done.at(-1)).toBe('one 3');
  await time.reach(Infinity);
  await Promise.all(lives);
  expect(done.at(-1)).toBe('other 4');
});

it('lets the acts of lives that share a lane happen in their order, however long each takes', async () => {
  const time = new SteppedTime();
  const done: number[] = [];
  const life = (acts: readonly number[]) =>
    time.play('lane', async (until) => {
      for (const at of acts) {
        await until(at);
        for (let turns = 10 - at; turns > 0; turns -= 1) await Promise.resolve();
        done.push(at);
      }
    });
  const lives = [life([1, 5, 6]), life([2, 3, 7]), life([4])];
  await time.reach(3);
  expect(done).toEqual([1, 2, 3]);
  await time.reach(Infinity);
  await Promise.all(lives);
  expect(done).toEqual([1, 2, 3, 4, 5, 6, 7]);
});
