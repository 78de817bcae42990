import type { Node } from '@tiptap/pm/model';
import { Selection } from '@tiptap/pm/state';

/**
 * The place behind what was taken back or brought back, which is where whoever did so looks: the end of paragraphs
 * that came, the end of the one before those that went, the end of the words that differ. Null where nothing does.
 */
export function atChange(before: Node, after: Node): Selection | null {
  const [was, is] = [paragraphsOf(before), paragraphsOf(after)];
  const shorter = Math.min(was.length, is.length);
  const alike = (at: (all: readonly Paragraph[], place: number) => Paragraph | undefined, most: number) => {
    let count = 0;
    for (; count < most; count += 1) {
      const [one, other] = [at(was, count), at(is, count)];
      if (one === undefined || other === undefined || !one.node.eq(other.node)) break;
    }
    return count;
  };
  const head = alike((all, place) => all[place], shorter);
  const tail = alike((all, place) => all[all.length - 1 - place], shorter - head);
  // what reads alike in the next paragraph says nothing of where whole ones came or went
  if (was.length !== is.length && head + tail === shorter) {
    const last = is[is.length - 1 - tail];
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
