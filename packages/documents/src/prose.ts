/**
 * Co-edited prose as plain nodes in the shape of ProseMirror's JSON, and who wrote each part. Reading walks the
 * structures of Yjs themselves, because a document that keeps what was deleted can then show that too.
 */
import * as Y from 'yjs';

/** Who did something to a text, and when it was committed (epoch milliseconds). */
export interface Written {
  readonly person: string;
  readonly at: number;
  /** The person only brought it back after a restore; its author is not known. */
  readonly recovered?: true;
}

/** What is known of a part: who wrote it, whether it came since the instant compared with, and who took it away since. */
export interface Trace {
  readonly written?: Written;
  readonly came?: true;
  readonly removed?: Written;
}

export interface ProseMark {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
}

export interface ProseText extends Trace {
  readonly type: 'text';
  readonly text: string;
  readonly marks?: readonly ProseMark[];
}

export interface ProseBlock extends Trace {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly ProseNode[];
}

export type ProseNode = ProseText | ProseBlock;

/** A stretch of one structure with one past. What is not `shown` was not there at either instant. */
export interface TracedRun {
  readonly length: number;
  readonly shown: boolean;
  readonly trace: Trace;
}

/** Tells the past of each structure, cut where it changes. */
export type Provenance = (item: Y.Item) => readonly TracedRun[];

/** What is there now, with nothing known of who wrote it. */
export const PRESENT: Provenance = (item) => [{ length: item.length, shown: !item.deleted, trace: {} }];

export function isProseText(node: ProseNode): node is ProseText {
  return node.type === 'text' && 'text' in node;
}

/** The nodes of a fragment or element in order; with a provenance, each part with its past. */
export function readProse(
  parent: Y.XmlFragment | Y.XmlElement,
  provenance: Provenance = PRESENT,
): readonly ProseNode[] {
  const nodes: ProseNode[] = [];
  for (const item of itemsOf(parent)) {
    if (!(item.content instanceof Y.ContentType)) continue;
    const [run] = provenance(item);
    if (run?.shown !== true) continue;
    const child: unknown = item.content.type;
    if (child instanceof Y.XmlText) nodes.push(...readRuns(child, provenance));
    else if (child instanceof Y.XmlElement) nodes.push(readBlock(child, run.trace, provenance));
  }
  return nodes;
}

/** The words of nodes, blocks on lines of their own; what was taken away is left out. */
export function proseText(nodes: readonly ProseNode[]): string {
  let text = '';
  for (const node of nodes) {
    if (node.removed !== undefined) continue;
    if (isProseText(node)) text += node.text;
    else if (node.type === 'hardBreak') text += '\n';
    else text += `${text === '' || text.endsWith('\n') ? '' : '\n'}${proseText(node.content ?? [])}\n`;
  }
  return text.replace(/\n+$/, '');
}

/** A text's runs of one form and one past each. */
export function readRuns(text: Y.Text, provenance: Provenance = PRESENT): readonly ProseText[] {
  const nodes: ProseText[] = [];
  const form = new Map<string, unknown>();
  for (const item of itemsOf(text)) {
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      const [run] = provenance(item);
      if (run?.shown === true && run.trace.removed === undefined) setForm(form, content.key, content.value);
    } else if (content instanceof Y.ContentString) {
      let from = 0;
      for (const { length, shown, trace } of provenance(item)) {
        if (shown)
          addText(nodes, {
            type: 'text',
            text: content.str.slice(from, from + length),
            ...marksOf(form),
            ...trace,
          });
        from += length;
      }
    }
  }
  return nodes;
}

/** All structures of a type in order, deleted ones too. */
export function* itemsOf(type: { readonly _start: Y.Item | null }): Generator<Y.Item> {
  for (let item = type._start; item !== null; item = item.right) yield item;
}

/** The last value set under a key, also when a deleted owner took it along. */
export function lastValueOf(item: Y.Item): unknown {
  return item.content.getContent()[item.length - 1] as unknown;
}

function readBlock(element: Y.XmlElement, trace: Trace, provenance: Provenance): ProseBlock {
  const attrs: Record<string, unknown> = {};
  for (const [key, item] of element._map) {
    if (!item.deleted || trace.removed !== undefined) attrs[key] = lastValueOf(item);
  }
  const content = readProse(element, provenance);
  return {
    type: element.nodeName,
    ...(Object.keys(attrs).length > 0 && { attrs }),
    ...(content.length > 0 && { content }),
    ...trace,
  };
}

function setForm(form: Map<string, unknown>, key: string, value: unknown): void {
  if (value === null) form.delete(key);
  else form.set(key, value);
}

function marksOf(form: ReadonlyMap<string, unknown>): { readonly marks?: readonly ProseMark[] } {
  if (form.size === 0) return {};
  const marks = [...form].map(([type, value]) => {
    const attrs =
      typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
    return { type, ...(Object.keys(attrs).length > 0 && { attrs }) };
  });
  return { marks: marks.toSorted((a, b) => (a.type < b.type ? -1 : 1)) };
}

function addText(nodes: ProseText[], next: ProseText): void {
  const last = nodes.at(-1);
  if (last !== undefined && sameButText(last, next)) {
    nodes[nodes.length - 1] = { ...last, text: last.text + next.text };
  } else if (next.text !== '') nodes.push(next);
}

function sameButText(a: ProseText, b: ProseText): boolean {
  return (
    a.came === b.came &&
    sameWritten(a.written, b.written) &&
    sameWritten(a.removed, b.removed) &&
    JSON.stringify(a.marks) === JSON.stringify(b.marks)
  );
}

function sameWritten(a: Written | undefined, b: Written | undefined): boolean {
  return a?.person === b?.person && a?.at === b?.at && a?.recovered === b?.recovered;
}
