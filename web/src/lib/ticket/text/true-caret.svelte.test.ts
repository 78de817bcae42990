import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { openBesideColleague, textOf } from './test-colleague.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Three paragraphs, the middle one clicked into. */
async function openInTheMiddle() {
  const opened = await openBesideColleague(['First.', 'Middle of the text.', 'Last.']);
  closing.push(opened.close);
  await opened.box.getByText('Middle of the text.').click();
  return opened;
}

describe('a caret that moves while a colleague writes', () => {
  test.each(['end', 'start'])('stays at the %s when a change comes before the move is told', async (edge) => {
    const { fragment, words } = await openInTheMiddle();
    // what the key does in the browser; the editor hears of it in a later task, after the colleague's change
    getSelection()?.modify('move', edge === 'end' ? 'forward' : 'backward', 'documentboundary');
    textOf(fragment, 1).insert(0, 'theirs ');
    await userEvent.keyboard('mine');
    const [at, expected] = edge === 'end' ? [2, 'Last.mine'] : [0, 'mineFirst.'];
    await expect.poll(() => words()[at]).toBe(expected);
    expect(words()[1]).toBe('theirs Middle of the text.');
  });

  test('lets the words of real keys land where they went, among steady writing', async () => {
    const { fragment, words } = await openInTheMiddle();
    // unpaced on purpose: a change falls between nearly any two tasks of the page
    const writing = setInterval(() => textOf(fragment, 0).insert(0, 'x'), 1);
    closing.push(() => clearInterval(writing));
    for (const round of [1, 2, 3, 4, 5, 6]) {
      await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowDown}{Home}');
      await userEvent.keyboard(`{Control>}{End}{/Control}${round}`);
    }
    await expect.poll(() => words()[2]).toBe('Last.123456');
    expect(words()[1]).toBe('Middle of the text.');
  });
});
