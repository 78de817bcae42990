import type { Recorded } from '../decider.ts';
import type { ScheduleId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import { unreachable } from '../result.ts';
import type { ScheduleEvent } from './acts.ts';
import { endOf } from './answers.ts';
import { KEPT_ENDED_MS, MOST_ENDED } from './schedule.ts';
import type { Schedule, ScheduleOverride, ScheduleSwap } from './schedule.ts';

type At = Pick<Recorded<ScheduleEvent>, 'actor' | 'at'>;

/** The schedule after an event; `state` is null before the first. What ended long ago is left out of it. */
export function evolveSchedule(
  state: Schedule | null,
  event: ScheduleEvent,
  told: At,
  target: ScheduleId,
): Schedule {
  if (event.type === 'created')
    return { ...event.form, id: target, version: 1, overrides: [], swaps: [], removedAt: null };
  if (state === null) throw new Error(`${target} has events before it was created`);
  return withoutOld(after({ ...state, version: state.version + 1 }, event, told), told.at);
}

function after(
  next: Schedule,
  event: Exclude<ScheduleEvent, { type: 'created' }>,
  { actor, at }: At,
): Schedule {
  switch (event.type) {
    case 'changed':
      return { ...next, ...event.form };
    case 'removed':
      return { ...next, removedAt: at };
    case 'overridden': {
      const made = { ...event.override, by: actor, madeAt: at, since: next.version };
      return { ...next, overrides: [...next.overrides, made] };
    }
    case 'override-ended':
      return { ...next, overrides: next.overrides.flatMap((each) => ended(each, event.override, at)) };
    case 'swap-asked': {
      const asked = {
        ...event.swap,
        by: actor,
        state: 'asked',
        askedAt: at,
        answeredAt: null,
        since: null,
      } as const;
      return { ...next, swaps: [...next.swaps, asked] };
    }
    case 'swap-answered': {
      const { accepted, gives, takes } = event;
      const state = accepted ? 'accepted' : 'declined';
      const since = accepted ? next.version : null;
      return withSwap(next, event.swap, { state, gives, takes, since, answeredAt: at });
    }
    case 'swap-withdrawn':
      return withSwap(next, event.swap, { state: 'withdrawn', answeredAt: at });
    default:
      return unreachable(event);
  }
}

/** What has begun keeps its begin; what has not is gone. */
function ended(override: ScheduleOverride, id: string, at: Instant): readonly ScheduleOverride[] {
  if (override.id !== id) return [override];
  return override.from >= at ? [] : [{ ...override, to: Math.min(override.to, at) }];
}

function withSwap(next: Schedule, id: string, change: Partial<ScheduleSwap>): Schedule {
  return { ...next, swaps: next.swaps.map((swap) => (swap.id === id ? { ...swap, ...change } : swap)) };
}

function withoutOld(next: Schedule, at: Instant): Schedule {
  const oldest = at - KEPT_ENDED_MS;
  const overrides = next.overrides.filter(({ to }) => to > oldest);
  const swaps = next.swaps.filter((swap) => endOf(swap) > oldest);
  return {
    ...next,
    overrides: withLastEnded(overrides, ({ to }) => to, at),
    swaps: withLastEnded(swaps, settledAt, at),
  };
}

/** When a swap ceased to matter: with its time, or with the no to it. */
function settledAt(swap: ScheduleSwap): Instant {
  const isOff = swap.state === 'declined' || swap.state === 'withdrawn';
  return isOff ? (swap.answeredAt ?? 0) : endOf(swap);
}

/** All that is not over, and of what is the last ones. */
function withLastEnded<Each>(
  all: readonly Each[],
  endOfEach: (each: Each) => Instant,
  at: Instant,
): readonly Each[] {
  const ended = all.filter((each) => endOfEach(each) <= at);
  if (ended.length <= MOST_ENDED) return all;
  const gone = new Set(ended.toSorted((a, b) => endOfEach(a) - endOfEach(b)).slice(0, -MOST_ENDED));
  return all.filter((each) => !gone.has(each));
}
