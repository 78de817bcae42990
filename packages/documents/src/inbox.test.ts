import { recordId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  INBOX_KEEPS,
  INBOX_KEEPS_CHARACTERS,
  appendInboxItem,
  markInboxRead,
  readInbox,
  readReadings,
  writeRequest,
} from './inbox.ts';
import type { InboxItem } from './inbox.ts';
import { anyTicket } from './test-support/arbitraries.ts';
import fc from 'fast-check';

const item = (id: string, at = 1): InboxItem => ({
  id,
  at,
  kind: 'replaced',
  process: 'incident',
  record: recordId('r'),
  detail: { field: 'title' },
});

describe('an inbox', () => {
  test('keeps items in order, each once, with what is read', () => {
    const doc = new Y.Doc();
    appendInboxItem(doc, item('a'));
    appendInboxItem(doc, item('b'));
    appendInboxItem(doc, item('a', 9));
    markInboxRead(doc, ['a'], 5);
    expect(readInbox(doc).items).toEqual([
      { ...item('a'), read: true },
      { ...item('b'), read: false },
    ]);
  });

  test('lets the oldest go, with their read marks', () => {
    const doc = new Y.Doc();
    appendInboxItem(doc, item('first'));
    markInboxRead(doc, ['first'], 2);
    for (let index = 0; index < INBOX_KEEPS; index += 1) appendInboxItem(doc, item(`i${index}`));
    const { items } = readInbox(doc);
    expect(items).toHaveLength(INBOX_KEEPS);
    expect(items[0]?.id).toBe('i0');
    expect(doc.getMap('read').size).toBe(0);
  });

  test('holds no more than a client can carry, however large its items are', () => {
    const doc = new Y.Doc();
    const large = { text: 'x'.repeat(INBOX_KEEPS_CHARACTERS / 2) };
    for (const name of ['a', 'b', 'c']) appendInboxItem(doc, { ...item(name), detail: large });
    expect(readInbox(doc).items.map(({ id }) => id)).toEqual(['c']);
    appendInboxItem(doc, item('d'));
    expect(readInbox(doc).items.map(({ id }) => id)).toEqual(['c', 'd']);
  });

  test('keeps what was read beside its items apart from them', () => {
    const doc = new Y.Doc();
    appendInboxItem(doc, item('a'));
    markInboxRead(doc, ['a', 'announcement:x:1'], 5);
    expect([...readReadings(doc)]).toEqual(['announcement:x:1']);
    expect(readInbox(doc).items).toMatchObject([{ id: 'a', read: true }]);
  });

  test('shows a requester their tickets', () => {
    const [ticket] = fc.sample(anyTicket, { seed: 4, numRuns: 1 });
    if (ticket === undefined) throw new Error('no sample');
    const doc = new Y.Doc();
    writeRequest(doc, ticket);
    expect(readInbox(doc).requests).toEqual([ticket]);
  });
});
