/**
 * Known errors and knowledge articles: one kind of record (A8, KNOWN ERR; A7). What is written is its draft; what was
 * published is a version, which stays as it was while a next draft is written beside it.
 */
import type { Instant, ItemId, PersonId, RecordId, ServiceId } from '../../shared/index.ts';

/** The set grows at its end. */
export const KNOWLEDGE_KINDS = ['known-error', 'article'] as const;
export type KnowledgeKind = (typeof KNOWLEDGE_KINDS)[number];

/** A8, KNOWN ERR. The set grows at its end. */
export const KNOWLEDGE_STATES = ['draft', 'review', 'published', 'superseded', 'retired'] as const;
export type KnowledgeState = (typeof KNOWLEDGE_STATES)[number];

/** Who may read what is published. The set grows at its end. */
export const KNOWLEDGE_AUDIENCES = ['staff', 'everybody'] as const;
export type KnowledgeAudience = (typeof KNOWLEDGE_AUDIENCES)[number];

/** What a version is made of. The text of an article, and what is to be said at length of a known error, is prose. */
export interface KnowledgeContent {
  readonly title: string;
  readonly symptom: string;
  readonly workaround: string;
  readonly cause: string;
  /** What programs say when it happens; empty when they say nothing. */
  readonly errorCode: string;
  readonly items: readonly ItemId[];
  readonly service: ServiceId | null;
  readonly category: string | null;
  /** Words that people look for it by. */
  readonly words: readonly string[];
  readonly problem: RecordId | null;
  readonly audience: KnowledgeAudience;
  /** After this it is said that nobody has looked whether it still holds. */
  readonly validUntil: Instant | null;
}

/** What its authors set. */
export interface KnowledgeFields extends KnowledgeContent {
  /** Who answers for it. */
  readonly owner: PersonId | null;
  /** Who is asked to read it before it is published. */
  readonly reviewers: readonly PersonId[];
}

/** What was published last. Its text is kept with the version, its beginning here. */
export interface Published {
  /** Counts from 1. */
  readonly number: number;
  readonly content: KnowledgeContent;
  readonly excerpt: string;
  /** Digest of the text; null where there is none. */
  readonly text: string | null;
  readonly at: Instant;
  readonly by: PersonId;
}

export interface SentBack {
  readonly by: PersonId;
  readonly at: Instant;
  readonly reason: string;
}

export interface KnownError extends KnowledgeFields {
  readonly id: RecordId;
  readonly kind: KnowledgeKind;
  /** Number of its events. */
  readonly version: number;
  readonly state: KnowledgeState;
  /** How far what is being written has come; null where what is published is all there is. */
  readonly draft: 'draft' | 'review' | null;
  readonly madeBy: PersonId;
  readonly madeAt: Instant;
  readonly updatedAt: Instant;
  readonly submittedBy: PersonId | null;
  /** Why the reviewer gave it back; null once it was submitted again. */
  readonly sentBack: SentBack | null;
  readonly published: Published | null;
  readonly supersededBy: RecordId | null;
  /** Why it was retired. */
  readonly reason: string | null;
  /** People whom the present version helped, and whom it did not. */
  readonly helped: number;
  readonly notHelped: number;
  /** Tickets that it was used on. */
  readonly used: number;
  /** The end of validity that its owner was told of. */
  readonly toldDue: Instant | null;
}

/** Nothing of it is written any more; it stays readable for its staff. */
export function isOverKnowledge({ state }: Pick<KnownError, 'state'>): boolean {
  return state === 'superseded' || state === 'retired';
}

/** Whether it stands before its audience just now. */
export function isInUse({ state, published }: Pick<KnownError, 'state' | 'published'>): boolean {
  return state === 'published' && published !== null;
}

/** Whether everybody may read its published version. */
export function isForEverybody(it: Pick<KnownError, 'state' | 'published'>): boolean {
  return isInUse(it) && it.published?.content.audience === 'everybody';
}

/** Whether the time for which it was said to hold is over. It is shown as such, and not hidden (PRB-60). */
export function isDue({ published, state }: Pick<KnownError, 'published' | 'state'>, now: Instant): boolean {
  const until = published?.content.validUntil ?? null;
  return state === 'published' && until !== null && until <= now;
}

/** When a clock is next to look at it; null when never. */
export function knowledgeDueAt(it: Pick<KnownError, 'published' | 'state' | 'toldDue'>): Instant | null {
  const until = isInUse(it) ? (it.published?.content.validUntil ?? null) : null;
  return until === it.toldDue ? null : until;
}

/** The fields of a draft that make a version. */
export function contentOf(it: KnowledgeContent): KnowledgeContent {
  const { title, symptom, workaround, cause, errorCode, items, service, category, words } = it;
  const { problem, audience, validUntil } = it;
  return {
    ...{ title, symptom, workaround, cause, errorCode, items, service, category, words },
    ...{ problem, audience, validUntil },
  };
}
