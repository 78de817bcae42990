import type { Editor } from '@tiptap/core';
import { yUndoPluginKey } from '@tiptap/y-tiptap';
import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import * as Y from 'yjs';
import { openBesideColleague, paragraphOf, textOf } from './test-colleague.ts';
import type { BesideColleague } from './test-colleague.ts';

let opened: BesideColleague;
afterEach(() => opened.close());

/** Paragraphs, one of them clicked into. */
async function openIn(at: number, paragraphs: readonly string[]): Promise<BesideColleague> {
  opened = await openBesideColleague(paragraphs);
  await userEvent.click(opened.box.element().querySelectorAll('p').item(at));
  return opened;
}

describe('a caret among paragraphs that read alike', () => {
  test('stays in an empty one when a colleague fills one before it', async () => {
    const { fragment, words } = await openIn(1, ['', '', '', '']);
    textOf(fragment, 0).insert(0, 'theirs');
    await userEvent.keyboard('mine');
    await expect.poll(words).toEqual(['theirs', 'mine', '', '']);
  });

  test('stays in an empty one when a colleague empties one before it', async () => {
    const { fragment, words } = await openIn(2, ['theirs', '', '', '']);
    textOf(fragment, 0).delete(0, 6);
    await userEvent.keyboard('mine');
    await expect.poll(words).toEqual(['', '', 'mine', '']);
  });

  test('stays in an empty one, before what a colleague begins in that very one', async () => {
    const { fragment, words } = await openIn(1, ['', '', '']);
    const paragraph = fragment.get(1) as Y.XmlElement;
    paragraph.insert(0, [new Y.XmlText('t')]);
    for (const [at, letter] of [...'heirs'].entries()) textOf(fragment, 1).insert(at + 1, letter);
    await userEvent.keyboard('mine');
    await expect.poll(words).toEqual(['', 'minetheirs', '']);
  });

  test('stays in one of two that say the same when a colleague changes it', async () => {
    const { fragment, words } = await openIn(0, ['None.', 'None.']);
    await userEvent.keyboard('{End}');
    textOf(fragment, 0).insert(0, 'Still: ');
    await userEvent.keyboard(' Mine.');
    await expect.poll(words).toEqual(['Still: None. Mine.', 'None.']);
  });

  test('keeps what is chosen when a colleague changes the paragraph that it is in', async () => {
    const { fragment, words } = await openIn(0, ['None.', 'None.']);
    await userEvent.keyboard('{Home}{Shift>}{End}{/Shift}');
    textOf(fragment, 0).insert(5, ' Still.');
    await userEvent.keyboard('Mine.');
    await expect.poll(words).toEqual(['Mine. Still.', 'None.']);
  });

  test('stays in the first paragraph of all when a colleague clears it', async () => {
    const { fragment, words } = await openIn(0, ['None.', 'None.', 'Last.']);
    await userEvent.keyboard('{End}');
    textOf(fragment, 0).delete(0, 5);
    await userEvent.keyboard('mine');
    await expect.poll(words).toEqual(['mine', 'None.', 'Last.']);
  });

  test('stays in the first paragraph of all when a colleague says it otherwise', async () => {
    const { fragment, words } = await openIn(0, ['First.', 'Middle.', 'Last.']);
    await userEvent.keyboard('{End}');
    fragment.doc?.transact(() => {
      textOf(fragment, 0).delete(0, 6);
      textOf(fragment, 0).insert(0, 'Other.');
    });
    await userEvent.keyboard('mine');
    await expect.poll(() => words()[0]).toMatch(/^(mineOther\.|Other\.mine)$/);
    expect(words().slice(1)).toEqual(['Middle.', 'Last.']);
  });

  test('goes along with a paragraph that a colleague takes to another place', async () => {
    const { fragment, words } = await openIn(1, ['One.', 'Moved.', 'Three.']);
    await userEvent.keyboard('{End}');
    fragment.doc?.transact(() => {
      fragment.delete(1, 1);
      fragment.insert(2, [paragraphOf('Moved.')]);
    });
    await userEvent.keyboard(' Mine.');
    await expect.poll(words).toEqual(['One.', 'Three.', 'Moved. Mine.']);
  });
});

/** What is typed until the next rest is taken back as one piece, however long that takes. */
async function openToTakeBack(at: number, paragraphs: readonly string[]) {
  const beside = await openIn(at, paragraphs);
  const { editor } = beside.box.element() as unknown as { readonly editor: Editor };
  const { undoManager } = yUndoPluginKey.getState(editor.state) as {
    readonly undoManager: Y.UndoManager;
  };
  Object.assign(undoManager, { captureTimeout: 600_000 });
  return { ...beside, rest: () => undoManager.stopCapturing() };
}

describe('a caret after something was taken back or brought back', () => {
  test('stands behind words that come back into an empty paragraph', async () => {
    const { words } = await openToTakeBack(1, ['', '', '']);
    await userEvent.keyboard('abc{Control>}z{/Control}');
    await expect.poll(words).toEqual(['', '', '']);
    await userEvent.keyboard('{Control>}y{/Control}d');
    await expect.poll(words).toEqual(['', 'abcd', '']);
  });

  test('stands behind words that come back where others were cleared', async () => {
    const { words, rest } = await openToTakeBack(1, ['First.', 'None.', 'Last.']);
    await userEvent.keyboard('{End}');
    for (let letter = 0; letter < 5; letter += 1) await userEvent.keyboard('{Backspace}');
    rest();
    await userEvent.keyboard('abc{Control>}z{/Control}');
    await expect.poll(words).toEqual(['First.', '', 'Last.']);
    await userEvent.keyboard('{Control>}y{/Control}d');
    await expect.poll(words).toEqual(['First.', 'abcd', 'Last.']);
  });

  test('stands at the end of the paragraph before one that is taken back', async () => {
    const { words, rest } = await openToTakeBack(1, ['One.', '', 'Three.']);
    await userEvent.keyboard('First sentence.');
    rest();
    await userEvent.keyboard('{Enter}Second sentence.{Control>}z{/Control}');
    await expect.poll(words).toEqual(['One.', 'First sentence.', 'Three.']);
    await userEvent.keyboard('!');
    await expect.poll(words).toEqual(['One.', 'First sentence.!', 'Three.']);
  });

  test('stands behind the second piece when that comes back', async () => {
    const { words, rest } = await openToTakeBack(1, ['One.', '', 'Three.']);
    await userEvent.keyboard('abc');
    rest();
    await userEvent.keyboard(' def{Control>}z{/Control}');
    await expect.poll(words).toEqual(['One.', 'abc', 'Three.']);
    await userEvent.keyboard('{Control>}y{/Control}!');
    await expect.poll(words).toEqual(['One.', 'abc def!', 'Three.']);
  });

  test('stands behind a paragraph that comes back, and where one was split', async () => {
    const { words, rest } = await openToTakeBack(1, ['One.', 'Second.', 'Seconds later.']);
    await userEvent.keyboard('{End}{Enter}Second again.{Control>}z{/Control}');
    await expect.poll(words).toEqual(['One.', 'Second.', 'Seconds later.']);
    await userEvent.keyboard('{Control>}y{/Control}!');
    await expect.poll(words).toEqual(['One.', 'Second.', 'Second again.!', 'Seconds later.']);
    await userEvent.keyboard('{Home}{ArrowUp}{Home}{ArrowRight}{ArrowRight}{ArrowRight}');
    rest();
    await userEvent.keyboard('{Enter}{Control>}z{/Control}-');
    await expect.poll(words).toEqual(['One.', 'Sec-ond.', 'Second again.!', 'Seconds later.']);
  });

  test('stands where a line was begun among empty ones, when that is taken back and brought back', async () => {
    const { words } = await openToTakeBack(0, ['One.', '', '', '', '', 'Last.']);
    await userEvent.keyboard('{End}{Enter}{Control>}z{/Control}!');
    await expect.poll(words).toEqual(['One.!', '', '', '', '', 'Last.']);
  });

  test('stands in the line that comes back among empty ones', async () => {
    const { words } = await openToTakeBack(0, ['', '', 'Last.']);
    await userEvent.keyboard('{Enter}{Control>}z{/Control}{Control>}y{/Control}!');
    await expect.poll(words).toEqual(['', '!', '', 'Last.']);
  });

  test('leaves chosen what marks are taken back from', async () => {
    const { words } = await openToTakeBack(0, ['One two.', 'Last.']);
    await userEvent.keyboard('{Home}{Shift>}{ArrowRight}{ArrowRight}{ArrowRight}{/Shift}');
    await userEvent.keyboard('{Control>}b{/Control}{Control>}z{/Control}Two');
    await expect.poll(words).toEqual(['Two two.', 'Last.']);
  });
});
