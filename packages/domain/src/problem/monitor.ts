/**
 * Inactivity monitors: a problem has no service level, it must not be forgotten (A3). Its owner is told when nothing
 * has happened for too long, and when an accepted risk is to be looked at again.
 */
import type { Instant, Priority } from '../shared/index.ts';
import { no, yes } from './case.ts';
import type { ProblemAnswer, ProblemCase } from './case.ts';
import { isOver } from './lifecycle/lifecycle.ts';
import type { Problem } from './problem.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** After how many days without an event its owner is told, by priority. */
export type InactivityRules = Readonly<Record<Priority, number>>;

export const DEFAULT_INACTIVITY: InactivityRules = { 1: 2, 2: 4, 3: 7, 4: 14, 5: 30 };

export interface DueReminder {
  readonly of: 'quiet' | 'risk';
  /** Since when nothing has happened, or when the risk was to be looked at. */
  readonly since: Instant;
  readonly dueAt: Instant;
}

type Watched = Pick<Problem, 'state' | 'priority' | 'activeAt' | 'remindedAt' | 'risk'>;

/** The next reminder, due or not; null where nothing is waited for. Quiet ones come again, a risk's comes once. */
export function nextReminder(
  { state, priority, activeAt, remindedAt, risk }: Watched,
  rules: InactivityRules = DEFAULT_INACTIVITY,
): DueReminder | null {
  if (state === 'risk_accepted')
    return risk === null || remindedAt !== null
      ? null
      : { of: 'risk', since: risk.reviewAt, dueAt: risk.reviewAt };
  if (isOver(state)) return null;
  return { of: 'quiet', since: activeAt, dueAt: (remindedAt ?? activeAt) + rules[priority] * DAY_MS };
}

/** The reminder that is due at `now`. */
export function dueReminder(
  problem: Watched,
  now: Instant,
  rules: InactivityRules = DEFAULT_INACTIVITY,
): DueReminder | null {
  const next = nextReminder(problem, rules);
  return next !== null && next.dueAt <= now ? next : null;
}

export function decideRemind({ problem, context }: ProblemCase): ProblemAnswer {
  const due = dueReminder(problem, context.now);
  return due === null
    ? no('no-reminder', { problem: problem.id })
    : yes([{ type: 'reminded', of: due.of, since: due.since }]);
}
