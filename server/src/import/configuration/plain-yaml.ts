import { isMap, isScalar, parseAllDocuments, parseDocument, visit } from 'yaml';
import type { Document, DocumentOptions, LineCounter, ParseOptions, SchemaOptions } from 'yaml';
import { NotThatFormat } from './not-that-format.ts';

/** The library compares each key with all before it, which takes hours where a file has many: see `repeatedKeyOf`. */
const READ: ParseOptions & DocumentOptions & SchemaOptions = { uniqueKeys: false };

export function yamlOf(text: string, lineCounter: LineCounter, merge = false): Document.Parsed {
  return parseDocument(text, { ...READ, lineCounter, merge });
}

export function yamlsOf(text: string, lineCounter: LineCounter): readonly Document.Parsed[] {
  return [parseAllDocuments(text, { ...READ, lineCounter })].flat();
}

/** Why a document cannot be read, as far as that is seen before its aliases are followed; null where it can. */
export function brokenIn(document: Document.Parsed, counter: LineCounter): string | null {
  const [broken] = document.errors;
  return broken === undefined
    ? repeatedKeyOf(document, counter)
    : (broken.message.split('\n')[0] ?? 'no YAML');
}

/** A key that a map has twice: which of the two is meant, nobody knows. */
function repeatedKeyOf(document: Document.Parsed, counter: LineCounter): string | null {
  let found: string | null = null;
  visit(document, (_, node) => {
    if (!isMap(node)) return undefined;
    const keys = new Set<unknown>();
    for (const { key } of node.items) {
      // what is merged in may be so more than once
      if (!isScalar(key) || key.value === '<<') continue;
      if (keys.has(key.value)) {
        const line = key.range ? counter.linePos(key.range[0]).line : null;
        found = `the key "${String(key.value)}" stands twice in one map${line === null ? '' : `, again in line ${line}`}`;
        return visit.BREAK;
      }
      keys.add(key.value);
    }
    return undefined;
  });
  return found;
}

/**
 * What a document of YAML says, its aliases followed.
 * @throws NotThatFormat When one alias has no anchor, or a few of them would stand for more than any file says
 */
export function plainOf(document: Pick<Document, 'toJS'>, maxAliasCount: number): unknown {
  try {
    return document.toJS({ maxAliasCount });
  } catch (cause) {
    if (!(cause instanceof ReferenceError || cause instanceof RangeError)) throw cause;
    throw new NotThatFormat(`The file cannot be read: ${cause.message}.`, { cause });
  }
}
