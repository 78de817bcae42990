/** What people do to a room without thinking of each other: words, marks, lists, deletes, ticks. */
import { roomFragment } from '@muster/documents';
import type { ProseRoot } from '@muster/documents';
import * as Y from 'yjs';
import type { Random } from './random.ts';

const ROOTS: readonly ProseRoot[] = ['description', 'notes', 'review'];
const MARKS = ['bold', 'italic', 'code'] as const;

/** One random edit, in one transaction. */
export function editRoom(room: Y.Doc, random: Random): void {
  const fragment = roomFragment(room, random.pick(ROOTS));
  const texts = textsOf(fragment);
  const text = texts.length === 0 ? null : random.pick(texts);
  const edit = random.weighted<() => void>([
    [5, () => insertBlock(fragment, paragraphOf(random.word()), random)],
    [2, () => insertBlock(fragment, listOf(random), random)],
    [10, () => text?.insert(random.below(text.length + 1), `${random.word()} `)],
    [4, () => onRange(text, random, (at, length) => text?.delete(at, length))],
    [4, () => onRange(text, random, (at, length) => text?.format(at, length, markOf(random)))],
    [1, () => fragment.length > 0 && fragment.delete(random.below(fragment.length), 1)],
    [2, () => room.getArray('timeline').push([{ at: random.below(1_000), what: random.word() }])],
    [2, () => addCheck(room, random)],
    [2, () => tick(room, random)],
  ]);
  room.transact(edit);
}

/** All that a room holds, in words, with marks and structure. */
export function contentOf(room: Y.Doc): string {
  return JSON.stringify([
    ...ROOTS.map((root) => roomFragment(room, root).toString()),
    room.getArray('timeline').toJSON(),
    room.getArray('checklist').toJSON(),
  ]);
}

export function paragraphOf(words: string): Y.XmlElement {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  return paragraph;
}

function listOf(random: Random): Y.XmlElement {
  const list = new Y.XmlElement(random.pick(['bulletList', 'orderedList']));
  const items = Array.from({ length: 1 + random.below(3) }, () => {
    const item = new Y.XmlElement('listItem');
    item.insert(0, [paragraphOf(random.word())]);
    return item;
  });
  list.insert(0, items);
  return list;
}

function insertBlock(fragment: Y.XmlFragment, block: Y.XmlElement, random: Random): void {
  fragment.insert(random.below(fragment.length + 1), [block]);
}

function onRange(text: Y.XmlText | null, random: Random, edit: (at: number, length: number) => void): void {
  if (text === null || text.length === 0) return;
  const at = random.below(text.length);
  edit(at, 1 + random.below(Math.min(12, text.length - at)));
}

function markOf(random: Random): Record<string, object | null> {
  return { [random.pick(MARKS)]: random.chance(70) ? {} : null };
}

function addCheck(room: Y.Doc, random: Random): void {
  const line = new Y.Map<unknown>();
  line.set('what', random.word());
  line.set('done', false);
  room.getArray('checklist').push([line]);
}

function tick(room: Y.Doc, random: Random): void {
  const lines = room.getArray('checklist').toArray();
  if (lines.length === 0) return;
  const line = random.pick(lines);
  if (line instanceof Y.Map) line.set('done', line.get('done') !== true);
}

function textsOf(node: Y.XmlFragment | Y.XmlElement): Y.XmlText[] {
  return node.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return [child];
    return child instanceof Y.XmlElement ? textsOf(child) : [];
  });
}
