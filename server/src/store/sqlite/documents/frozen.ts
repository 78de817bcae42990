/** The old epoch stays readable for this long after the next one began. */
export const FROZEN_READABLE_MS = 10 * 60 * 1000;
