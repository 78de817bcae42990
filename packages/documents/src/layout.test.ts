import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DOCUMENT_KINDS, rootTypeOf, rulesOf } from './kinds.ts';
import { describeLayout } from './layout.ts';

/**
 * Version and hash of every layout. When this fails, the stored form of a kind has changed:
 * raise its `layout` in kinds.ts (and the version of the codec in question), then write the new pair here.
 */
const KNOWN: Readonly<Record<string, string>> = {
  board: '2 dc5873f1c070ab3b',
  record: '3 90a6379acb45a358',
  journal: '3 90a6379acb45a358',
  room: '2 6f06c9fc20488958',
  inbox: '2 e37a5b7e0eb379e3',
  draft: '2 5ddada86cce6b9f8',
  article: '1 56d1f5e2a8c74025',
  notice: '2 c7b8400374b54f1c',
  directory: '2 cb8b533bc287be10',
};

describe('layouts', () => {
  test.each(DOCUMENT_KINDS)('the layout of %s does not change without its version', (kind) => {
    const hash = createHash('sha256').update(describeLayout(kind)).digest('hex').slice(0, 16);
    expect(`${rulesOf(kind).layout} ${hash}`).toBe(KNOWN[kind]);
  });

  test('a kind has its own roots and no others', () => {
    expect(rootTypeOf('room', 'description')).toBe('xml');
    expect(rootTypeOf('room', 'rows')).toBeNull();
    expect(rootTypeOf('room', 'constructor')).toBeNull();
    expect(rootTypeOf('draft', 'draft:reply:x')).toBe('text');
    expect(rootTypeOf('draft', 'draft:anything')).toBeNull();
    expect(rootTypeOf('draft', 'draft:')).toBeNull();
  });
});
