import type { PlanName } from '@muster/domain/change';
import * as Y from 'yjs';
import { PLAN_ROOTS } from './kinds.ts';
import { decodeEntry } from './timeline/entry.ts';
import { decodeTask } from './timeline/task.ts';
import { isNonconforming } from './nonconforming.ts';
import { thoughtWords } from './problem/thought.ts';

/** Roots of a room that an editor binds to. */
export type ProseRoot = 'description' | 'notes' | 'review' | PlanName;

export function roomFragment(doc: Y.Doc, root: ProseRoot): Y.XmlFragment {
  return doc.getXmlFragment(root);
}

/**
 * Gives a new room the description that its record was created with: a paragraph a line, in the editor's shape.
 * The server does this once; a browser that did it too would double the text.
 */
export function seedRoom(doc: Y.Doc, plainText: string): void {
  seedProse(doc, 'description', plainText);
}

/** Gives a new room the plans of the template that its change was made from. */
export function seedPlans(doc: Y.Doc, plans: Readonly<Partial<Record<PlanName, string>>>): void {
  for (const plan of PLAN_ROOTS) seedProse(doc, plan, plans[plan] ?? '');
}

function seedProse(doc: Y.Doc, root: ProseRoot, plainText: string): void {
  const prose = roomFragment(doc, root);
  if (prose.length > 0 || plainText === '') return;
  const paragraphs = plainText.split(/\r\n|\r|\n/).map((line) => {
    const paragraph = new Y.XmlElement('paragraph');
    if (line !== '') paragraph.insert(0, [new Y.XmlText(line)]);
    return paragraph;
  });
  prose.insert(0, paragraphs);
}

/** The headings that a review begins with (A2 row 15). */
export const REVIEW_HEADINGS = [
  'Overview',
  'Impact',
  'Timeline',
  'Contributing factors',
  'What went well',
  'Actions',
] as const;

/**
 * The headings of a review as an update that is the same whenever it is made under the same client id: applied again,
 * it changes nothing, not even after somebody took a heading away. That id must write nothing else.
 */
export function reviewStart(clientId: number): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const blocks = REVIEW_HEADINGS.flatMap((words) => {
    const heading = new Y.XmlElement('heading');
    // the editor keeps the level as a number, which Yjs stores and its types do not foresee
    heading.setAttribute('level', 2 as unknown as string);
    heading.insert(0, [new Y.XmlText(words)]);
    return [heading, new Y.XmlElement('paragraph')];
  });
  roomFragment(doc, 'review').insert(0, blocks);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** All words of a room as plain text, blocks on lines of their own: for search and excerpts. */
export function readRoomText(doc: Y.Doc): string {
  const parts = [
    textOf(roomFragment(doc, 'description')),
    textOf(roomFragment(doc, 'notes')),
    ...doc.getArray('timeline').toArray().flatMap(entryWords),
    ...doc.getArray('checklist').toArray().flatMap(taskWords),
    textOf(roomFragment(doc, 'review')),
    ...PLAN_ROOTS.map((plan) => textOf(roomFragment(doc, plan))),
    ...doc
      .getArray('analysis')
      .toArray()
      .flatMap((value) => thoughtWords(value) ?? strings(value)),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** The words of one piece of co-edited prose. */
export function textOf(node: Y.XmlFragment | Y.XmlElement): string {
  let text = '';
  for (const child of node.toArray()) {
    if (child instanceof Y.XmlText) text += plainText(child);
    else if (child instanceof Y.XmlElement && child.nodeName === 'hardBreak') text += '\n';
    else if (child instanceof Y.XmlElement)
      text += `${text === '' || text.endsWith('\n') ? '' : '\n'}${textOf(child)}\n`;
  }
  return text.replace(/\n+$/, '');
}

/** `toString` of a text with marks gives tags; its delta gives the words. */
function plainText(text: Y.XmlText | Y.Text): string {
  const delta = text.toDelta() as readonly { readonly insert: unknown }[];
  return delta.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
}

/** What an entry says; hidden ones are not found. What does not conform is found by all its words. */
function entryWords(value: unknown): readonly string[] {
  const entry = decodeEntry('', value);
  if (isNonconforming(entry)) return strings(value);
  return entry.hidden ? [] : [entry.text];
}

function taskWords(value: unknown): readonly string[] {
  const task = decodeTask('', value);
  if (isNonconforming(task)) return strings(value);
  return task.hidden ? [] : [task.text, task.evidence];
}

function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Y.Text) return [plainText(value)];
  if (value instanceof Y.XmlFragment) return [textOf(value)];
  if (value instanceof Y.Map) return [...value.values()].flatMap(strings);
  if (value instanceof Y.Array) return value.toArray().flatMap(strings);
  if (Array.isArray(value)) return value.flatMap(strings);
  return [];
}
