import { expect, it } from 'vitest';
import { OwedSteps } from './owed-steps.ts';

it('[DSK-176] owes every step until it is taken, in order, however often the store fails', async () => {
  const owed = new OwedSteps();
  const taken: string[] = [];
  let isFull = true;
  const step = (name: string) => () => {
    if (isFull) return Promise.reject(new Error('the disk is full'));
    taken.push(name);
    return Promise.resolve();
  };
  for (const name of ['first', 'second']) await expect(owed.take(step(name))).rejects.toThrow('full');
  for (let times = 0; times < 2; times += 1) await expect(owed.settle()).rejects.toThrow('full');
  isFull = false;
  await Promise.all([owed.settle(), owed.settle()]);
  expect(taken).toEqual(['first', 'second']);
  await owed.settle();
  expect(taken).toHaveLength(2);
});
