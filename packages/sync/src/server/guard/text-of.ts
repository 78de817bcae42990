import * as Y from 'yjs';
import { LIMITS } from '../../limits.ts';
import { decodeWithin } from './decode.ts';
import { Rejection } from './rejection.ts';

/**
 * The words that can be read out of an update by itself: in the order in which they were written, which need not be
 * the order in which they stand; one line for each block. Empty for bytes that do not decode within the limits.
 */
export function textOf(update: Uint8Array): string {
  const decoded = decodeWithin(update, true, { ...LIMITS, firstStepTwoBytes: Number.POSITIVE_INFINITY });
  if (decoded instanceof Rejection) return '';
  const parts = decoded.structs.map((struct) => (struct instanceof Y.Item ? textIn(struct.content) : ''));
  return parts
    .join('')
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
}

function textIn(content: Y.Item['content']): string {
  if (content instanceof Y.ContentString) return content.str;
  if (content instanceof Y.ContentType) return '\n';
  if (!(content instanceof Y.ContentAny || content instanceof Y.ContentJSON)) return '';
  const values: readonly unknown[] = content.arr;
  return values.map((value) => (typeof value === 'string' ? `\n${value}\n` : '')).join('');
}
