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

  test('keeps what is chosen when a colleague fills one before it', async () => {
    const { fragment, words } = await openIn(2, ['', '', 'None.', '']);
    await userEvent.keyboard('{Home}{Shift>}{End}{/Shift}');
    textOf(fragment, 0).insert(0, 'theirs');
    await userEvent.keyboard('mine');
    await expect.poll(words).toEqual(['theirs', '', 'mine', '']);
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
