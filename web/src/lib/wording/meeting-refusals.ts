import type { MeetingRefusalFacts, MeetingRefusalReason } from '@muster/domain/change';
import type { RefusalContent } from '@muster/domain/shared';
import { changeRefusalWords } from './change-refusals.ts';
import { changeStateWords } from './changes.ts';
import { VERDICT_WORDS, meetingStateLook } from './meetings.ts';
import { reasonOf } from './refusals.ts';
import { sentence } from './say.ts';
import type { Say } from './say.ts';

type Wording = {
  readonly [Reason in MeetingRefusalReason]: (
    facts: Partial<MeetingRefusalFacts[Reason]>,
    say: Say,
  ) => string;
};

const FIELDS: Readonly<Record<string, string>> = {
  name: 'It needs a name of at most 100 characters.',
  zone: 'It needs a time zone that there is, as “Europe/Zurich”.',
  begins: 'It needs a day and an hour of its first meeting.',
  ends: 'It ends before it begins, or only when the next has begun. Set the end after the begin.',
  every: 'It comes again every 1 to 366 days or weeks.',
  until: 'The last day is not a date.',
  itemMinutes: 'An item takes from 1 to 240 minutes.',
  chairs: 'It needs at least one person who may have its chair.',
  members: 'Those are more people than a board has.',
  person: 'Somebody named is not here any more, or may not read changes. Take them out.',
  states: 'Say in which states changes come before it.',
  at: 'This is not a moment that a meeting can begin at.',
  verdict: 'This is nothing that can be decided.',
  note: 'The note is too long.',
};

/** A field of a board that somebody else altered meanwhile. */
const MOVED: MovedWords = {
  name: 'its name',
  when: 'when it meets',
  itemMinutes: 'its minutes for a change',
  chairs: 'who may have its chair',
  members: 'its members',
  agenda: 'which changes come before it',
};
type MovedWords = Readonly<Record<MeetingRefusalFacts['board-moved']['field'], string>>;

/** Why the rules said no about a board or a meeting. A new reason in the domain is a type error here. */
const WORDING: Wording = {
  'no-such-board': () => 'This board is not there, or not yours to see.',
  'no-such-meeting': () => 'This meeting is not there, or not yours to see.',
  'board-not-permitted': () => 'Only somebody who manages changes may do this, a team lead for example.',
  'board-exists': () => 'This was made before; nothing was made twice.',
  'board-field': ({ field }) => FIELDS[String(field)] ?? 'Something of it cannot be used.',
  'board-moved': ({ field, by, at }, say) =>
    `${by === undefined ? 'Somebody else' : sentence(say.person(by))} altered ${field === undefined ? 'it' : MOVED[field]}${at === undefined ? '' : ` at ${say.time(at)}`}, before you. Look at what stands now, and save yours again if it is to take its place.`,
  'board-retired': () => 'This board is retired and plans no more meetings. Bring it back first.',
  'board-same': () => 'It is so already.',
  'not-a-chair': () =>
    'Only those who may have the chair of this board may do this. Who manages changes can add you to them.',
  'moment-too-far': () =>
    'A meeting is planned for a moment at most a day ago and at most 400 days ahead. Choose another one.',
  'board-meets': ({ chair }, say) =>
    `Another meeting of this board is held just now${chair == null ? '' : `: ${say.person(chair)} ${has(chair, say)} its chair`}. Close that one first, so that what it leaves comes before this one.`,
  'already-planned': ({ at }, say) =>
    `A meeting of this board is planned for ${say.time(at)} already. Choose another moment, or use that one.`,
  'not-in-chair': ({ chair }, say) =>
    `${sentence(say.person(chair))} ${has(chair, say)} the chair, and moves the meeting on. Ask for the chair, or take it where it is empty.`,
  'meeting-moved': ({ state, by, at }, say) =>
    state === 'live' && by !== undefined
      ? `${sentence(say.person(by))} opened it at ${say.time(at)}, before you, and ${has(by, say)} the chair. Join it.`
      : `It is ${stateWords(state)}${by === undefined ? '' : `: ${say.person(by)}, at ${say.time(at)}`}.`,
  'meeting-reason': () => 'Say why it is called off, so that those who are invited know.',
  'already-present': () => 'You are there already.',
  'came-too-often': ({ most }) =>
    `You came and went ${most ?? 50} times, and the minutes say no more of it. You go on seeing the meeting without joining it, and vote on the changes themselves.`,
  'not-present': ({ person }, say) =>
    say.person(person) === 'you'
      ? 'You are not in this meeting. Join it first.'
      : `${sentence(say.person(person))} is not in this meeting. They have to join first.`,
  'chair-stays': () => 'You have the chair. Hand it over first, or close the meeting.',
  'chair-moved': ({ chair, by, at }, say) =>
    by === undefined
      ? `${sentence(say.person(chair))} ${has(chair, say)} the chair now.`
      : `${sentence(say.person(by))} moved the chair at ${say.time(at)}, before you: ${say.person(chair)} ${has(chair, say)} it now.`,
  'chair-not-fit': ({ person }, say) =>
    `${sentence(say.person(person))} is not one of this board, and does not take its chair.`,
  'no-such-item': () => 'This change is not there, or not on the agenda any more.',
  'item-there': () => 'This change is on the agenda already.',
  'item-current': () => 'This change is before everybody just now. Go on to another one first.',
  'item-decided': ({ verdict }) =>
    `It is decided${verdict === undefined ? '' : ` (${VERDICT_WORDS[verdict].toLowerCase()})`}, and stays in the minutes.`,
  'agenda-full': ({ most }) => `An agenda holds at most ${most ?? 200} changes. Take something off first.`,
  'item-moved': ({ by, at }, say) =>
    `${by === undefined ? 'Somebody' : sentence(say.person(by))} went on${at === undefined ? '' : ` at ${say.time(at)}`}, before you. Look at what is shown now.`,
  'item-revised': ({ read, revision, state }) =>
    `It moved while it was before you${read === undefined || revision === undefined ? '' : `: you read revision ${read}, and it is revision ${revision}`}${state === undefined ? '' : `, which is “${changeStateWords(state)}”`}. Read it again, then note what the board came to; your words are kept.`,
  'defer-note': () => 'Say why it is deferred, so that its authors know what to bring the next time.',
  'votes-differ': ({ votes }) =>
    votes === 'approved'
      ? 'Its votes approve it. Note it as approved, or defer it.'
      : 'Its votes reject it. Note it as rejected, or defer it.',
};

export const MEETING_REFUSAL_REASONS = Object.keys(WORDING) as readonly MeetingRefusalReason[];

/** A refusal about boards and meetings in one sentence; any other as it is worded elsewhere. */
export function meetingRefusalWords(refusal: RefusalContent, say: Say): string {
  const reason = reasonOf(refusal.code);
  if (!refusal.code.startsWith('change/') || !Object.hasOwn(WORDING, reason))
    return changeRefusalWords(refusal, say);
  // the table pairs each reason with its own facts; the pair cannot be named for a reason found at run time
  const words = WORDING[reason as MeetingRefusalReason] as (facts: RefusalContent, say: Say) => string;
  return sentence(words(refusal, say));
}

function has(person: unknown, say: Say): string {
  return say.person(person) === 'you' ? 'have' : 'has';
}

function stateWords(state: MeetingRefusalFacts['meeting-moved']['state'] | undefined): string {
  return state === undefined ? 'elsewhere' : meetingStateLook(state).label.toLowerCase();
}
