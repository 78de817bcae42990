import type { Recorded } from '../decider.ts';
import type { Instant } from '../instant.ts';
import { TERMINAL_STATES } from './lifecycle.ts';

/** How far back an act made offline may date itself for a contractual clock (A0.4). */
export const OFFLINE_TOLERANCE_MS = 24 * 60 * 60 * 1000;

/** When an act counts for a clock: when it was done, if the server heard of it within the tolerance. */
export function effectiveAt(recorded: Recorded<unknown>, notBefore: Instant): Instant {
  const claimed = Math.max(recorded.clientAt, recorded.at - OFFLINE_TOLERANCE_MS);
  return Math.max(notBefore, Math.min(claimed, recorded.at));
}

/** Whether the resolution clock runs in a state. */
export function runsIn(state: string): boolean {
  return state !== 'on_hold' && state !== 'resolved' && !TERMINAL_STATES.has(state);
}

/** Adds the mark that starts or stops the clock, if it is not so already. Marks never go backwards. */
export function markClock(clock: readonly Instant[], runs: boolean, at: Instant): readonly Instant[] {
  const running = clock.length % 2 === 1;
  if (running === runs) return clock;
  return [...clock, Math.max(at, clock.at(-1) ?? at)];
}
