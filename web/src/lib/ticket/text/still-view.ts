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
  addStorage: () => ({ isHeld: false, held: null }),
  dispatchTransaction({ transaction, next }) {
    const change = changeOf(transaction);
    if (change?.isChangeOrigin !== true || change.isUndoRedoOperation === true) return next(transaction);
    const { view } = this.editor;
    const part = view.hasFocus() ? scrollingPartOf(view.dom) : null;
    const before = part === null ? null : standingIn(part, view, this.storage.held);
    this.storage.isHeld = part !== null;
    try {
      next(transaction);
    } finally {
      this.storage.isHeld = false;
    }
    const after = before === null ? null : caretOf(view);
    if (before !== null && after !== null) before.part.scrollTop += after.top - before.top;
    this.storage.held = before;
  },
  addProseMirrorPlugins() {
    // the binding asks for a scroll to the caret at each change, also to one that was scrolled out of sight
    return [new Plugin({ props: { handleScrollToSelection: () => this.storage.isHeld } })];
  },
});

interface Storage {
  /** Somebody else's change is being drawn, in a part whose view is left as it is. */
  isHeld: boolean;
  /** Where the caret was held last. */
  held: Standing | null;
}

interface Standing {
  /** Which scrolls around the text. */
  readonly part: Element;
  /** Of the caret in the window, in pixels. */
  readonly top: number;
}

/** Where the caret stands; null where it is out of sight. */
function standingIn(part: Element, view: EditorView, held: Standing | null): Standing | null {
  const caret = caretOf(view);
  const sight = part.getBoundingClientRect();
  if (caret === null || caret.bottom <= sight.top || caret.top >= sight.bottom) return null;
  // parts scroll by whole pixels, and what each change leaves over would add up
  const stays = held?.part === part && Math.abs(held.top - caret.top) < 1;
  return stays ? held : { part, top: caret.top };
}

/** In the window; null where the browser cannot say: what is to be drawn is drawn all the same. */
function caretOf(view: EditorView): { readonly top: number; readonly bottom: number } | null {
  try {
    return view.coordsAtPos(view.state.selection.head);
  } catch {
    return null;
  }
}

/** The nearest that has something to scroll; the page itself never has. */
function scrollingPartOf(element: Element): Element | null {
  for (let part = element.parentElement; part !== null; part = part.parentElement) {
    const scrolls = part.scrollHeight > part.clientHeight && part !== document.documentElement;
    if (scrolls && /auto|scroll/.test(getComputedStyle(part).overflowY)) return part;
  }
  return null;
}
