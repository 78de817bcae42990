import { listDrafts, readRoomText, textOf } from '@muster/documents';
import type { CommandEnvelope, RecordId } from '@muster/domain/shared';
import type { HeldDocument } from './held-document.ts';

/** What the server has not acknowledged. */
export interface UnsentWork {
  readonly acts: readonly CommandEnvelope[];
  readonly words: readonly { readonly record: RecordId | null; readonly text: string }[];
}

/** The record that the words of a room or an article belong to. */
export function recordOf({ name }: HeldDocument): RecordId | null {
  return name.kind === 'room' || name.kind === 'article' ? name.id : null;
}

/** What people wrote in a document, as plain text. */
export function wordsOf({ name, doc }: HeldDocument): string {
  if (name.kind === 'room') return readRoomText(doc);
  if (name.kind === 'article') return textOf(doc.getXmlFragment('body'));
  if (name.kind === 'draft') {
    return listDrafts(doc)
      .map((draft) => draft.text)
      .join('\n\n');
  }
  return '';
}
