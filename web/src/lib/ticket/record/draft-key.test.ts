import { describe, expect, test } from 'vitest';
import { personId, recordId, type Recorded, type TicketEvent } from '@muster/domain/shared';
import { draftId, draftKey } from './draft-key.ts';

const [me, other, record] = [personId('me'), personId('other'), recordId('r')];

function said(actor: typeof me, type: 'replied' | 'commented'): Recorded<TicketEvent> {
  const event: TicketEvent =
    type === 'replied' ? { type, text: 'x', draft: null, side: 'staff' } : { type, text: 'x', draft: null };
  return { seq: 1, version: 1, event, actor, at: 0, clientAt: 0 };
}

describe('the key a text is sent under', () => {
  test('is the same on two devices that saw the same, and another for the next message', () => {
    const before = [said(me, 'replied'), said(other, 'replied'), said(me, 'commented')];
    expect(draftKey('reply', record, me, before)).toBe(
      draftKey('reply', record, me, [...before, said(other, 'replied')]),
    );
    expect(draftKey('reply', record, me, before)).not.toBe(
      draftKey('reply', record, me, [...before, said(me, 'replied')]),
    );
  });

  test('keeps replies and notes apart', () => {
    expect(draftKey('reply', record, me, [])).not.toBe(draftKey('note', record, me, []));
    expect(draftId('note', record)).toBe('note:r');
  });
});
