import { expect, it } from 'vitest';
import { KeptTexts } from './kept-texts.ts';

it('writes a text once for each state of an address, and again when that failed or others pushed it out', async () => {
  const texts = new KeptTexts(2);
  const written: string[] = [];
  const ask = (address: string, state: string) =>
    texts.textOf(address, state, () => {
      written.push(`${address} ${state}`);
      return state === 'broken'
        ? Promise.reject(new Error(state))
        : Promise.resolve(`${address} as of ${state}`);
    });
  expect(await Promise.all([ask('a', '1'), ask('a', '1')])).toEqual(['a as of 1', 'a as of 1']);
  expect(await ask('a', '2')).toBe('a as of 2');
  await ask('b', '1');
  expect(written).toEqual(['a 1', 'a 2', 'b 1']);
  for (let time = 0; time < 2; time += 1) await expect(ask('b', 'broken')).rejects.toThrow('broken');
  expect(written.slice(3)).toEqual(['b broken', 'b broken']);
  await ask('a', '2');
  expect(written).toHaveLength(5);
  await ask('b', '3');
  await ask('c', '1');
  await ask('a', '2');
  expect(written.slice(5)).toEqual(['b 3', 'c 1', 'a 2']);
});
