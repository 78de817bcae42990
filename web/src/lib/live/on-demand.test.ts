import { expect, test } from 'vitest';
import { OnDemand } from './on-demand.ts';

test('a part is fetched once, however many ask, and again after it could not be fetched', async () => {
  let fetched = 0;
  const part = new OnDemand(() => {
    fetched += 1;
    return fetched === 1 ? Promise.reject(new Error('no network')) : Promise.resolve('here');
  });
  expect(part.isAsked).toBe(false);
  await expect(part.ask()).rejects.toThrow('no network');
  expect(part.isAsked).toBe(false);
  expect(await Promise.all([part.ask(), part.ask()])).toEqual(['here', 'here']);
  expect(part.part).toBe('here');
  expect(fetched).toBe(2);
});
