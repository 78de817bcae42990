import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type * as Y from 'yjs';

/**
 * Reads where the caret stands before somebody else's change is drawn.
 *
 * A key or a click moves the browser's caret at once, and the editor hears of it one task later, by
 * `selectionchange`. A change that comes in between would be drawn with the caret that the editor knew
 * before: the browser's own is put back there, and the next words land in the wrong place.
 *
 * Must stand before the collaboration extension (priority 1000): that one keeps the caret at the same
 * event of the document, and listeners are called in the order of their plugins.
 */
export const TrueCaret = Extension.create<{ fragment: Y.XmlFragment | null }>({
  name: 'trueCaret',
  priority: 1100,
  addOptions: () => ({ fragment: null }),
  addProseMirrorPlugins() {
    const doc = this.options.fragment?.doc;
    if (!doc) return [];
    return [new Plugin({ view: (view) => readBeforeOthers(doc, view) })];
  },
});

function readBeforeOthers(doc: Y.Doc, view: EditorView): { destroy: () => void } {
  const read = () => {
    // a change of one's own is told from within an update of the view, which must not be entered again
    if (doc._transaction?.local === false) readCaret(view);
  };
  doc.on('beforeAllTransactions', read);
  return { destroy: () => doc.off('beforeAllTransactions', read) };
}

/**
 * Has the editor read the browser's selection now, by the event that it would hear a task later. It
 * reads nothing when the selection is the one it knows. Half a word of an input method is left alone.
 */
function readCaret(view: EditorView): void {
  if (view.hasFocus() && !view.composing) view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'));
}
