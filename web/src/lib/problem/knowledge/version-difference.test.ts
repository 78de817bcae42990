import { expect, it } from 'vitest';
import { differenceOf } from './version-difference.ts';

it('[PRB-53] says of a text what stayed, went and came', () => {
  expect(differenceOf('Connect again now', 'Connect twice now')).toEqual([
    { kind: 'same', text: 'Connect ' },
    { kind: 'went', text: 'again ' },
    { kind: 'came', text: 'twice ' },
    { kind: 'same', text: 'now' },
  ]);
  expect(differenceOf('', '')).toEqual([]);
  expect(differenceOf('', 'New')).toEqual([{ kind: 'came', text: 'New' }]);
});
