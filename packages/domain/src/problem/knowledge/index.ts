/** Known errors and knowledge articles. */
export { asInHistory } from './acts.ts';
export type {
  KnowledgeAct,
  KnowledgeActOf,
  KnowledgeEvent,
  KnowledgeEventOf,
  KnowledgeVerb,
} from './acts.ts';
export { decideKnowledge, differsFromPublished } from './decide.ts';
export { evolveKnowledge } from './evolve.ts';
export { NO_TEXT, canReadKnowledge } from './facts.ts';
export type { ArticleText, KnowledgeAnswer, KnowledgeContext, KnowledgeFacts, TicketUse } from './facts.ts';
export { draftOfProblem } from './from-problem.ts';
export { MAX_KNOWLEDGE_ITEMS, lackingIn } from './fields.ts';
export {
  KNOWLEDGE_AUDIENCES,
  KNOWLEDGE_KINDS,
  KNOWLEDGE_STATES,
  contentOf,
  isDue,
  isForEverybody,
  isInUse,
  isOverKnowledge,
  knowledgeDueAt,
} from './known-error.ts';
export type {
  KnowledgeAudience,
  KnowledgeContent,
  KnowledgeFields,
  KnowledgeKind,
  KnowledgeState,
  KnownError,
  Published,
  SentBack,
} from './known-error.ts';
export { EXCERPT_LENGTH } from './publish.ts';
export type { KnowledgeRefusal, KnowledgeRefusalFacts, KnowledgeRefusalReason } from './refusals.ts';
export { MOST_SUGGESTIONS, suggestionsFor } from './suggest.ts';
export type { AboutTicket, Suggestable, SuggestedBecause, Suggestion, TextHit } from './suggest.ts';
