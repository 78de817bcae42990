import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { changeOf } from './drawn-change.ts';

/**
 * Holds the line that somebody writes in where it stands on the screen while somebody else's words come above it.
 *
 * A browser keeps what it shows still by itself, and takes the text that has the focus for one piece: what grows
 * inside of it moves the caret down line by line. A caret out of sight is left to the browser.
 */
export const StillView = Extension.create<object, { isTheirs: boolean }>({
  name: 'stillView',
  addStorage: () => ({ isTheirs: false }),
  dispatchTransaction({ transaction, next }) {
    const change = changeOf(transaction);
    if (change?.isChangeOrigin !== true || change.isUndoRedoOperation === true) return next(transaction);
    const { view } = this.editor;
    const before = standingOf(view);
    this.storage.isTheirs = true;
    try {
      next(transaction);
    } finally {
      this.storage.isTheirs = false;
    }
    if (before !== null) before.part.scrollTop += topOf(view) - before.top;
  },
  addProseMirrorPlugins() {
    // the binding asks for a scroll to the caret at each change, also to one that was scrolled out of sight
    return [new Plugin({ props: { handleScrollToSelection: () => this.storage.isTheirs } })];
  },
});

interface Standing {
  /** Which scrolls around the text. */
  readonly part: Element;
  /** Of the caret in the window, in pixels. */
  readonly top: number;
}

const topOf = (view: EditorView) => view.coordsAtPos(view.state.selection.head).top;

/** Where the caret stands; null where nobody writes here, it is out of sight, or nothing scrolls. */
function standingOf(view: EditorView): Standing | null {
  const part = view.hasFocus() ? scrollingPartOf(view.dom) : null;
  if (part === null) return null;
  const { top, bottom } = view.coordsAtPos(view.state.selection.head);
  const sight = part.getBoundingClientRect();
  return bottom > sight.top && top < sight.bottom ? { part, top } : null;
}

function scrollingPartOf(element: Element): Element | null {
  for (let part = element.parentElement; part !== null; part = part.parentElement)
    if (/auto|scroll/.test(getComputedStyle(part).overflowY)) return part;
  return document.scrollingElement;
}
