import { render } from 'vitest-browser-svelte';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import LiveText from './LiveText.svelte';

/** An editor on a text of some paragraphs, and a colleague's copy of it, each change told at once. */
export async function openBesideColleague(paragraphs: readonly string[]) {
  const [doc, theirs] = [new Y.Doc(), new Y.Doc()];
  const awareness = new Awareness(doc);
  const fragment = theirs.getXmlFragment('description');
  fragment.push(paragraphs.map(paragraphOf));
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs), 'wire');
  theirs.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'wire') Y.applyUpdate(doc, update, 'wire');
  });
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'wire') Y.applyUpdate(theirs, update, 'wire');
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
  return {
    box,
    /** The colleague's copy. */
    fragment,
    /** The words of each paragraph, as the colleague has them. */
    words: () => fragment.toArray().map((each) => (each as Y.XmlElement).toArray().join('')),
    close: () => {
      awareness.destroy();
      doc.destroy();
      theirs.destroy();
    },
  };
}

export type BesideColleague = Awaited<ReturnType<typeof openBesideColleague>>;

export function paragraphOf(words: string): Y.XmlElement {
  const paragraph = new Y.XmlElement('paragraph');
  if (words !== '') paragraph.insert(0, [new Y.XmlText(words)]);
  return paragraph;
}

/** The colleague's text of a paragraph, begun where it has none. */
export function textOf(fragment: Y.XmlFragment, at: number): Y.XmlText {
  const paragraph = fragment.get(at) as Y.XmlElement;
  if (paragraph.length === 0) paragraph.insert(0, [new Y.XmlText()]);
  const text = paragraph.get(0);
  if (!(text instanceof Y.XmlText)) throw new Error(`paragraph ${at} holds no text`);
  return text;
}
