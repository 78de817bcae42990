/** A room's whole content as plain values: prose as nodes, lists as items, each with who wrote it. */
import * as Y from 'yjs';
import type { KINDS } from './kinds.ts';
import { PRESENT, itemsOf, lastValueOf, proseText, readProse, readRuns } from './prose.ts';
import type { ProseNode, ProseText, Provenance, Trace } from './prose.ts';

export interface ProseContent {
  readonly text: string;
  /** In the shape of ProseMirror's JSON; `written`, `came` and `removed` beside it. */
  readonly content: readonly ProseNode[];
}

export interface ListItem extends Trace {
  readonly value: unknown;
  /** Texts inside that are written together, by their path in `value`. */
  readonly texts: readonly {
    readonly path: readonly (string | number)[];
    readonly content: readonly ProseText[];
  }[];
}

export interface RoomContent {
  readonly description: ProseContent;
  readonly notes: ProseContent;
  readonly timeline: readonly ListItem[];
  readonly checklist: readonly ListItem[];
  readonly review: ProseContent;
  /** The plans of a change; empty in every other room. */
  readonly implementation: ProseContent;
  readonly backout: ProseContent;
  readonly test: ProseContent;
  readonly communication: ProseContent;
  /** The drawings of a problem's analysis; empty in every other room. */
  readonly analysis: readonly ListItem[];
}

/** Every root of a room. With a provenance each part tells its past. */
export function readRoomContent(doc: Y.Doc, provenance: Provenance = PRESENT): RoomContent {
  const prose = (root: keyof typeof KINDS.room.roots): ProseContent => {
    const content = readProse(doc.getXmlFragment(root), provenance);
    return { text: proseText(content), content };
  };
  const list = (root: keyof typeof KINDS.room.roots): readonly ListItem[] =>
    readList(doc.getArray(root), provenance);
  return {
    description: prose('description'),
    notes: prose('notes'),
    timeline: list('timeline'),
    checklist: list('checklist'),
    review: prose('review'),
    implementation: prose('implementation'),
    backout: prose('backout'),
    test: prose('test'),
    communication: prose('communication'),
    analysis: list('analysis'),
  };
}

function readList(list: Y.Array<unknown>, provenance: Provenance): readonly ListItem[] {
  const items: ListItem[] = [];
  for (const item of itemsOf(list)) {
    const { content } = item;
    let from = 0;
    for (const { length, shown, trace } of provenance(item)) {
      if (shown && content instanceof Y.ContentType) {
        const gone = trace.removed !== undefined;
        items.push({
          ...trace,
          value: plainOf(content.type, gone),
          texts: textsOf(content.type, gone, provenance),
        });
      } else if (shown && item.countable && !(content instanceof Y.ContentDeleted)) {
        const values = content.getContent().slice(from, from + length) as readonly unknown[];
        items.push(...values.map((value) => ({ ...trace, value, texts: [] })));
      }
      from += length;
    }
  }
  return items;
}

/** A shared type as JSON. `gone`: with what its deletion took along. */
function plainOf(type: unknown, gone: boolean): unknown {
  if (type instanceof Y.Map) {
    return Object.fromEntries(entriesOf(type, gone).map(([key, item]) => [key, plainValue(item, gone)]));
  }
  if (type instanceof Y.XmlFragment) return proseText(readProse(type, presentOr(gone)));
  if (type instanceof Y.Text) return proseText(readRuns(type, presentOr(gone)));
  if (type instanceof Y.Array) {
    return [...itemsOf(type)]
      .filter((item) => item.countable && (gone || !item.deleted))
      .flatMap((item) =>
        item.content instanceof Y.ContentType
          ? [plainOf(item.content.type, gone)]
          : item.content.getContent(),
      );
  }
  return null;
}

function plainValue(item: Y.Item, gone: boolean): unknown {
  return item.content instanceof Y.ContentType ? plainOf(item.content.type, gone) : lastValueOf(item);
}

function textsOf(
  type: unknown,
  gone: boolean,
  provenance: Provenance,
  path: readonly (string | number)[] = [],
): ListItem['texts'] {
  if (type instanceof Y.Text) return [{ path, content: readRuns(type, provenance) }];
  if (type instanceof Y.Map) {
    return entriesOf(type, gone).flatMap(([key, item]) =>
      item.content instanceof Y.ContentType
        ? textsOf(item.content.type, gone, provenance, [...path, key])
        : [],
    );
  }
  return [];
}

function entriesOf(map: Y.Map<unknown>, gone: boolean): readonly (readonly [string, Y.Item])[] {
  return [...map._map].filter(([, item]) => gone || !item.deleted);
}

const presentOr = (gone: boolean): Provenance =>
  gone ? (item) => [{ length: item.length, shown: true, trace: {} }] : PRESENT;
