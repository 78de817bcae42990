/** Whether a week is like those before it. */

/** How many weeks before it a week is held against. */
export const BASELINE_WEEKS = 12;

/** Fewer weeks than this are no baseline. */
export const LEAST_WEEKS = 4;

/** How many standard deviations from the mean a week may lie. */
export const CONTROL_LIMIT = 3;

export interface Baseline {
  readonly mean: number;
  /** Of the weeks themselves, not of a sample of more: in incidents. */
  readonly deviation: number;
}

export interface ControlledWeek {
  readonly count: number;
  /** Of the weeks before it; null where there are too few. */
  readonly baseline: Baseline | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly isOut: boolean;
}

/** The mean and deviation of up to twelve counts, the newest last; null for fewer than four. */
export function baselineOf(counts: readonly number[]): Baseline | null {
  const weeks = counts.slice(-BASELINE_WEEKS);
  if (weeks.length < LEAST_WEEKS) return null;
  const mean = weeks.reduce((sum, count) => sum + count, 0) / weeks.length;
  const variance = weeks.reduce((sum, count) => sum + (count - mean) ** 2, 0) / weeks.length;
  return { mean, deviation: Math.sqrt(variance) };
}

/**
 * How many deviations a count lies above the mean. Where all weeks were alike one incident counts as the deviation, so
 * that the first one after quiet weeks is no alarm.
 */
export function scoreOf(count: number, { mean, deviation }: Baseline): number {
  return (count - mean) / Math.max(deviation, 1);
}

/** @param counts One for each week, in order, those without incidents too */
export function controlChart(counts: readonly number[]): readonly ControlledWeek[] {
  return counts.map((count, at) => {
    const baseline = baselineOf(counts.slice(0, at));
    if (baseline === null) return { count, baseline, lower: null, upper: null, isOut: false };
    const width = CONTROL_LIMIT * Math.max(baseline.deviation, 1);
    return {
      count,
      baseline,
      lower: Math.max(0, baseline.mean - width),
      upper: baseline.mean + width,
      isOut: Math.abs(scoreOf(count, baseline)) > CONTROL_LIMIT,
    };
  });
}
