import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { textOf } from './text-of.ts';

describe('the text of a refused update', () => {
  test('[SYN-48] is what was written in it, a line for each block, also when what it builds on is missing', () => {
    const doc = new Y.Doc();
    const [first, second] = [new Y.XmlElement('paragraph'), new Y.XmlElement('paragraph')];
    doc.getXmlFragment('description').insert(0, [first, second]);
    const before = Y.encodeStateVector(doc);
    const words = new Y.XmlText('Mail is down');
    first.insert(0, [words]);
    words.insert(12, ' again');
    second.insert(0, [new Y.XmlText('since nine')]);
    doc.getArray('timeline').push(['called the provider', 7, { kind: 'note' }]);
    expect(textOf(Y.encodeStateAsUpdate(doc, before)).split('\n')).toEqual([
      'Mail is down again',
      'since nine',
      'called the provider',
    ]);
  });

  test('[SYN-48] is empty for bytes that are no update, and for far too many parts', () => {
    expect(textOf(Uint8Array.of(9, 9, 9))).toBe('');
    const doc = new Y.Doc();
    doc.transact(() => {
      for (let index = 0; index < 60_000; index += 1) doc.getArray('timeline').insert(0, [index]);
    });
    expect(textOf(Y.encodeStateAsUpdate(doc))).toBe('');
  });
});
