import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

it('writes equal values as equal text, whatever the order of their keys', () => {
  const one = { b: [{ y: 1, x: undefined }, 'é'], a: null };
  const other = { a: null, b: [{ y: 1 }, 'é'] };
  expect(canonicalJson(one)).toBe(canonicalJson(other));
  expect(canonicalJson(one)).toBe('{"a":null,"b":[{"y":1},"é"]}');
  expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
});
