import { expect, test } from 'vitest';
import { freeCorner } from './free-corner.ts';

const frame = { width: 1000, height: 600 };
const small = { width: 220, height: 170 };
const at = (left: number, top: number) => ({ left, top, width: 150, height: 36 });

test('the small map stands below on the right where nothing lies there', () => {
  expect(freeCorner([], frame, small)).toBe('bottom-right');
  expect(freeCorner([at(0, 0), at(850, 0), at(1_200, 550)], frame, small)).toBe('bottom-right');
});

test('the small map goes where it lies over the fewest nodes', () => {
  expect(freeCorner([at(700, 500)], frame, small)).toBe('top-right');
  expect(freeCorner([at(850, 450), at(850, 550), at(850, 20), at(0, 20), at(0, 70)], frame, small)).toBe(
    'top-right',
  );
  expect(freeCorner([at(850, 450), at(850, 20)], frame, small)).toBe('top-left');
});
