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
export const StillView = Extension.create<object, Storage>({
  name: 'stillView',
  addStorage: () => ({ isTheirs: false, held: null }),
  dispatchTransaction({ transaction, next }) {
    const change = changeOf(transaction);
    if (change?.isChangeOrigin !== true || change.isUndoRedoOperation === true) return next(transaction);
    const { view } = this.editor;
    const before = standingOf(view, this.storage.held);
    this.storage.isTheirs = true;
    try {
      next(transaction);
    } finally {
      this.storage.isTheirs = false;
    }
    if (before !== null) before.part.scrollTop += topOf(view) - before.top;
    this.storage.held = before;
  },
  addProseMirrorPlugins() {
    // the binding asks for a scroll to the caret at each change, also to one that was scrolled out of sight
    return [new Plugin({ props: { handleScrollToSelection: () => this.storage.isTheirs } })];
  },
});

interface Storage {
  /** Whether somebody else's change is being drawn. */
  isTheirs: boolean;
  /** Where the caret was held last. */
  held: Standing | null;
}

interface Standing {
  /** Which scrolls around the text. */
  readonly part: Element;
  /** Of the caret in the window, in pixels. */
  readonly top: number;
}

const topOf = (view: EditorView) => view.coordsAtPos(view.state.selection.head).top;

/** Where the caret stands; null where nobody writes here, it is out of sight, or nothing scrolls. */
function standingOf(view: EditorView, held: Standing | null): Standing | null {
  const part = view.hasFocus() ? scrollingPartOf(view.dom) : null;
  if (part === null) return null;
  const { top, bottom } = view.coordsAtPos(view.state.selection.head);
  const sight = part.getBoundingClientRect();
  if (bottom <= sight.top || top >= sight.bottom) return null;
  // parts scroll by whole pixels, and what each change leaves over would add up
  const isHeld = held?.part === part && Math.abs(held.top - top) < 1;
  return isHeld ? held : { part, top };
}

function scrollingPartOf(element: Element): Element | null {
  for (let part = element.parentElement; part !== null; part = part.parentElement)
    if (/auto|scroll/.test(getComputedStyle(part).overflowY)) return part;
  return document.scrollingElement;
}
