/**
 * Turns today's prose into an older version by a forward edit: what both have stays the very same structures, so
 * that what others write there meanwhile stays too. Nothing is replaced that need not be.
 */
import * as Y from 'yjs';
import { isProseText, readProse, readRuns } from './prose.ts';
import type { ProseBlock, ProseNode, ProseText } from './prose.ts';
import { keptBetween } from './word-diff.ts';

type Parent = Y.XmlFragment | Y.XmlElement;
/** A child as Yjs holds it: a block, or the neighbouring texts that are one shared text. */
type Wanted = ProseBlock | readonly ProseText[];

/** Makes a fragment hold these nodes, in one transaction under `origin`. What nodes say of their authors is not looked at. */
export function restoreProse(fragment: Y.XmlFragment, nodes: readonly ProseNode[], origin: unknown): void {
  const restore = (): void => restoreChildren(fragment, nodes);
  if (fragment.doc === null) restore();
  else fragment.doc.transact(restore, origin);
}

function restoreChildren(parent: Parent, nodes: readonly ProseNode[]): void {
  const wanted = childrenOf(nodes.filter(({ removed }) => removed === undefined));
  const present = parent.toArray().filter(isNode);
  const kept = keptBetween(present.map(formOfPresent), wanted.map(formOf));
  let [at, next] = [present.length, wanted.length];
  // from the end, so that places before stay where they are
  for (const { before, after, length } of kept.toReversed()) {
    restoreGap(
      parent,
      present.slice(before + length, at),
      before + length,
      wanted.slice(after + length, next),
    );
    [at, next] = [before, after];
  }
  restoreGap(parent, present.slice(0, at), 0, wanted.slice(0, next));
}

/** Pairs what stands in a gap with what belongs there; pairs of a kind are changed inside, the rest goes and comes. */
function restoreGap(
  parent: Parent,
  present: readonly Child[],
  from: number,
  wanted: readonly Wanted[],
): void {
  const shared = keptBetween(present.map(kindOfPresent), wanted.map(kindOf));
  let [at, next] = [present.length, wanted.length];
  for (const { before, after, length } of shared.toReversed()) {
    replace(parent, from + before + length, at - before - length, wanted.slice(after + length, next));
    for (let index = 0; index < length; index += 1) change(present[before + index], wanted[after + index]);
    [at, next] = [before, after];
  }
  replace(parent, from, at, wanted.slice(0, next));
}

function change(present: Child | undefined, wanted: Wanted | undefined): void {
  if (present === undefined || wanted === undefined) return;
  if (present instanceof Y.XmlText) {
    if (isTexts(wanted)) restoreText(present, wanted);
  } else if (!isTexts(wanted)) {
    for (const [key, value] of Object.entries(wanted.attrs ?? {})) {
      if (JSON.stringify(present.getAttribute(key)) !== JSON.stringify(value))
        setAttribute(present, key, value);
    }
    for (const key of Object.keys(present.getAttributes())) {
      if (!Object.hasOwn(wanted.attrs ?? {}, key)) present.removeAttribute(key);
    }
    restoreChildren(present, wanted.content ?? []);
  }
}

function restoreText(text: Y.XmlText, wanted: readonly ProseText[]): void {
  const before = wordsOf(
    readRuns(text)
      .map((run) => run.text)
      .join(''),
  );
  const after = wordsOf(wanted.map((run) => run.text).join(''));
  let [at, next] = [before.length, after.length];
  for (const { before: stay, after: come, length } of [...keptBetween(before, after)].toReversed()) {
    replaceWords(text, before, stay + length, at, after.slice(come + length, next).join(''));
    [at, next] = [stay, come];
  }
  replaceWords(text, before, 0, at, after.slice(0, next).join(''));
  restoreMarks(text, wanted);
}

function replaceWords(
  text: Y.XmlText,
  words: readonly string[],
  from: number,
  to: number,
  insert: string,
): void {
  const index = words.slice(0, from).join('').length;
  const length = words.slice(from, to).join('').length;
  if (length > 0) text.delete(index, length);
  if (insert !== '') text.insert(index, insert);
}

/** Gives each stretch its marks, where they are others. The words agree already. */
function restoreMarks(text: Y.XmlText, wanted: readonly ProseText[]): void {
  let from = 0;
  for (const run of wanted) {
    const to = from + run.text.length;
    let at = 0;
    for (const present of readRuns(text)) {
      const start = Math.max(from, at);
      const end = Math.min(to, at + present.text.length);
      at += present.text.length;
      if (start >= end || JSON.stringify(present.marks) === JSON.stringify(run.marks)) continue;
      const off = Object.fromEntries((present.marks ?? []).map(({ type }) => [type, null]));
      text.format(start, end - start, { ...off, ...attributesOf(run) });
    }
    from = to;
  }
}

function replace(parent: Parent, at: number, length: number, wanted: readonly Wanted[]): void {
  if (length > 0) parent.delete(at, length);
  if (wanted.length > 0) parent.insert(at, wanted.map(made));
}

function made(wanted: Wanted): Y.XmlElement | Y.XmlText {
  if (isTexts(wanted)) {
    const text = new Y.XmlText();
    text.applyDelta(wanted.map((run) => ({ insert: run.text, attributes: attributesOf(run) })));
    return text;
  }
  const block = new Y.XmlElement(wanted.type);
  for (const [key, value] of Object.entries(wanted.attrs ?? {})) setAttribute(block, key, value);
  const children = childrenOf(wanted.content ?? []);
  if (children.length > 0) block.insert(0, children.map(made));
  return block;
}

type Child = Y.XmlElement | Y.XmlText;

const isNode = (child: unknown): child is Child =>
  child instanceof Y.XmlElement || child instanceof Y.XmlText;

const isTexts = (wanted: Wanted): wanted is readonly ProseText[] => Array.isArray(wanted);

/** Attributes of elements are any plain value in the editor's hands; Yjs types them as text. */
function setAttribute(element: Y.XmlElement, key: string, value: unknown): void {
  (element as { setAttribute(key: string, value: unknown): void }).setAttribute(key, value);
}

function childrenOf(nodes: readonly ProseNode[]): readonly Wanted[] {
  const children: (ProseBlock | ProseText[])[] = [];
  for (const node of nodes) {
    const last = children.at(-1);
    if (!isProseText(node)) children.push(node);
    else if (Array.isArray(last)) last.push(node);
    else children.push([node]);
  }
  return children;
}

function attributesOf(run: ProseText): Record<string, unknown> {
  return Object.fromEntries((run.marks ?? []).map(({ type, attrs }) => [type, attrs ?? {}]));
}

const kindOfPresent = (child: Child): string => (child instanceof Y.XmlText ? 'text' : child.nodeName);
const kindOf = (wanted: Wanted): string => (isTexts(wanted) ? 'text' : wanted.type);

function formOfPresent(child: Child): string {
  if (child instanceof Y.XmlText) return formOf(readRuns(child));
  const attrs = child.getAttributes();
  return formOf({ type: child.nodeName, attrs, content: readProse(child) });
}

/** Everything that makes a child what it is, without who wrote it. */
function formOf(wanted: Wanted): string {
  if (isTexts(wanted)) return JSON.stringify(wanted.map(({ text, marks }) => [text, marks]));
  const attrs = Object.entries(wanted.attrs ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const content = childrenOf((wanted.content ?? []).filter(({ removed }) => removed === undefined));
  return JSON.stringify([wanted.type, attrs, content.map(formOf)]);
}

/** Words with what parts them, each a unit of its own. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}
