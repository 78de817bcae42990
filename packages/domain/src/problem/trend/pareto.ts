/** Which few make most of it (A3 row 7). */

/** How much of all the vital few make. */
export const VITAL_SHARE = 0.8;

export interface Counted<Group> {
  readonly group: Group;
  readonly count: number;
}

export interface ParetoBar<Group> extends Counted<Group> {
  /** Of all, this one and those before it together; 0 to 1. */
  readonly cumulative: number;
  readonly isVital: boolean;
}

/** Bars, the most first; groups of the same count as given. What has no count has no bar. */
export function paretoOf<Group>(counts: readonly Counted<Group>[]): readonly ParetoBar<Group>[] {
  const bars = counts.filter(({ count }) => count > 0).toSorted((one, other) => other.count - one.count);
  const all = bars.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  return bars.map((bar) => {
    const isVital = before < VITAL_SHARE * all;
    before += bar.count;
    return { ...bar, cumulative: before / all, isVital };
  });
}
