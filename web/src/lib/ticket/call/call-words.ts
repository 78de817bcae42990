/** How far a call is, in words that fit one line. */
import { isLastInCall, nextInCall } from '@muster/domain/shared';
import type { Call } from '@muster/domain/shared';
import { clockTime, shortTime } from '#lib/ui/time.ts';
import { whomWords } from '#lib/wording/whom.ts';
import type { ChainNames } from '#lib/wording/whom.ts';

export interface CallLook {
  readonly label: string;
  readonly tone: 'warning' | 'success' | 'danger' | 'neutral';
}

export function callLook({ state, name }: Pick<Call, 'state' | 'name'>): CallLook {
  switch (state) {
    case 'calling':
      return { label: `Calling ${name}`, tone: 'warning' };
    case 'acknowledged':
      return { label: `${name}: answered`, tone: 'success' };
    case 'used-up':
      return { label: `${name}: no answer`, tone: 'danger' };
    case 'stopped':
      return { label: `${name}: stopped`, tone: 'neutral' };
    case 'ended':
      return { label: `${name}: over`, tone: 'neutral' };
  }
}

/** Where the call stands. */
export function nowWords(call: Call, names: ChainNames, now: number): string {
  const ended = call.endedAt === null ? '' : shortTime(call.endedAt, now);
  switch (call.state) {
    case 'calling': {
      const last = call.taken.findLast(({ people }) => people.length > 0);
      if (last === undefined) return call.taken.length === 0 ? '' : 'Nobody could be called yet.';
      const people = last.people.map((person) => names.person(person)).join(', ');
      return `${people} ${last.people.length === 1 ? 'was' : 'were'} called at ${clockTime(last.at)}.`;
    }
    case 'acknowledged':
      return `${names.person(call.endedBy ?? '')} said “I have it” at ${ended}.`;
    case 'used-up':
      return `Nobody answered until ${ended}. The managers of major incidents were told.`;
    case 'stopped':
      return `${names.person(call.endedBy ?? '')} stopped the call at ${ended}.`;
    case 'ended':
      return '';
  }
}

/** `Next: Bo Berg in 4:12`. */
export function nextWords(call: Call, names: ChainNames, now: number): string {
  const next = nextInCall(call);
  if (next === null) return '';
  const step = call.steps[next.step];
  const whom =
    step === undefined || isLastInCall(call, next)
      ? 'the managers of major incidents, whom it tells'
      : whomWords(step, names);
  return next.at <= now ? `Next: ${whom}, now` : `Next: ${whom} in ${countdown(next.at - now)}`;
}

/** `4:12`, `1:00:05`. */
export function countdown(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
