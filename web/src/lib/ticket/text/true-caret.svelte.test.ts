import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import LiveText from './LiveText.svelte';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** An editor with three paragraphs, the middle one clicked into, and a colleague's copy of the same text. */
async function openBesideColleague() {
  const [doc, theirs] = [new Y.Doc(), new Y.Doc()];
  const awareness = new Awareness(doc);
  const fragment = theirs.getXmlFragment('description');
  for (const words of ['First.', 'Middle of the text.', 'Last.']) {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(words)]);
    fragment.push([paragraph]);
  }
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs), 'wire');
  theirs.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'wire') Y.applyUpdate(doc, update, 'wire');
  });
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'wire') Y.applyUpdate(theirs, update, 'wire');
  });
  closing.push(() => {
    awareness.destroy();
    doc.destroy();
    theirs.destroy();
  });
  const screen = await render(LiveText, {
    room: {
      loaded: true,
      fragment: doc.getXmlFragment('description'),
      awareness,
      state: 'saved',
      content: () => [],
      close: () => undefined,
    },
    label: 'Text',
    name: 'Amira',
    colour: '#336699',
    readonly: false,
    onfocuschange: () => undefined,
  });
  const box = screen.getByRole('textbox', { name: 'Text' });
  await box.getByText('Middle of the text.').click();
  const words = (paragraph: number) => {
    const text = (fragment.get(paragraph) as Y.XmlElement).get(0);
    if (!(text instanceof Y.XmlText)) throw new Error(`paragraph ${paragraph} holds no text`);
    return text;
  };
  return { box, words };
}

describe('a caret that moves while a colleague writes', () => {
  test.each(['end', 'start'])('stays at the %s when a change comes before the move is told', async (edge) => {
    const { words } = await openBesideColleague();
    // what the key does in the browser; the editor hears of it in a later task, after the colleague's change
    getSelection()?.modify('move', edge === 'end' ? 'forward' : 'backward', 'documentboundary');
    words(1).insert(0, 'theirs ');
    await userEvent.keyboard('mine');
    const [at, expected] = edge === 'end' ? [2, 'Last.mine'] : [0, 'mineFirst.'];
    await expect.poll(() => words(at).toString()).toBe(expected);
    expect(words(1).toString()).toBe('theirs Middle of the text.');
  });

  test('lets the words of real keys land where they went, among steady writing', async () => {
    const { words } = await openBesideColleague();
    // unpaced on purpose: a change falls between nearly any two tasks of the page
    const writing = setInterval(() => words(0).insert(0, 'x'), 1);
    closing.push(() => clearInterval(writing));
    for (const round of [1, 2, 3, 4, 5, 6]) {
      await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowDown}{Home}');
      await userEvent.keyboard(`{Control>}{End}{/Control}${round}`);
    }
    await expect.poll(() => words(2).toString()).toBe('Last.123456');
    expect(words(1).toString()).toBe('Middle of the text.');
  });
});
