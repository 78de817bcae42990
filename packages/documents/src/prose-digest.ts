import { contentHash } from '@muster/domain/shared';
import * as Y from 'yjs';
import { textOf } from './room.ts';

/**
 * What a piece of prose says, as one digest: words, marks and blocks, the same for every copy with the same content.
 * Empty for a text without words.
 */
export function proseDigest(fragment: Y.XmlFragment): string {
  return textOf(fragment).trim() === '' ? '' : contentHash(contentOf(fragment));
}

/** Nested lists, with what is a set in Yjs in the order of its names. */
function contentOf(node: Y.XmlFragment | Y.XmlElement): readonly unknown[] {
  return node.toArray().map((child): unknown => {
    if (child instanceof Y.XmlText) return runsOf(child);
    if (child instanceof Y.XmlElement)
      return [child.nodeName, sorted(child.getAttributes() as Record<string, unknown>), contentOf(child)];
    return null;
  });
}

function runsOf(text: Y.XmlText): unknown {
  const delta = text.toDelta() as readonly {
    readonly insert: unknown;
    readonly attributes?: Readonly<Record<string, unknown>>;
  }[];
  return delta.map(({ insert, attributes = {} }) => [
    typeof insert === 'string' ? insert : null,
    sorted(attributes),
  ]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}
