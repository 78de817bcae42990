import type { Document } from 'yaml';
import { NotThatFormat } from './not-that-format.ts';

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
