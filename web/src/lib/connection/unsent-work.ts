import { listDrafts, readRoomText } from '@muster/documents';
import type { CommandEnvelope, RecordId } from '@muster/domain/shared';
import type { HeldDocument } from './held-document.ts';

/** What the server has not acknowledged. */
export interface UnsentWork {
  readonly acts: readonly CommandEnvelope[];
  readonly words: readonly { readonly record: RecordId | null; readonly text: string }[];
}

/** The record that a room's words belong to. */
export function recordOf({ name }: HeldDocument): RecordId | null {
  return name.kind === 'room' ? name.id : null;
}

/** What people wrote in a document, as plain text. */
export function wordsOf({ name, doc }: HeldDocument): string {
  if (name.kind === 'room') return readRoomText(doc);
  if (name.kind === 'draft') {
    return listDrafts(doc)
      .map((draft) => draft.text)
      .join('\n\n');
  }
  return '';
}
