import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { proseText, readProse } from './prose.ts';
import type { ProseNode } from './prose.ts';
import { restoreProse } from './restore-prose.ts';

const words = fc.array(fc.constantFrom('door', 'red', 'blinks', 'since', 'noon', '\u{1f6aa}'), {
  maxLength: 8,
});
const run = fc.record({ words, bold: fc.boolean() });
const block = fc.oneof(
  {
    arbitrary: fc.record({ type: fc.constant('paragraph'), runs: fc.array(run, { maxLength: 3 }) }),
    weight: 4,
  },
  {
    arbitrary: fc.record({ type: fc.constant('heading'), runs: fc.array(run, { maxLength: 1 }) }),
    weight: 1,
  },
);
const version = fc.array(block, { maxLength: 5 });
type Version = readonly {
  readonly type: string;
  readonly runs: readonly { readonly words: readonly string[]; readonly bold: boolean }[];
}[];

function written(doc: Y.Doc, blocks: Version): Y.XmlFragment {
  const fragment = doc.getXmlFragment('description');
  const elements = blocks.map(({ type, runs }) => {
    const element = new Y.XmlElement(type);
    const text = new Y.XmlText();
    text.applyDelta(
      runs.map((one) => ({ insert: `${one.words.join(' ')} `, attributes: one.bold ? { bold: {} } : {} })),
    );
    element.insert(0, [text]);
    return element;
  });
  fragment.delete(0, fragment.length);
  fragment.insert(0, elements);
  return fragment;
}

const paragraphs = (...texts: readonly string[]): Version =>
  texts.map((text) => ({ type: 'paragraph', runs: [{ words: text.split(' '), bold: false }] }));

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function meet(one: Y.Doc, two: Y.Doc): void {
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
}

describe('restoring a version', () => {
  it('makes any text any other, and undo brings it back', () => {
    fc.assert(
      fc.property(version, version, (older, newer) => {
        const wanted = readProse(written(new Y.Doc(), older));
        const doc = new Y.Doc();
        const fragment = written(doc, newer);
        const before: readonly ProseNode[] = readProse(fragment);
        const undo = new Y.UndoManager(fragment, { trackedOrigins: new Set(['restore']) });
        restoreProse(fragment, wanted, 'restore');
        expect(readProse(fragment)).toEqual(wanted);
        undo.undo();
        expect(readProse(fragment)).toEqual(before);
      }),
      { seed: 20_261_123 },
    );
  });

  it('changes nothing where nothing differs', () => {
    const doc = new Y.Doc();
    const fragment = written(doc, paragraphs('the door blinks red', 'since noon'));
    let updates = 0;
    doc.on('update', () => (updates += 1));
    restoreProse(fragment, readProse(fragment), 'restore');
    expect(updates).toBe(0);
  });

  it('the first of two full stops stays where the sentence after it goes', () => {
    const doc = new Y.Doc();
    const fragment = written(doc, paragraphs('door blinks.'));
    const text = (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText;
    const older = [{ type: 'paragraph', content: [{ type: 'text', text: 'gate blinks.' }] }];
    text.delete(text.length - 1, 1);
    const other = copyOf(doc);
    const typed = (other.getXmlFragment('description').get(0) as Y.XmlElement).get(0) as Y.XmlText;
    typed.insert(typed.length, ' Bert looks.');
    meet(doc, other);
    restoreProse(fragment, older, 'restore');
    expect(proseText(readProse(fragment))).toBe('gate blinks.');
    const left = Y.createRelativePositionFromTypeIndex(text, text.length - 1).item;
    expect(left?.client).toBe(doc.clientID);
  });

  it('[SYN-35] restoring is an edit of today: what another types meanwhile stays, in the words that stay too', () => {
    const doc = new Y.Doc();
    const fragment = written(doc, paragraphs('the door blinks red', 'since noon'));
    const older = readProse(fragment);
    written(doc, paragraphs('the door blinks red'));
    const newer = doc.getXmlFragment('description');
    const text = (newer.get(0) as Y.XmlElement).get(0) as Y.XmlText;
    text.insert(text.toString().indexOf('red'), 'and beeps ');
    const other = copyOf(doc);
    const typed = (other.getXmlFragment('description').get(0) as Y.XmlElement).get(0) as Y.XmlText;
    typed.insert(typed.length, 'TYPED ');
    restoreProse(newer, older, 'restore');
    meet(doc, other);
    const merged = proseText(readProse(doc.getXmlFragment('description')));
    expect(merged).toBe('the door blinks red TYPED \nsince noon ');
    expect(proseText(readProse(other.getXmlFragment('description')))).toBe(merged);
  });
});
