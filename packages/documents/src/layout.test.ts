import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DOCUMENT_KINDS, rootTypeOf, rulesOf } from './kinds.ts';
import { describeLayout } from './layout.ts';

/**
 * Version and hash of every layout. When this fails, the stored form of a kind has changed:
 * raise its `layout` in kinds.ts (and the version of the codec in question), then write the new pair here.
 */
const KNOWN: Readonly<Record<string, string>> = {
  board: '4 70f972ec4565bb61',
  'change-board': '3 78d2ef48a756321a',
  'release-board': '1 f07664a787004c69',
  release: '1 7e739a43ee97c1d4',
  'problem-board': '2 f868e249c4b6e78a',
  'meeting-board': '1 538b291d2da5ee6c',
  'knowledge-board': '1 fafcd14ef0299ed4',
  'help-board': '1 0754ecd47253fb11',
  'configuration-board': '4 c32d5049bb63d6fc',
  'configuration-rules': '1 2a07b795c81333f6',
  meeting: '1 118f85222b8e4c8b',
  rules: '2 3963d3d4f33cff76',
  record: '5 cdbe8b2c37af0396',
  journal: '6 2ce2a01b6762304f',
  room: '5 2d1d82cb19c83735',
  inbox: '9 51437bbfdf57cabf',
  draft: '4 30c1b840770d9891',
  article: '1 56d1f5e2a8c74025',
  notice: '3 7c64a47891e019ee',
  oncall: '1 56556746f6f23094',
  directory: '3 ebf865b2effd6948',
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
