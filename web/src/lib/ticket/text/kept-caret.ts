import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';

/**
 * Keeps the caret in its own paragraph when somebody else's change is drawn.
 *
 * The binding of the shared text knows by Yjs where the caret was, and doubts it where the paragraph reads
 * otherwise than before: it looks for one that reads alike instead. Where many read alike, the empty ones of
 * a template above all, it finds a wrong one, and the next words land there. Where the text in which the
 * caret stood is there still, Yjs is right; only where that text is gone, the likeness may decide.
 */
export const KeptCaret = Extension.create({
  name: 'keptCaret',
  addProseMirrorPlugins: () => [
    new Plugin({
      appendTransaction(transactions, before, state) {
        const change = transactions.find((each) => changeOf(each)?.isChangeOrigin === true);
        return change === undefined ? null : moveBack(change, before, state);
      },
    }),
  ],
});

/** What the binding says of a transaction that draws a change of the document. */
interface DrawnChange {
  readonly isChangeOrigin?: boolean;
}

/** The parts of the binding that are read here. */
interface Binding {
  readonly doc: Y.Doc;
  readonly type: Y.XmlFragment;
  readonly mapping: Parameters<typeof relativePositionToAbsolutePosition>[3];
  readonly beforeTransactionSelection: {
    readonly type: string;
    readonly anchor: Y.RelativePosition | null;
    readonly head: Y.RelativePosition | null;
  } | null;
}

const changeOf = (transaction: Transaction) => transaction.getMeta(ySyncPluginKey) as DrawnChange | undefined;

function moveBack(change: Transaction, before: EditorState, state: EditorState): Transaction | null {
  const binding = (ySyncPluginKey.getState(state) as { readonly binding?: Binding } | undefined)?.binding;
  const kept = binding?.beforeTransactionSelection;
  if (binding === undefined || kept?.type !== 'text') return null;
  const { $anchor, $head } = before.selection;
  const anchor = placeOf(binding, kept.anchor, $anchor.parent);
  const head = placeOf(binding, kept.head, $head.parent);
  if (anchor === null || head === null) return null;
  const selection = TextSelection.between(state.doc.resolve(anchor), state.doc.resolve(head));
  if (selection.eq(state.selection)) return null;
  // said as the change itself is: nothing of it is the writer's own, to send or to undo
  return state.tr
    .setSelection(selection)
    .setMeta(ySyncPluginKey, changeOf(change))
    .setMeta('addToHistory', false);
}

/** Where an end of the selection stands now; null where the text that held it is gone. */
function placeOf(
  { doc, type, mapping }: Binding,
  end: Y.RelativePosition | null,
  paragraph: Node,
): number | null {
  if (end === null) return null;
  const holder = Y.createAbsolutePositionFromRelativePosition(end, doc)?.type;
  if (holder === undefined || holder === type || holder._item?.deleted !== false) return null;
  // in an empty paragraph the end is its start too, and stays before what a colleague begins there
  const place = paragraph.content.size > 0 ? end : new Y.RelativePosition(end.type, end.tname, null, -1);
  return relativePositionToAbsolutePosition(doc, type, place, mapping);
}
