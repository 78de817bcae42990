import type {
  CallState,
  RefusalContent,
  TicketRefusalFacts,
  TicketRefusalReason,
} from '@muster/domain/shared';
import { announcementRefusalWords } from './announcements.ts';
import { fieldWords, stateWords } from './names.ts';
import { majorStateWords, phaseWords, severityWords } from './major.ts';
import { listed } from './readers.ts';
import { reviewWords } from './review.ts';
import { sentence } from './say.ts';
import { scheduleRefusalWords } from './schedules.ts';
import type { Say } from './say.ts';

/** Facts as they arrive: another version of the server may leave some out, and `Say` answers for those. */
type Facts<Reason extends TicketRefusalReason> = Partial<TicketRefusalFacts[Reason]>;

type Wording = { readonly [Reason in TicketRefusalReason]: (facts: Facts<Reason>, say: Say) => string };

const CALL_OVER: Readonly<Record<CallState, string>> = {
  calling: 'The call goes on',
  acknowledged: 'Somebody has it already',
  stopped: 'The call was stopped',
  'used-up': 'The chain is used up',
  ended: 'The call ended with the work',
};

/** Why the rules said no, one sentence a reason. A new reason in the domain is a type error here. */
const WORDING: Wording = {
  'no-such-record': () => 'This record is not there, or not yours to see.',
  'not-permitted': () => 'Your roles do not allow this. An administrator can change that.',
  'already-exists': () => 'This was made before; nothing was made twice.',
  'already-claimed': ({ owner, at }, say) =>
    typeof at === 'number'
      ? `${say.person(owner)} claimed it at ${say.time(at)}, before you.`
      : `${say.person(owner)} already works on it.`,
  'already-owner': ({ owner }, say) =>
    `${say.person(owner)} ${say.person(owner) === 'you' ? 'own' : 'owns'} it already.`,
  'not-open': ({ state, mergedInto }, say) =>
    mergedInto
      ? `It was merged into ${say.record(mergedInto)}; work goes on there.`
      : `It is ${stateWords(state)} now.`,
  'no-such-transition': ({ from, to, allowed = [] }) =>
    `It is ${stateWords(from)} now and cannot become ${stateWords(to)} from there.` +
    (allowed.length > 0 ? ` It can become ${either(allowed.map(stateWords))}.` : ''),
  'missing-field': ({ field }) => `It needs ${article(fieldWords(field))} first.`,
  'invalid-value': ({ field }) => `The ${fieldWords(field)} is not one that can be used.`,
  'unknown-person': () => 'The person named is not here any more.',
  'unknown-team': () => 'The team named is not there any more.',
  'unknown-service': () => 'The service named is not there any more.',
  'unknown-item': () => 'The item named is not in the configuration. Choose another.',
  'item-retired': () =>
    'The item named is retired and takes no new tickets. Choose what took its place, or reinstate it.',
  'not-in-team': ({ person: who, team }, say) => `${say.person(who)} is not in ${say.team(team)}.`,
  'keeps-out': ({ people = [] }, say) =>
    `This would keep out ${listed(people.map((one) => say.person(one)))}, in the middle of work on it. Let them read it too, or hand over first.`,
  'merge-wider': ({ into }, say) =>
    `Others may read ${say.record(into)}. Restrict it to the same people first.`,
  'caller-replied': ({ by, at }, say) =>
    `${say.person(by)} replied at ${say.time(at)}. Read it before you close this.`,
  'merge-self': () => 'A record cannot be merged into itself.',
  'merge-cycle': ({ into }, say) =>
    `${say.record(into)} was merged into this one; they would chase each other.`,
  'merge-into-merged': ({ into, mergedInto }, say) =>
    `${say.record(into)} was itself merged into ${say.record(mergedInto)}. Merge into that one.`,
  'merge-other-process': ({ into }, say) =>
    `${say.record(into)} is of another process. Link the two instead.`,
  'already-linked': ({ target }, say) => `It is linked to ${say.record(target)} already.`,
  'not-linked': ({ target }, say) => `It is not linked to ${say.record(target)} any more.`,
  'already-sent': () => 'This text was sent already, perhaps from another tab. It was not sent twice.',
  'time-not-ahead': ({ until }, say) => `${say.time(until)} has passed. Choose a time ahead.`,
  'nothing-to-change': ({ field }) =>
    field ? `The ${fieldWords(field)} is like that already.` : 'It is like that already.',
  'unknown-act': () => 'This is for incidents only.',
  'major-state': ({ state, by, at }, say) =>
    `It is ${majorStateWords(state)}${by === undefined ? '' : `, since ${say.person(by)} decided so at ${say.time(at)}`}.`,
  'major-incident': ({ severity }) =>
    `It is a major incident (${severityWords(severity)}): close it by its phases, or demote it first.`,
  'no-such-phase': ({ from, to, allowed = [], by, at }, say) =>
    `It is at ${phaseWords(from)} and does not go to ${phaseWords(to)} from there.` +
    (by === undefined ? '' : ` ${sentence(say.person(by))} moved it at ${say.time(at)}.`) +
    (allowed.length > 0 ? ` It can go to ${either(allowed.map(phaseWords))}.` : ''),
  'major-not-resolved': ({ phase }) =>
    phase === 'resolved'
      ? 'Begin its review first, or say why none is required.'
      : 'Resolve the incident first, with a code and notes.',
  'review-state': ({ state, allowed = [], by, at }, say) =>
    `The review is ${reviewWords(state)}${by === undefined ? '' : `, since ${say.person(by)} made it so at ${say.time(at)}`}.` +
    (allowed.length > 0 ? ` It can become ${either(allowed.map(reviewWords))}.` : ''),
  'review-actions-open': ({ actions }) =>
    actions === 1
      ? 'One action is no record yet. Make it one or drop it, then close the review.'
      : `${actions ?? 'Some'} actions are no records yet. Make them records or drop them, then close the review.`,
  'review-action-made': ({ record }, say) => `This action is ${say.record(record)} already, and stays.`,
  'call-state': ({ state }) =>
    state === null || state === undefined ? 'Nobody is being called.' : `${CALL_OVER[state]}.`,
  'not-called': () => 'The call went to others. Take the record on, and you have it.',
  'no-chain': ({ team }, say) =>
    team === null || team === undefined
      ? 'There is no call chain for major incidents. An administrator can make one.'
      : `${say.team(team)} has no call chain. An administrator can make one.`,
  'command-held': ({ commander }, say) =>
    `${sentence(say.person(commander))} ${say.person(commander) === 'you' ? 'hold' : 'holds'} the command. It is handed over, never laid down.`,
  'command-on-offer': ({ to, by, at }, say) =>
    `${sentence(say.person(by))} offered the command to ${say.person(to)} at ${say.time(at)}. Take that back first.`,
  'no-offer': ({ by, at }, say) =>
    by === undefined
      ? 'Nobody offers you the command.'
      : `The offer is off: ${say.person(by)} ended it at ${say.time(at)}.`,
};

/** A refusal in one sentence. A code of a later version shows itself rather than nothing. */
export function refusalWords(refusal: RefusalContent, say: Say): string {
  const reason = reasonOf(refusal.code);
  const announced =
    announcementRefusalWords(reason, refusal, say) ?? scheduleRefusalWords(reason, refusal, say);
  if (announced !== null) return sentence(announced);
  if (!isKnown(reason)) return `The server said no (${refusal.code}).`;
  // the table pairs each reason with its own facts; the pair cannot be named for a reason found at run time
  const words = WORDING[reason] as (facts: RefusalContent, say: Say) => string;
  return sentence(words(refusal, say));
}

/** `incident/already-claimed` → `already-claimed`. */
export function reasonOf(code: string): string {
  return code.slice(code.indexOf('/') + 1);
}

function isKnown(reason: string): reason is TicketRefusalReason {
  return Object.hasOwn(WORDING, reason);
}

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function either(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
