/** What a call does next: derived from its chain and from what it did, never counted. */
import type { Instant } from '../instant.ts';
import { isCalling } from './call.ts';
import type { Call } from './call.ts';

const MINUTE_MS = 60_000;

export interface NextInCall {
  readonly round: number;
  /** The step that calls next; the number of steps when the chain is used up then. */
  readonly step: number;
  readonly at: Instant;
}

/**
 * The next step that calls somebody, or the end of the chain, and when; null once the call is over. Waits count from
 * the step before them; those behind steps that reached nobody are left out, for nobody could answer meanwhile. A
 * round that reached nobody is not repeated.
 */
export function nextInCall(call: Call): NextInCall | null {
  if (!isCalling(call)) return null;
  const { steps, repeats, taken } = call;
  const last = taken.at(-1);
  const passesWaits = last !== undefined && !reachedBeforeWait(call);
  let at = last?.at ?? call.at;
  let round = last?.round ?? 0;
  let step = last === undefined ? 0 : last.step + 1;
  for (;;) {
    const next = steps[step];
    if (next === undefined) {
      const reached = taken.some((each) => each.round === round && each.people.length > 0);
      if (round >= repeats || !reached) return { round, step: steps.length, at };
      round += 1;
      step = 0;
    } else if (next.kind === 'wait') {
      if (!passesWaits) at += next.minutes * MINUTE_MS;
      step += 1;
    } else return { round, step, at };
  }
}

/** Whether the steps since the last wait reached anybody. */
function reachedBeforeWait(call: Call): boolean {
  return stepsSinceWait(call).some(({ people }) => people.length > 0);
}

/** The steps that were taken one at once after the other, up to the last. */
export function stepsSinceWait({ steps, taken }: Call): Call['taken'] {
  const last = taken.at(-1);
  if (last === undefined) return [];
  const wait = steps.findLastIndex(({ kind }, index) => kind === 'wait' && index < last.step);
  return taken.filter(({ round, step }) => round === last.round && step > wait);
}

/** Whether the call is at its last words: nothing but its end comes next. */
export function isLastInCall({ steps }: Pick<Call, 'steps'>, next: NextInCall): boolean {
  return next.step >= steps.length;
}
