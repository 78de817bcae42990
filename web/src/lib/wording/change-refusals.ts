import type { ChangeRefusalFacts, ChangeRefusalReason } from '@muster/domain/change';
import type { RefusalContent } from '@muster/domain/shared';
import {
  PLAN_WORDS,
  TASK_STAGE_WORDS,
  TEMPLATE_STATE_WORDS,
  changeStateWords,
  contentWords,
  modelWords,
} from './changes.ts';
import { unfitWords } from './configuration-refusals.ts';
import { fieldWords } from './names.ts';
import { listed } from './readers.ts';
import { reasonOf, refusalWords } from './refusals.ts';
import { sentence } from './say.ts';
import type { Say } from './say.ts';

type Wording = {
  readonly [Reason in ChangeRefusalReason]: (facts: Partial<ChangeRefusalFacts[Reason]>, say: Say) => string;
};

const FIELDS: Readonly<Record<string, string>> = {
  items: 'at least one thing that is touched',
  window: 'a window: when it begins and when it ends',
  reason: 'a reason',
  note: 'a reason with the vote',
  result: 'word of how it went',
  title: 'a title',
  name: 'a name',
};

/** Why the rules said no about a change, one sentence a reason. A new reason in the domain is a type error here. */
const WORDING: Wording = {
  'no-such-change': () => 'This change is not there, or not yours to see.',
  'not-permitted': ({ permission }) =>
    permission === 'change.manage'
      ? 'Only somebody who manages changes may do this, a team lead for example.'
      : 'Your roles do not allow this. An administrator can change that.',
  'already-exists': () => 'This was made before; nothing was made twice.',
  'missing-field': ({ field }) => `It needs ${FIELDS[String(field)] ?? `a ${fieldWords(field)}`} first.`,
  'invalid-value': ({ field }) => `The ${fieldWords(field)} is not one that can be used.`,
  'value-unfit': ({ item, field, called = null, why }, say) =>
    item === undefined || field === undefined || why === undefined
      ? 'What is planned does not fit the item.'
      : `${unfitWords({ item, field, called, why }, say)}. Correct what is planned.`,
  'unknown-item': () => 'Something that it is to touch is not there any more.',
  'item-retired': () =>
    'Something that it is to touch is retired and takes no new changes. Take it out, or reinstate it.',
  'unknown-model': () => 'There is no such kind of change any more.',
  'unknown-person': () => 'The person named is not here any more.',
  'unknown-team': () => 'The team named is not there any more.',
  'window-ends-first': () => 'The window ends before it begins. Set the end after the begin.',
  'nothing-to-change': () => 'It is so already.',
  'content-locked': ({ what, state }) =>
    `${sentence(contentWords(what))} cannot be changed while it is “${changeStateWords(state)}”. Bring it back first.`,
  'model-locked': ({ model }) =>
    `It stays ${model === undefined ? 'what it is' : modelWords(model).toLowerCase()}: the kind of a change is settled once somebody was asked, and a standard change stays one.`,
  'template-not-active': () =>
    'The standard change that it is made from is not approved just now. Look at the standard changes, or make a normal change.',
  'no-such-step': ({ from, to, allowed = [] }) =>
    `It is “${changeStateWords(from)}” and cannot become “${changeStateWords(to)}” from there.` +
    (allowed.length > 0
      ? ` It can become ${listed(allowed.map((one) => `“${changeStateWords(one)}”`))}.`
      : ''),
  'change-moved': ({ state, by, at }, say) =>
    `${sentence(say.person(by))} took it to “${changeStateWords(state)}” at ${say.time(at)}, before you.`,
  'change-over': ({ state }) =>
    `It is ${changeStateWords(state).toLowerCase()}, and does not change any more.`,
  'on-hold': ({ by, at, reason }, say) =>
    `${sentence(say.person(by))} put it on hold at ${say.time(at)}${reason === undefined ? '' : ` (${reason})`}. Go on with it first.`,
  'not-on-hold': () => 'It is not on hold.',
  'plans-missing': ({ plans = [] }) =>
    `It needs ${listed(plans.map((plan) => `the ${PLAN_WORDS[plan].toLowerCase()}`)) || 'a plan that is not written'} first.`,
  'risk-open': () =>
    'Its risk is not judged yet. Answer the questions, and say how likely and how bad harm is.',
  'no-policy': () =>
    'No policy says who is to approve it, so nobody can. Somebody who manages changes sets one under Changes → Rules.',
  'approvals-missing': ({ policy, waiting = [] }, say) =>
    `“${policy ?? 'A policy'}” is not satisfied yet` +
    (waiting.length > 0 ? `: ${listed(waiting.map((one) => say.person(one)))} can still vote.` : '.'),
  'approvals-outdated': ({ policy }) =>
    `“${policy ?? 'A policy'}” asks otherwise today than when it asked here: other people, or another number of votes. Ask for approval again.`,
  'not-asked': ({ person }, say) =>
    say.person(person) === 'you'
      ? 'You are not asked to approve this change.'
      : `${sentence(say.person(person))} is not asked to approve this change.`,
  'own-change': () => 'Whoever made a change or carries it out does not approve it.',
  'already-voted': ({ vote, at }, say) =>
    `You ${vote ?? 'voted'} it at ${say.time(at)}. There is one vote for each approver, until the change moves.`,
  'vote-late': ({ state }) => `It was decided without this vote: it is “${changeStateWords(state)}” now.`,
  'vote-delegated': ({ to }, say) => `You handed this vote to ${say.person(to)}.`,
  'content-moved': ({ differs = [], by, at }, say) =>
    `${by === undefined ? 'Something' : sentence(say.person(by))} changed${by === undefined ? '' : ' it'}${at === undefined ? '' : ` at ${say.time(at)}`} since you read it: ${differs.length === 0 ? 'look at it again' : listed(differs.map(contentWords))}. Read it, then vote again.`,
  'approval-expired': ({ dueAt }, say) =>
    `The time for this vote was over at ${say.time(dueAt)}. Whoever works on the change can ask again.`,
  'delegate-not-fit': ({ person }, say) =>
    `${sentence(say.person(person))} cannot take this vote: asked already, with a part in the change, or not named by the policy.`,
  'conflicts-open': ({ conflicts = [] }) =>
    `It collides with ${conflicts.length < 2 ? 'something' : `${conflicts.length} things`} in the calendar. Move it, or have the conflict let be with a reason.`,
  'no-such-conflict': () => 'This conflict is not there any more.',
  'conflict-stays': () => 'A hard freeze is overruled by nobody. Move the change.',
  'outside-window': ({ begins, ends }, say) =>
    `It may begin from ${say.time(begins)} to ${say.time(ends)}. Who manages changes can begin it now, with a reason.`,
  frozen: ({ hard }) =>
    hard === false
      ? 'A freeze is on. Who manages changes can overrule it, with a reason.'
      : 'A hard freeze is on, and is overruled by nobody. Begin when it is over, or move the change.',
  'tasks-open': ({ tasks = [] }) =>
    `${tasks.length < 2 ? 'One task is' : `${tasks.length} tasks are`} not ended. Do or skip ${tasks.length < 2 ? 'it' : 'them'} first.`,
  'no-such-task': () => 'This task is not there any more.',
  'task-cycle': () => 'These tasks would wait for each other for ever. Take one of them out of the ring.',
  'task-needed': ({ by = [] }) =>
    `${by.length < 2 ? 'Another task waits' : `${by.length} tasks wait`} for it. Change what ${by.length < 2 ? 'that waits' : 'they wait'} for first.`,
  'task-begun': ({ state }) => `This task is ${stageWords(state)}, and cannot be taken away.`,
  'task-waits': ({ for: before = [] }) =>
    `It waits for ${before.length < 2 ? 'another task' : `${before.length} other tasks`}. End ${before.length < 2 ? 'that' : 'those'} first.`,
  'task-not-now': ({ state }) =>
    `Tasks of this kind are not worked on while the change is “${changeStateWords(state)}”.`,
  'task-moved': ({ state, by, at }, say) =>
    `${sentence(say.person(by))} set this task to ${stageWords(state)} at ${say.time(at)}, before you.`,
  'no-such-task-step': ({ from, to }) =>
    `This task is ${stageWords(from)} and cannot become ${stageWords(to)} from there.`,
  'no-backout': () => 'There is nothing to take back: no task has failed, or it was begun already.',
  'review-open': ({ state }) =>
    state == null
      ? 'It needs a review before it closes. Begin it.'
      : 'Its review is not done yet. Finish it first.',
  'review-required': () =>
    'This review cannot be waived: of how it went, or of the kind of change. Only a high risk alone lets it be waived.',
  'no-such-review-step': ({ from, to }) =>
    `The review is ${String(from ?? 'not begun').replace(/_/g, ' ')} and cannot become ${String(to ?? 'that').replace(/_/g, ' ')} from there.`,
  'template-moved': ({ state, by, at }, say) =>
    `${sentence(say.person(by))} did something else with this standard change at ${say.time(at)}, before you: it is ${templateWords(state)} now.`,
  'no-such-template-step': ({ state }) =>
    `This standard change is ${templateWords(state)}; that cannot be done with it now.`,
};

export const CHANGE_REFUSAL_REASONS = Object.keys(WORDING) as readonly ChangeRefusalReason[];

/** A refusal about changes in one sentence; any other as it is worded elsewhere. */
export function changeRefusalWords(refusal: RefusalContent, say: Say): string {
  const reason = reasonOf(refusal.code);
  if (!refusal.code.startsWith('change/') || !Object.hasOwn(WORDING, reason))
    return refusalWords(refusal, say);
  // the table pairs each reason with its own facts; the pair cannot be named for a reason found at run time
  const words = WORDING[reason as ChangeRefusalReason] as (facts: RefusalContent, say: Say) => string;
  return sentence(words(refusal, say));
}

function stageWords(stage: unknown): string {
  return typeof stage === 'string' && Object.hasOwn(TASK_STAGE_WORDS, stage)
    ? TASK_STAGE_WORDS[stage as keyof typeof TASK_STAGE_WORDS].toLowerCase()
    : 'elsewhere';
}

function templateWords(state: unknown): string {
  return typeof state === 'string' && Object.hasOwn(TEMPLATE_STATE_WORDS, state)
    ? TEMPLATE_STATE_WORDS[state as keyof typeof TEMPLATE_STATE_WORDS].toLowerCase()
    : 'in another state';
}
