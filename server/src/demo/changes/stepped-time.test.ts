import { expect, it } from 'vitest';
import { SteppedTime } from './stepped-time.ts';

it('lets every life go on up to a moment, and none past it', async () => {
  const time = new SteppedTime();
  const done: string[] = [];
  const life = (name: string, acts: readonly number[]) =>
    time.play(async () => {
      for (const at of acts) {
        await time.until(at);
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
