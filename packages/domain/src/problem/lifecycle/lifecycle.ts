/** PROBLEM of A8. What ends as a duplicate goes on in another problem. */

export const PROBLEM_STATES = [
  'new',
  'assess',
  'rca',
  'fix_in_progress',
  'resolved',
  'closed',
  'duplicate',
  'risk_accepted',
  'cancelled',
] as const;

export type ProblemState = (typeof PROBLEM_STATES)[number];

export const PROBLEM_TRANSITIONS: Readonly<Record<ProblemState, readonly ProblemState[]>> = {
  new: ['assess', 'cancelled'],
  assess: ['rca', 'duplicate', 'cancelled'],
  rca: ['fix_in_progress', 'risk_accepted'],
  fix_in_progress: ['resolved', 'rca', 'risk_accepted'],
  resolved: ['closed', 'rca'],
  closed: ['rca'],
  duplicate: [],
  risk_accepted: ['rca'],
  cancelled: ['rca'],
};

/** States in which nobody works on the problem. */
export function isOver(state: ProblemState): boolean {
  return OVER.has(state);
}

const OVER: ReadonlySet<ProblemState> = new Set(['closed', 'duplicate', 'risk_accepted', 'cancelled']);

export function mayStep(from: ProblemState, to: ProblemState): boolean {
  return PROBLEM_TRANSITIONS[from].includes(to);
}

/** Taking up again what was over is for those who manage problems. */
export function isTakenUpAgain(from: ProblemState, to: ProblemState): boolean {
  return isOver(from) && to === 'rca';
}
