import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readRoomText, roomFragment, seedRoom } from './room.ts';

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
