import { describe, expect, it } from 'vitest';
import { ANNE, BERT } from '../../test-store.ts';
import { sittingsOf } from './sittings.ts';

type Row = readonly [person: string, at: number, recovered?: boolean];

const shapesOf = (...rows: readonly Row[]) =>
  sittingsOf(
    rows.map(([person, at, recovered = false], index) => ({ seq: index + 1, person, at, recovered })),
  ).map(({ person, updates, recovered }) => [person, updates, recovered]);

describe('sittings', () => {
  it('end where somebody else wrote in a pause, so that a restore after their words stands alone', () => {
    expect(shapesOf([ANNE, 0], [ANNE, 60_000], [BERT, 70_000], [ANNE, 80_000])).toEqual([
      [ANNE, 2, false],
      [BERT, 1, false],
      [ANNE, 1, false],
    ]);
  });

  it('of people who type at the same time are one each', () => {
    expect(shapesOf([ANNE, 0], [BERT, 100], [ANNE, 200], [BERT, 300])).toEqual([
      [ANNE, 2, false],
      [BERT, 2, false],
    ]);
  });

  it('[SYN-32] tell apart what a person brought back after a restore and what they wrote', () => {
    expect(shapesOf([ANNE, 0], [ANNE, 100, true], [ANNE, 200])).toEqual([
      [ANNE, 1, false],
      [ANNE, 1, true],
      [ANNE, 1, false],
    ]);
  });
});
