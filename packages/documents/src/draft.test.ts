import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { DRAFT_KINDS, listDrafts, readDraft, writeDraft } from './draft.ts';
import { changeBetween } from './text-change.ts';

const REPLY = 'reply:01KB3C0000000000000000000A';

function exchange(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
}

describe('a draft', () => {
  test('keeps what two devices began apart', () => {
    const [phone, desk] = [new Y.Doc(), new Y.Doc()];
    writeDraft(phone, REPLY, 'from the phone', 1);
    writeDraft(desk, REPLY, 'from the desk', 2);
    exchange(phone, desk);
    expect(readDraft(phone, REPLY)).toBe(readDraft(desk, REPLY));
    expect(readDraft(phone, REPLY)).toContain('from the phone');
    expect(readDraft(phone, REPLY)).toContain('from the desk');
  });

  test('merges edits at both ends of one text', () => {
    const [phone, desk] = [new Y.Doc(), new Y.Doc()];
    writeDraft(phone, REPLY, 'a middle z', 1);
    exchange(phone, desk);
    writeDraft(phone, REPLY, 'AA middle z', 2);
    writeDraft(desk, REPLY, 'a middle ZZ', 3);
    exchange(phone, desk);
    expect(readDraft(desk, REPLY)).toBe('AA middle ZZ');
  });

  test('is listed newest first while it has text', () => {
    const doc = new Y.Doc();
    writeDraft(doc, REPLY, 'old', 1);
    writeDraft(doc, 'new:01KB3C0000000000000000000B', 'young', 2);
    writeDraft(doc, 'note:01KB3C0000000000000000000A', 'gone', 3);
    writeDraft(doc, 'note:01KB3C0000000000000000000A', '', 4);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    expect(listDrafts(copy).map(({ kind, text, updatedAt }) => ({ kind, text, updatedAt }))).toEqual([
      { kind: 'new', text: 'young', updatedAt: 2 },
      { kind: 'reply', text: 'old', updatedAt: 1 },
    ]);
  });

  test.each(DRAFT_KINDS)('of the kind %s is kept under its name', (kind) => {
    const doc = new Y.Doc();
    const draft = `${kind}:01KB3C0000000000000000000A`;
    writeDraft(doc, draft, 'unsent', 1);
    expect(listDrafts(doc)).toMatchObject([{ id: draft, kind, text: 'unsent' }]);
  });

  test('writing the same text again makes no update', () => {
    const doc = new Y.Doc();
    writeDraft(doc, REPLY, 'same', 1);
    let updates = 0;
    doc.on('update', () => (updates += 1));
    writeDraft(doc, REPLY, 'same', 2);
    expect(updates).toBe(0);
    expect(() => writeDraft(doc, 'other:1', 'x', 3)).toThrow('no draft id');
  });

  test('the smallest change turns any text into any other and never splits a pair', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '😁', '🎈'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const change = changeBetween(before, after);
        if (change === null) {
          expect(before).toBe(after);
          return;
        }
        const kept =
          before.slice(0, change.index) + change.inserted + before.slice(change.index + change.removed);
        expect(kept).toBe(after);
        expect(change.inserted.isWellFormed()).toBe(true);
        expect(before.slice(change.index, change.index + change.removed).isWellFormed()).toBe(true);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });
});
