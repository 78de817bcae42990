import { expect, test } from 'vitest';
import { saysSame } from './same.ts';

test('values say the same whatever the order of their keys, and nothing else does', () => {
  expect(saysSame({ a: 1, b: [{ c: null, d: 'x' }] }, { b: [{ d: 'x', c: null }], a: 1 })).toBe(true);
  expect(saysSame({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  for (const [one, other] of [
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ a: undefined, b: 1 }, { a: 1 }],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], { 0: 1 }],
    [null, {}],
    [{ a: null }, {}],
  ])
    expect(saysSame(one, other), JSON.stringify([one, other])).toBe(false);
});
