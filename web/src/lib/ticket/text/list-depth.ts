import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { isChangeOrigin } from '@tiptap/extension-collaboration';

/** Lists inside lists, as deep as the server takes them with room to spare. */
export const MAX_LIST_DEPTH = 6;

/** Refuses a local change that would nest lists deeper; what others wrote is shown as it is. */
export const ListDepth = Extension.create({
  name: 'listDepth',
  addProseMirrorPlugins: () => [
    new Plugin({
      filterTransaction: (transaction) =>
        !transaction.docChanged ||
        isChangeOrigin(transaction) ||
        listDepthOf(transaction.doc) <= MAX_LIST_DEPTH,
    }),
  ],
});

/** The deepest nesting of lists and quotes below a node. */
export function listDepthOf(node: Node): number {
  let deepest = 0;
  node.forEach((child) => {
    const own =
      child.type.name === 'bulletList' ||
      child.type.name === 'orderedList' ||
      child.type.name === 'blockquote';
    deepest = Math.max(deepest, listDepthOf(child) + (own ? 1 : 0));
  });
  return deepest;
}
