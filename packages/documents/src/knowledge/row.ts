/** Known errors and articles as the staff sees them, on `board/known-error@n`: each whole but for the texts of its versions. */
import { KNOWLEDGE_AUDIENCES, KNOWLEDGE_KINDS, KNOWLEDGE_STATES } from '@muster/domain/problem';
import type { KnowledgeContent, KnownError, Published, SentBack } from '@muster/domain/problem';
import type { ItemId, PersonId, RecordId, ServiceId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { fallback, flat, id, list, oneOf, optional, since, text, whole } from '../codec.ts';
import type { Columns } from '../codec.ts';
import { setEntry } from '../entries.ts';
import { KINDS } from '../kinds.ts';
import { isNonconforming, sift, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';

const person = id<PersonId>();

const CONTENT: Columns<KnowledgeContent> = {
  title: text,
  symptom: text,
  workaround: text,
  cause: text,
  audience: oneOf(KNOWLEDGE_AUDIENCES),
  items: list(id<ItemId>()),
  service: optional(id<ServiceId>()),
  category: optional(text),
  words: list(text),
  problem: optional(id<RecordId>()),
  validUntil: optional(whole),
  errorCode: fallback(text, ''),
};

const published = flat<Published>({
  number: whole,
  at: since,
  by: person,
  content: flat(CONTENT),
  excerpt: fallback(text, ''),
  text: optional(text),
});

const sentBack = flat<SentBack>({ by: person, at: since, reason: text });

/** The order is layout: it grows at its end. */
const DRAFTS = ['draft', 'review'] as const;

/** Every column but its id. What most of them lack stands last. */
export const knowledgeRow = versioned(
  1,
  flat<Omit<KnownError, 'id'>>(
    {
      madeAt: whole,
      kind: oneOf(KNOWLEDGE_KINDS),
      version: whole,
      state: oneOf(KNOWLEDGE_STATES),
      madeBy: person,
      updatedAt: since,
      ...CONTENT,
      owner: optional(person),
      reviewers: list(person),
      draft: optional(oneOf(DRAFTS)),
      published: optional(published),
      submittedBy: optional(person),
      helped: whole,
      notHelped: whole,
      used: whole,
      sentBack: optional(sentBack),
      supersededBy: optional(id<RecordId>()),
      reason: optional(text),
      toldDue: optional(whole),
    },
    'madeAt',
  ),
);

/** Stamps a new board of known errors with its layout version. */
export function seedKnowledgeBoard(doc: Y.Doc): void {
  doc.getMap('meta').set('layout', KINDS['knowledge-board'].layout);
}

/** The server alone writes, with the client id of the board's epoch; but what says something else than what stands. */
export function writeKnowledgeRow(doc: Y.Doc, it: KnownError): void {
  setEntry(doc.getMap('rows'), it.id, knowledgeRow.encode(it));
}

/** One of them; null when it is not on the board. */
export function readKnowledgeRow(doc: Y.Doc, id: RecordId): KnownError | Nonconforming | null {
  const stored = doc.getMap('rows').get(id);
  if (stored === undefined) return null;
  const row = knowledgeRow.decode(id, stored);
  return isNonconforming(row) ? row : { id, ...row };
}

/** All of a board, in no order. Rows of another version or shape are set aside. */
export function readKnowledgeRows(doc: Y.Doc): {
  readonly known: readonly KnownError[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const rows = [...doc.getMap('rows').keys()].flatMap((key) => readKnowledgeRow(doc, key as RecordId) ?? []);
  const { conforming, nonconforming } = sift(rows);
  return { known: conforming, nonconforming };
}
