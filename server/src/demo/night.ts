/** The night of the demonstration's release, for the changes that it carries and for the release itself. */
const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;

/** It has gone on for an hour and a half, and begins on a quarter of an hour as what people plan does. */
export function nightOf(now: number): { readonly from: number; readonly to: number } {
  const from = now - (now % QUARTER) - 90 * MINUTE;
  return { from, to: from + 8 * HOUR };
}
