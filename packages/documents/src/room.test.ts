import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { REVIEW_HEADINGS, readRoomText, reviewStart, roomFragment, seedRoom, textOf } from './room.ts';

describe('a room', () => {
  test('seeds a paragraph a line and reads the same lines back', () => {
    const doc = new Y.Doc();
    seedRoom(doc, 'The printer is on fire.\n\nFloor 3 & <all>.');
    expect(roomFragment(doc, 'description').length).toBe(3);
    expect(readRoomText(doc)).toBe('The printer is on fire.\n\nFloor 3 & <all>.');
  });

  test('is not seeded twice', () => {
    const doc = new Y.Doc();
    seedRoom(doc, 'once');
    seedRoom(doc, 'twice');
    expect(readRoomText(doc)).toBe('once');
  });

  test('reads words through marks, lists, breaks and every part', () => {
    const doc = new Y.Doc();
    const marked = new Y.XmlText();
    marked.insert(0, 'bold ', { bold: true });
    marked.insert(5, 'plain', { bold: null });
    const item = new Y.XmlElement('listItem');
    const bullets = new Y.XmlElement('bulletList');
    const paragraph = new Y.XmlElement('paragraph');
    roomFragment(doc, 'notes').insert(0, [bullets]);
    bullets.insert(0, [item]);
    item.insert(0, [paragraph]);
    paragraph.insert(0, [marked, new Y.XmlElement('hardBreak'), new Y.XmlText('after')]);
    doc.getArray('checklist').push([new Y.Text('restart the spooler')]);
    expect(readRoomText(doc)).toBe('bold plain\nafter\nrestart the spooler');
  });

  test('[INC-110] the headings of a review are the same whenever made, and are put in once', () => {
    const doc = new Y.Doc();
    for (let time = 0; time < 3; time += 1) Y.applyUpdate(doc, reviewStart(42));
    const review = roomFragment(doc, 'review');
    expect(textOf(review).split(/\n+/)).toEqual([...REVIEW_HEADINGS]);
    review.delete(0, 2);
    let changes = 0;
    doc.on('update', () => (changes += 1));
    Y.applyUpdate(doc, reviewStart(42));
    expect(changes).toBe(0);
    expect(textOf(review)).not.toContain(REVIEW_HEADINGS[0]);
  });

  test('seeding any text never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const doc = new Y.Doc();
        seedRoom(doc, text);
        expect(typeof readRoomText(doc)).toBe('string');
      }),
      { seed: 2 },
    );
  });
});
