/**
 * Lists of things that people write: each a `Y.Map` with a `head` that never changes, a `text` that is written
 * together, and `marks` for what changes after. Made whole in one transaction, so that nobody sees half of one.
 */
import * as Y from 'yjs';
import type { Plain } from '../codec.ts';

export type WrittenRoot = 'timeline' | 'checklist' | 'analysis';

/** A stored thing as plain values, from a living document or from the replay of one. */
export interface StoredThing {
  readonly head: unknown;
  readonly text: string;
  readonly marks: readonly unknown[];
}

export function writtenList(doc: Y.Doc, root: WrittenRoot): Y.Array<unknown> {
  return doc.getArray(root);
}

/** Null when it is none of these: another shape, or a text with marks. */
export function storedThing(value: unknown): StoredThing | null {
  if (value instanceof Y.Map) {
    const [head, text, marks] = [value.get('head'), value.get('text'), value.get('marks')];
    if (!isPlainText(text) || !(marks instanceof Y.Array)) return null;
    return { head, text: text.toString(), marks: marks.toArray() };
  }
  if (typeof value !== 'object' || value === null) return null;
  const { head, text, marks } = value as Readonly<Record<string, unknown>>;
  return typeof text === 'string' && Array.isArray(marks) ? { head, text, marks } : null;
}

/** The shared text of a living thing, for whoever writes in it. */
export function sharedText(value: unknown): Y.Text | null {
  const text: unknown = value instanceof Y.Map ? value.get('text') : null;
  return isPlainText(text) ? text : null;
}

/** Puts a new thing at the end of its list. */
export function pushThing(doc: Y.Doc, root: WrittenRoot, head: Plain, text: string, origin?: unknown): void {
  doc.transact(() => {
    const thing = new Y.Map<unknown>();
    thing.set('head', head);
    thing.set('text', new Y.Text(text));
    thing.set('marks', new Y.Array());
    writtenList(doc, root).push([thing]);
  }, origin);
}

/** Puts a mark on a living thing; nothing on one of another shape. */
export function pushMark(value: unknown, mark: Plain, origin?: unknown): void {
  const marks: unknown = value instanceof Y.Map ? value.get('marks') : null;
  if (!(marks instanceof Y.Array)) return;
  marks.doc?.transact(() => marks.push([mark]), origin);
}

/** A text for markup is a text too, and gives its tags as words. */
function isPlainText(value: unknown): value is Y.Text {
  return value instanceof Y.Text && !(value instanceof Y.XmlText);
}
