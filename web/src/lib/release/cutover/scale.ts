/** Where instants stand on the plot of a cut-over. */
import type { Instant } from '@muster/domain/shared';

const MINUTE = 60_000;
/** Minutes between two marks of the axis, the finest that leaves them apart. */
const STEPS = [5, 10, 15, 30, 60, 120, 240, 360, 720, 1_440].map((minutes) => minutes * MINUTE);

export interface Scale {
  readonly from: Instant;
  readonly to: Instant;
  /** Round instants of the day within it. */
  readonly marks: readonly Instant[];
  /** 0 to 1 from left to right. */
  at(instant: Instant): number;
}

/** `most` is how many marks there is room for. */
export function scaleOf(instants: readonly Instant[], most: number): Scale {
  const from = Math.min(...instants);
  const to = Math.max(...instants, from + MINUTE);
  const length = to - from;
  const step = STEPS.find((each) => length / each <= most) ?? STEPS.at(-1) ?? MINUTE;
  // days and hours of whoever looks
  const zone = new Date(from).getTimezoneOffset() * MINUTE;
  const marks: Instant[] = [];
  for (let mark = Math.ceil((from - zone) / step) * step + zone; mark <= to; mark += step) marks.push(mark);
  return { from, to, marks, at: (instant) => (instant - from) / length };
}
