import { describe, expect, it } from 'vitest';
import { PROBLEM_STATES, isOver, isTakenUpAgain, mayStep } from './lifecycle.ts';

describe('the life of a problem', () => {
  it('[PRB-1] ends in four ways, of which all but the duplicate may be taken up again', () => {
    const over = PROBLEM_STATES.filter(isOver);
    expect(over).toEqual(['closed', 'duplicate', 'risk_accepted', 'cancelled']);
    expect(over.filter((state) => PROBLEM_STATES.some((to) => mayStep(state, to)))).toEqual([
      ...['closed', 'risk_accepted', 'cancelled'],
    ]);
    expect(over.filter((state) => mayStep(state, 'rca')).every((state) => isTakenUpAgain(state, 'rca'))).toBe(
      true,
    );
    expect(isTakenUpAgain('fix_in_progress', 'rca')).toBe(false);
  });

  it('[PRB-1] goes by assessment, and accepts a risk only once it was analysed', () => {
    expect(PROBLEM_STATES.filter((to) => mayStep('new', to))).toEqual(['assess', 'cancelled']);
    expect(PROBLEM_STATES.filter((from) => mayStep(from, 'risk_accepted'))).toEqual([
      'rca',
      'fix_in_progress',
    ]);
    expect(PROBLEM_STATES.filter((from) => mayStep(from, 'duplicate'))).toEqual(['assess']);
  });
});
