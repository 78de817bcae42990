import { unreachable } from '@muster/domain/shared';
import type { ScheduleAct, ScheduleRefusalFacts } from '@muster/domain/shared';
import { fieldWords } from './names.ts';
import { sentence } from './say.ts';
import type { Say } from './say.ts';

/** What an act would have done, after "You wanted to". */
export function scheduleIntentWords(act: ScheduleAct, say: Say): string {
  switch (act.verb) {
    case 'create':
      return `make the on-call schedule “${act.form.name}”`;
    case 'change':
      return `change the on-call schedule “${act.form.name}”`;
    case 'remove':
      return 'remove an on-call schedule';
    case 'override': {
      const { person, from, to } = act.override;
      return say.person(person) === 'you'
        ? `take over from ${say.time(from)} to ${say.time(to)}`
        : `put ${say.person(person)} on call from ${say.time(from)} to ${say.time(to)}`;
    }
    case 'end-override':
      return 'end an override';
    case 'ask-swap':
      return `ask ${say.person(act.swap.with)} to be on call for you from ${say.time(act.swap.gives.from)}`;
    case 'answer-swap':
      return act.accept ? 'accept a swap' : 'decline a swap';
    case 'withdraw-swap':
      return 'withdraw a swap';
    default:
      return unreachable(act);
  }
}

/** Reasons that tickets or announcements know too are worded there. */
type OwnReason =
  | 'no-such-schedule'
  | 'schedule-changed'
  | 'not-in-schedule'
  | 'shift-taken'
  | 'not-on-call'
  | 'too-many-open'
  | 'override-over'
  | 'swap-over';

type Wording = {
  readonly [Reason in OwnReason]: (facts: Partial<ScheduleRefusalFacts[Reason]>, say: Say) => string;
};

const WORDING: Wording = {
  'no-such-schedule': () => 'This schedule is not there any more.',
  'schedule-changed': ({ by, at }, say) =>
    `${sentence(say.person(by))} changed the schedule at ${say.time(at)}, before you. Look at it as it stands now.`,
  'not-in-schedule': ({ person }, say) =>
    `${sentence(say.person(person))} ${say.person(person) === 'you' ? 'are' : 'is'} neither in a layer of this schedule nor in its team.`,
  'shift-taken': ({ person, by, at }, say) =>
    `${sentence(say.person(by))} changed this time at ${say.time(at)}, before you: ${say.person(person)} ${say.person(person) === 'you' ? 'are' : 'is'} on call then.`,
  'not-on-call': ({ person }, say) =>
    `${sentence(say.person(person))} ${say.person(person) === 'you' ? 'are' : 'is'} not on call in the whole of this time.`,
  'too-many-open': ({ most }) =>
    `This schedule has ${most ?? 'all the'} overrides and swaps that are not over, and takes no more. End or withdraw one first.`,
  'override-over': () => 'This override is over.',
  'swap-over': ({ state }) =>
    state == null
      ? 'This swap is not there any more.'
      : `This swap is ${state === 'asked' ? 'open' : state} already.`,
};

const FIELDS: Readonly<Record<string, string>> = {
  cover: 'choice of hours in which somebody is to be on call',
  handover: 'time of the hand-over',
  hours: 'choice of weekdays and hours',
  'layer-name': 'name of a layer',
  layers: 'choice of layers',
  length: 'length of a turn',
  people: 'choice of people',
  startsOn: 'starting day',
  zone: 'time zone',
};

/** A refusal that only schedules have, in a sentence; null for any other. */
export function scheduleRefusalWords(reason: string, facts: object, say: Say): string | null {
  const { field, layer, value } = facts as {
    readonly field?: unknown;
    readonly layer?: unknown;
    readonly value?: unknown;
  };
  if (reason === 'invalid-value' && field === 'people' && typeof layer === 'string' && value === 0)
    return `Add somebody to the layer “${layer}”.`;
  if (reason === 'invalid-value' && typeof layer === 'string')
    return `In the layer “${layer}” the ${FIELDS[String(field)] ?? fieldWords(field)} is not one that can be used.`;
  if (reason === 'missing-field' && (field === 'layers' || field === 'layer-name'))
    return field === 'layers' ? 'It needs at least one layer.' : 'Every layer needs a name.';
  if (reason === 'invalid-value' && typeof field === 'string' && field in FIELDS)
    return `The ${FIELDS[field] ?? field} is not one that can be used.`;
  if (!isOwn(reason)) return null;
  // the table pairs each reason with its own facts; the pair cannot be named for a reason found at run time
  return (WORDING[reason] as (facts: object, say: Say) => string)(facts, say);
}

function isOwn(reason: string): reason is OwnReason {
  return Object.hasOwn(WORDING, reason);
}

/** News about shifts in one sentence; null for any other kind. */
export function shiftNewsWords(
  kind: string,
  detail: Readonly<Record<string, unknown>>,
  say: Say,
): string | null {
  const by = sentence(say.person(detail['by']));
  const when = `from ${say.time(detail['from'])} to ${say.time(detail['to'])} (${String(detail['name'])})`;
  switch (kind) {
    case 'swap-asked':
      return `${by} asks you to be on call ${when}${detail['takes'] == null ? '' : ', and would take a shift of yours'}`;
    case 'swap-answered':
      return detail['accepted'] === true
        ? `${by} accepted your swap: they are on call ${when}`
        : `${by} declined your swap ${when}`;
    case 'shift-changed':
      return detail['isOn'] === true
        ? `You are on call ${when}: ${say.person(detail['by'])} changed it`
        : `${by} changed who is on call ${when}: it is not you any more`;
    default:
      return null;
  }
}
