import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import type { EditorState, Selection, Transaction } from '@tiptap/pm/state';
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { atChange } from './at-change.ts';
import { changeOf } from './drawn-change.ts';

/**
 * Keeps the caret in its own paragraph when somebody else's change is drawn, and puts it behind what the writer
 * takes back or brings back.
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

function moveBack(change: Transaction, before: EditorState, state: EditorState): Transaction | null {
  const isOwn = changeOf(change)?.isUndoRedoOperation === true;
  const selection = (isOwn ? atChange(before, state.doc) : null) ?? keptIn(before, state);
  if (selection === null || (!isOwn && selection.eq(state.selection))) return null;
  const moved = state.tr.setSelection(selection);
  if (isOwn) moved.scrollIntoView();
  // said as the change itself is: nothing of it is the writer's own, to send or to undo
  return moved.setMeta(ySyncPluginKey, changeOf(change)).setMeta('addToHistory', false);
}

function keptIn({ selection: { $anchor, $head } }: EditorState, state: EditorState): Selection | null {
  const binding = (ySyncPluginKey.getState(state) as { readonly binding?: Binding } | undefined)?.binding;
  const kept = binding?.beforeTransactionSelection;
  if (binding === undefined || kept?.type !== 'text') return null;
  const anchor = placeOf(binding, kept.anchor, { paragraph: $anchor.parent, doc: state.doc });
  const head = placeOf(binding, kept.head, { paragraph: $head.parent, doc: state.doc });
  if (anchor === null || head === null) return null;
  return TextSelection.between(state.doc.resolve(anchor), state.doc.resolve(head));
}

interface EndBefore {
  /** In which the end stood before the change. */
  readonly paragraph: Node;
  /** As it is now. */
  readonly doc: Node;
}

/** Where an end of the selection stands now; null where the text that held it is gone. */
function placeOf(binding: Binding, end: Y.RelativePosition | null, before: EndBefore): number | null {
  if (end === null) return null;
  const at = Y.createAbsolutePositionFromRelativePosition(end, binding.doc);
  const item = at?.type._item;
  if (at === null || at.type === binding.type || item?.deleted !== false) return null;
  // in an empty paragraph the end is its start too, and stays before what a colleague begins there
  const isStart = before.paragraph.content.size === 0 || at.index === 0;
  const place = isStart ? new Y.RelativePosition(item.id, null, null, -1) : end;
  const found = relativePositionToAbsolutePosition(binding.doc, binding.type, place, binding.mapping);
  return found === null || isBroken(binding, end, before, found) ? null : found;
}

/** A line break took the letters behind it to another text of the same paragraph: there the likeness knows better. */
function isBroken(
  { doc: shared }: Binding,
  { item: letter }: Y.RelativePosition,
  { paragraph, doc }: EndBefore,
  found: number,
): boolean {
  if (letter === null || paragraph.content.size === 0 || !Y.getItem(shared.store, letter).deleted)
    return false;
  return doc.resolve(found).parent.textContent === paragraph.textContent;
}
