import type { KnowledgeRefusalFacts, KnowledgeRefusalReason } from '@muster/domain/problem';
import type { RefusalContent } from '@muster/domain/shared';
import { KNOWLEDGE_STATE_WORDS, fieldWords } from './knowledge.ts';
import { refusalWords } from './refusals.ts';
import { sentence } from './say.ts';
import type { Say } from './say.ts';

type Words = {
  readonly [Reason in KnowledgeRefusalReason]: (facts: KnowledgeRefusalFacts[Reason], say: Say) => string;
};

const LACKS: Readonly<Record<string, string>> = {
  symptom: 'a symptom',
  'workaround-or-cause': 'a workaround or a cause',
  text: 'a text',
};

/** What a version may not be without. */
export function lackingWords(lacks: readonly string[]): string {
  return lacks.map((each) => LACKS[each] ?? each).join(' and ');
}

const WORDING: Words = {
  'no-such-known-error': () => 'this is not there, or not for you',
  'knowledge-not-permitted': ({ permission }) =>
    permission === 'problem.publish-knowledge'
      ? 'only those who publish knowledge may do this; ask a team lead'
      : 'you may not do this',
  'knowledge-exists': () => 'this is made already',
  'knowledge-missing': ({ field }) => `say the ${fieldWords(field)}`,
  'knowledge-field': ({ field }) => `the ${fieldWords(field)} does not fit: shorten or correct it`,
  'knowledge-same': () => 'there is nothing to change',
  'knowledge-unknown-service': () => 'this service is not known any more; choose another one',
  'knowledge-unknown-item': () => 'one of the items is not known; take it out',
  'knowledge-unknown-problem': () => 'this problem is not known, or not for you',
  'knowledge-unknown-person': ({ person, field }, say) =>
    field === 'reviewers'
      ? `${say.person(person)} may not publish knowledge; ask somebody who may`
      : `${say.person(person)} is not there any more, or does not work on problems`,
  'knowledge-over': ({ state, by, at }, say) =>
    `this is ${KNOWLEDGE_STATE_WORDS[state].toLowerCase()}${since(by, at, say)}: nothing of it is written any more`,
  'knowledge-moved': ({ state, draft, by, at }, say) =>
    `this is ${draft === 'review' ? 'in review' : KNOWLEDGE_STATE_WORDS[state].toLowerCase()} now${since(by, at, say)}: look again`,
  'knowledge-incomplete': ({ lacks }) => `it lacks ${lackingWords(lacks)}`,
  'knowledge-altered': ({ by, at }, say) =>
    `${say.person(by)} changed it at ${say.time(at)}: read it again, and then do it once more`,
  'knowledge-text-moved': () =>
    'somebody wrote in the text since you read it: read it again, and then do it once more',
  'knowledge-no-replacement': () => 'only another one that is published can take its place',
  'knowledge-other-version': () => 'there is another version now: read that one',
  'knowledge-unknown-ticket': () => 'this ticket is not there, or not for you',
  'knowledge-not-linked': () => 'it is not on this ticket any more',
  'knowledge-not-due': () => 'its time is not over',
};

/** A refusal of an act on a known error in one sentence; of any other as the other acts tell it. */
export function knowledgeRefusalWords(refusal: RefusalContent, say: Say): string {
  const reason = refusal.code.slice('problem/'.length);
  if (!refusal.code.startsWith('problem/') || !Object.hasOwn(WORDING, reason))
    return refusalWords(refusal, say);
  // the table pairs each reason with its own facts; the pair cannot be named for a reason found at run time
  const words = WORDING[reason as KnowledgeRefusalReason] as (facts: RefusalContent, say: Say) => string;
  return `${sentence(words(refusal, say))}.`;
}

function since(by: unknown, at: unknown, say: Say): string {
  return by === undefined ? '' : `, since ${say.person(by)} made it so at ${say.time(at)}`;
}
