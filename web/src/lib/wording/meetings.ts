/** What meetings of change boards, and what is done with them, are called. */
import { unreachable } from '@muster/domain/shared';
import type { BoardAct, ItemVerdict, MeetingAct, MeetingState } from '@muster/domain/change';
import type { StateShape } from '../ui/StatePill.svelte';
import type { Tone } from '../ui/tone.ts';
import type { Say } from './say.ts';

const STATES: Readonly<Record<MeetingState, readonly [label: string, shape: StateShape, tone: Tone]>> = {
  planned: ['Planned', 'ring', 'info'],
  live: ['Live now', 'full', 'warning'],
  closed: ['Closed', 'check', 'success'],
  called_off: ['Called off', 'cross', 'neutral'],
};

export function meetingStateLook(state: MeetingState): {
  readonly label: string;
  readonly shape: StateShape;
  readonly tone: Tone;
} {
  const [label, shape, tone] = STATES[state];
  return { label, shape, tone };
}

export const VERDICT_WORDS: Readonly<Record<ItemVerdict, string>> = {
  approved: 'Approved',
  rejected: 'Rejected',
  deferred: 'Deferred',
};

export const VERDICT_TONES: Readonly<Record<ItemVerdict, Tone>> = {
  approved: 'success',
  rejected: 'danger',
  deferred: 'warning',
};

/** What an act on a board would have done, after "You wanted to". */
export function boardIntentWords(act: BoardAct): string {
  switch (act.verb) {
    case 'create':
      return `make the change board “${act.fields.name}”`;
    case 'edit':
      return 'change a change board';
    case 'retire':
    case 'revive':
      return `${act.verb} a change board`;
    default:
      return unreachable(act);
  }
}

/** What an act on a meeting would have done, after "You wanted to". */
export function meetingIntentWords(act: MeetingAct, say: Say): string {
  switch (act.verb) {
    case 'plan':
      return `plan a meeting of a change board for ${say.time(act.at)}`;
    case 'call-off':
      return `call off a meeting: ${act.reason}`;
    case 'open':
      return 'open a meeting';
    case 'join':
    case 'leave':
      return `${act.verb} a meeting`;
    case 'add-item':
      return 'put a change on the agenda of a meeting';
    case 'drop-item':
      return 'take a change off the agenda of a meeting';
    case 'place-item':
      return 'move a change on the agenda of a meeting';
    case 'show-item':
      return 'go on to another change in a meeting';
    case 'decide-item':
      return `note a change as ${VERDICT_WORDS[act.verdict].toLowerCase()} in a meeting${act.note === undefined ? '' : `: ${act.note}`}`;
    case 'hand-over':
      return `hand the chair of a meeting to ${say.person(act.to)}`;
    case 'take-chair':
      return 'take the chair of a meeting';
    case 'close':
      return 'close a meeting';
    default:
      return unreachable(act);
  }
}
