import { expect, it } from 'vitest';
import { Paced } from './paced.ts';

/** Keeps the event loop busy. */
function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

it('does all of it in order, and lets others have their turn in between', async () => {
  const paced = new Paced(5);
  const done: number[] = [];
  let turnsOfOthers = 0;
  const others = (): void => {
    turnsOfOthers += 1;
    if (done.length < 30) setImmediate(others);
  };
  setImmediate(others);
  for (let index = 0; index < 30; index += 1) {
    paced.run(() => {
      work(2);
      done.push(index);
    });
  }
  expect(done).toEqual([]);
  await expect.poll(() => done.length).toBe(30);
  expect(done).toEqual(Array.from({ length: 30 }, (_, index) => index));
  expect(turnsOfOthers).toBeGreaterThan(8);
});

it('takes what comes while it works after what was there', async () => {
  const paced = new Paced(1);
  const done: string[] = [];
  paced.run(() => {
    paced.run(() => done.push('later'));
    work(3);
    done.push('first');
  });
  paced.run(() => done.push('second'));
  await expect.poll(() => done).toEqual(['first', 'second', 'later']);
});
