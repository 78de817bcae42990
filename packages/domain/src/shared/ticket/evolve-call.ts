import type { Recorded } from '../decider.ts';
import type { PersonId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import { isCalling } from './call.ts';
import type { Call, CallEvent, CallState } from './call.ts';
import { effectiveAt } from './clock-marks.ts';

type CallRecorded = Omit<Recorded<unknown>, 'event'> & { readonly event: CallEvent };

/** Folds what happened to the calls of a ticket. Total, like the fold of the ticket. */
export function evolveCalls(before: readonly Call[], recorded: CallRecorded): readonly Call[] {
  const { event, actor, at, version } = recorded;
  if (event.type !== 'call-begun') {
    return before.map((call) => (call.team === event.team ? evolveCall(call, { ...recorded, event }) : call));
  }
  const { team, name, cause, steps, repeats } = event;
  const call: Call = {
    ...{ id: version, state: 'calling', team, name, cause, by: actor, at, steps, repeats },
    taken: [],
    endedBy: null,
    endedAt: null,
  };
  return [...before.filter((other) => other.team !== team), call];
}

function evolveCall(
  before: Call,
  recorded: CallRecorded & { readonly event: Exclude<CallEvent, { type: 'call-begun' }> },
): Call {
  const { event, actor, at } = recorded;
  switch (event.type) {
    case 'call-step-taken': {
      const { round, step, people } = event;
      return { ...before, taken: [...before.taken, { round, step, at, people }] };
    }
    case 'call-acknowledged':
      return over(before, 'acknowledged', actor, effectiveAt(recorded, before.at));
    case 'call-stopped':
      return over(before, 'stopped', actor, at);
    case 'call-used-up':
      return over(before, 'used-up', null, at);
  }
}

/** A ticket that is done calls nobody any more. */
export function endCalls(calls: readonly Call[], at: Instant): readonly Call[] {
  return calls.some(isCalling)
    ? calls.map((call) => (isCalling(call) ? over(call, 'ended', null, at) : call))
    : calls;
}

function over(call: Call, state: CallState, endedBy: PersonId | null, endedAt: Instant): Call {
  return { ...call, state, endedBy, endedAt };
}
