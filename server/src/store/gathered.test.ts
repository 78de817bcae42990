import { expect, it } from 'vitest';
import { gathered } from './gathered.ts';

it('asks once for all of a turn, in their order, and gives each its own answer', async () => {
  const asked: (readonly number[])[] = [];
  const double = gathered(async (numbers: readonly number[]) => {
    asked.push(numbers);
    return numbers.map((number) => number * 2);
  }, 3);
  expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10]);
  expect(await double(6)).toBe(12);
  expect(asked).toEqual([[1, 2, 3], [4, 5], [6]]);
});

it('asks one question at a time, with all that came while the last was under way', async () => {
  const asked: (readonly string[])[] = [];
  const answers: (() => void)[] = [];
  const ask = gathered(async (words: readonly string[]) => {
    asked.push(words);
    await new Promise<void>((resolve) => answers.push(resolve));
    return words;
  }, 10);
  const first = ask('a');
  await expect.poll(() => asked).toEqual([['a']]);
  const later = [ask('b'), ask('c')];
  answers[0]?.();
  expect(await first).toBe('a');
  await expect.poll(() => asked).toEqual([['a'], ['b', 'c']]);
  answers[1]?.();
  expect(await Promise.all(later)).toEqual(['b', 'c']);
});

it('fails those who were asked for together, and nobody else', async () => {
  const ask = gathered(async (words: readonly string[]) => {
    if (words.includes('bad')) throw new Error('the disk is away');
    return words;
  }, 2);
  const settled = await Promise.allSettled(['bad', 'beside', 'good'].map(ask));
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  await expect(ask('later')).resolves.toBe('later');
});

it('does not leave anybody waiting when answers are missing', async () => {
  const ask = gathered(async (words: readonly string[]) => words.slice(1), 10);
  await expect(ask('one')).rejects.toThrow('1 asked, 0 answered');
});
