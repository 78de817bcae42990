import type { Node } from '@tiptap/pm/model';
import { Selection } from '@tiptap/pm/state';
import type { EditorState } from '@tiptap/pm/state';

/**
 * The place behind what was taken back or brought back, which is where whoever did so looks: the end of paragraphs
 * that came, the end of the one before those that went, the end of the words that differ. Null where all words are as
 * they were: marks and lists alone came or went.
 */
export function atChange({ doc: before, selection }: EditorState, after: Node): Selection | null {
  const [was, is] = [paragraphsOf(before), paragraphsOf(after)];
  if (was.length === is.length && was.every(({ node }, at) => node.textContent === is[at]?.node.textContent))
    return null;
  const shorter = Math.min(was.length, is.length);
  const head = alike(was, is, shorter);
  const tail = alike(was.toReversed(), is.toReversed(), shorter);
  // whole ones came or went: among those that read alike, the ones next to the caret
  if (was.length !== is.length && head + tail >= shorter) {
    const caret = was.findIndex(({ end }) => end >= selection.head);
    const went = Math.max(0, was.length - is.length);
    const first = Math.max(shorter - tail, Math.min(head, caret + 1 - went));
    const last = is[first - 1 + Math.max(0, is.length - was.length)];
    return last === undefined ? Selection.atStart(after) : Selection.near(after.resolve(last.end), -1);
  }
  const start = before.content.findDiffStart(after.content);
  const ends = before.content.findDiffEnd(after.content);
  if (start === null || ends === null) return null;
  // letters that are the same on both sides of what is gone are counted from both ends
  const twice = Math.max(0, start - Math.min(ends.a, ends.b));
  return Selection.near(after.resolve(Math.max(start, ends.b + twice)), -1);
}

interface Paragraph {
  readonly node: Node;
  /** The place behind its last letter. */
  readonly end: number;
}

function paragraphsOf(doc: Node): readonly Paragraph[] {
  const found: Paragraph[] = [];
  doc.descendants((node, at) => {
    if (node.isTextblock) found.push({ node, end: at + node.nodeSize - 1 });
    return !node.isTextblock;
  });
  return found;
}

/** How many at the beginning of both are the same, of at most so many. */
function alike(was: readonly Paragraph[], is: readonly Paragraph[], most: number): number {
  let count = 0;
  while (count < most && is[count]?.node.eq(was[count]?.node as Node) === true) count += 1;
  return count;
}
