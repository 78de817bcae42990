import { Extension, InputRule } from '@tiptap/core';
import type { ResolvedPos } from '@tiptap/pm/model';

/** What people type at the head of a line to make it one of a list, by the list that writes it itself. */
const MARKS = { orderedList: /^\s*\d{1,2}\.\s$/, bulletList: /^\s*[-+*]\s$/ } as const;

/**
 * A number or a dash typed at the head of a line that is one of such a list already goes again: the list writes it, and
 * `2. 2. Stop the queue` would stand there. Backspace brings it back.
 */
export const ListMarks = Extension.create({
  name: 'listMarks',
  // before the rules that begin a list
  priority: 1100,
  addInputRules: () =>
    Object.entries(MARKS).map(
      ([list, find]) =>
        new InputRule({
          find,
          handler: ({ state, range }) => {
            if (!isHeadOfItem(state.doc.resolve(range.from), list)) return null;
            state.tr.delete(range.from, range.to);
          },
        }),
    ),
});

/** Whether this is in the first paragraph of an item of such a list. */
function isHeadOfItem(at: ResolvedPos, list: string): boolean {
  return at.depth > 2 && at.node(-2).type.name === list && at.index(-1) === 0;
}
