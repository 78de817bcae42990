/** Whether a fix helped (A3 row 11). */
import type { Instant } from '../../shared/index.ts';

const DAY_MS = 86_400_000;

/** Before the fix and after it. */
export const EFFECT_DAYS = 30;

export interface FixEffect {
  readonly before: number;
  /** So far, where the days are not over. */
  readonly after: number;
  /** Days after the fix that are over, of 30. */
  readonly daysOver: number;
  /** Null until all days are over, and where nothing came before that could have become less. */
  readonly verdict: 'gone' | 'fewer' | 'as-before' | 'more' | null;
}

/** @param openings When the incidents of the problem were opened, in any order */
export function effectOf(fixedAt: Instant, openings: readonly Instant[], now: Instant): FixEffect {
  const span = EFFECT_DAYS * DAY_MS;
  const before = openings.filter((at) => at >= fixedAt - span && at < fixedAt).length;
  const after = openings.filter((at) => at >= fixedAt && at < fixedAt + span && at <= now).length;
  const daysOver = Math.max(0, Math.min(EFFECT_DAYS, Math.floor((now - fixedAt) / DAY_MS)));
  const isTooEarly = daysOver < EFFECT_DAYS;
  return { before, after, daysOver, verdict: isTooEarly || before === 0 ? null : verdictOf(before, after) };
}

function verdictOf(before: number, after: number): FixEffect['verdict'] {
  if (after === 0) return 'gone';
  if (after === before) return 'as-before';
  return after < before ? 'fewer' : 'more';
}
