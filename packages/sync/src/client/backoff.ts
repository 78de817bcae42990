/** Waits between attempts to reach the server, in ms. */
export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
}

export const DEFAULT_BACK_OFF: BackOff = { firstMs: 300, maxMs: 10_000 };

/**
 * The wait before attempt `failures + 1`: doubling up to the cap, and between half and all of that by chance,
 * so that a thousand clients of a restarted server do not come back in one instant.
 */
export function waitAfter(failures: number, { firstMs, maxMs }: BackOff, random: () => number): number {
  const ceiling = Math.min(maxMs, firstMs * 2 ** Math.min(failures, 20));
  return Math.round(ceiling * (0.5 + random() / 2));
}
