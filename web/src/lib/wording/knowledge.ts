import type {
  KnowledgeAct,
  KnowledgeAudience,
  KnowledgeEvent,
  KnowledgeKind,
  KnowledgeState,
  KnownError,
  SuggestedBecause,
} from '@muster/domain/problem';
import type { Say } from './say.ts';

export const KNOWLEDGE_KIND_WORDS: Readonly<Record<KnowledgeKind, string>> = {
  'known-error': 'Known error',
  article: 'Article',
};

export const KNOWLEDGE_STATE_WORDS: Readonly<Record<KnowledgeState, string>> = {
  draft: 'Draft',
  review: 'In review',
  published: 'Published',
  superseded: 'Superseded',
  retired: 'Retired',
};

export const AUDIENCE_WORDS: Readonly<Record<KnowledgeAudience, string>> = {
  staff: 'Staff',
  everybody: 'Everybody',
};

/** What is written beside a published version. */
export function draftWords({ state, draft }: Pick<KnownError, 'state' | 'draft'>): string | null {
  if (state !== 'published' || draft === null) return null;
  return draft === 'draft' ? 'Next draft' : 'Next version in review';
}

/** Why something is suggested, in a few words. */
export function becauseWords(why: SuggestedBecause, say: Say): string {
  switch (why.kind) {
    case 'items':
      return why.items.length === 1 ? 'same item' : `${why.items.length} items in common`;
    case 'code':
      return `code ${why.code}`;
    case 'service':
      return `service ${say.service(why.service)}`;
    case 'category':
      return `category ${why.category}`;
    case 'words':
      return `words: ${why.words.join(', ')}`;
  }
}

/** One line of a history. */
export function knowledgeEventWords(event: KnowledgeEvent, say: Say): string {
  switch (event.type) {
    case 'created':
      return 'wrote the first draft';
    case 'edited':
      return `changed ${Object.keys(event.fields).map(fieldWords).join(', ')}`;
    case 'draft-begun':
      return 'began the next draft';
    case 'draft-dropped':
      return 'dropped the draft';
    case 'submitted':
      return 'submitted it for review';
    case 'sent-back':
      return `sent it back: ${event.reason}`;
    case 'published':
      return `published version ${event.number}`;
    case 'retired':
      return `retired it: ${event.reason}`;
    case 'superseded':
      return 'put another in its place';
    case 'extended':
      return event.validUntil === null
        ? 'said that it holds until further notice'
        : `said that it holds until ${say.time(event.validUntil)}`;
    case 'rated':
      return `said that version ${event.number} ${event.helped ? 'helped' : 'did not help'}${event.comment === null ? '' : `: ${event.comment}`}`;
    case 'linked':
      return 'used it on a ticket';
    case 'unlinked':
      return 'took it off a ticket';
    case 'fell-due':
      return 'said that its time is over';
  }
}

const FIELD_WORDS: Readonly<Record<string, string>> = {
  errorCode: 'error code',
  validUntil: 'how long it holds',
  words: 'words to find it by',
};

export function fieldWords(field: string): string {
  return FIELD_WORDS[field] ?? field;
}

/** What somebody wanted to do, after “You wanted to”. */
export function knowledgeIntentWords(act: KnowledgeAct): string {
  switch (act.verb) {
    case 'create':
      return `write “${act.fields.title}”`;
    case 'edit':
      return `change ${Object.keys(act.fields).map(fieldWords).join(', ')}`;
    case 'revise':
      return 'write the next version';
    case 'discard':
      return 'drop the draft';
    case 'submit':
      return 'submit it for review';
    case 'send-back':
      return 'send it back';
    case 'publish':
      return 'publish it';
    case 'retire':
      return 'retire it';
    case 'supersede':
      return 'put another in its place';
    case 'extend':
      return 'say that it still holds';
    case 'rate':
      return act.helped ? 'say that it helped' : 'say that it did not help';
    case 'link':
      return 'use it on a ticket';
    case 'unlink':
      return 'take it off a ticket';
    case 'note-due':
      return 'say that its time is over';
  }
}
