import type { Transaction } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';

/** What the binding says of a transaction that draws a change of the document. */
export interface DrawnChange {
  readonly isChangeOrigin?: boolean;
  readonly isUndoRedoOperation?: boolean;
}

export const changeOf = (transaction: Transaction) =>
  transaction.getMeta(ySyncPluginKey) as DrawnChange | undefined;
