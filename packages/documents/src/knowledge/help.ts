/**
 * What is published for everybody, on `board/known-error/everybody@n`: a document of its own, so that nothing of a
 * draft, of who wrote it or of whom it helped comes to a device that may not know it (PRB-61).
 */
import { KNOWLEDGE_KINDS, isForEverybody } from '@muster/domain/problem';
import type { KnowledgeContent, KnownError } from '@muster/domain/problem';
import type { RecordId, ServiceId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { fallback, flat, id, list, oneOf, optional, since, text, unlike, whole } from '../codec.ts';
import { setEntry } from '../entries.ts';
import { KINDS } from '../kinds.ts';
import { isNonconforming, sift, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';
import type { ProseNode } from '../prose.ts';

/** A version as everybody reads it. */
export interface HelpRow
  extends Pick<KnownError, 'id' | 'kind'>, Omit<KnowledgeContent, 'audience' | 'items' | 'problem'> {
  readonly number: number;
  readonly publishedAt: number;
  readonly body: readonly ProseNode[];
}

export const helpRow = versioned(
  1,
  flat<Omit<HelpRow, 'id'>>(
    {
      publishedAt: whole,
      kind: oneOf(KNOWLEDGE_KINDS),
      number: whole,
      title: text,
      symptom: text,
      workaround: text,
      cause: text,
      body: list(unlike<ProseNode>()),
      service: optional(id<ServiceId>()),
      category: optional(text),
      words: list(text),
      validUntil: optional(since),
      errorCode: fallback(text, ''),
    },
    'publishedAt',
  ),
);

/** What everybody sees of one; null when that is nothing. `body` is the text of its published version. */
export function helpOf(it: KnownError, body: readonly ProseNode[]): HelpRow | null {
  if (!isForEverybody(it) || it.published === null) return null;
  const { content, number, at } = it.published;
  const { title, symptom, workaround, cause, errorCode, service, category, words, validUntil } = content;
  const shown = { title, symptom, workaround, cause, errorCode, service, category, words, validUntil };
  return { id: it.id, kind: it.kind, number, publishedAt: at, body, ...shown };
}

/** Stamps a new board with its layout version. */
export function seedHelpBoard(doc: Y.Doc): void {
  doc.getMap('meta').set('layout', KINDS['help-board'].layout);
}

/** The server alone writes. What is for everybody no more goes. */
export function writeHelpRow(doc: Y.Doc, id: RecordId, row: HelpRow | null): void {
  if (row === null) doc.getMap('rows').delete(id);
  else setEntry(doc.getMap('rows'), id, helpRow.encode(row));
}

export function readHelpRow(doc: Y.Doc, id: RecordId): HelpRow | Nonconforming | null {
  const stored = doc.getMap('rows').get(id);
  if (stored === undefined) return null;
  const row = helpRow.decode(id, stored);
  return isNonconforming(row) ? row : { id, ...row };
}

/** All of it, in no order. */
export function readHelpRows(doc: Y.Doc): {
  readonly rows: readonly HelpRow[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const rows = [...doc.getMap('rows').keys()].flatMap((key) => readHelpRow(doc, key as RecordId) ?? []);
  const { conforming, nonconforming } = sift(rows);
  return { rows: conforming, nonconforming };
}
