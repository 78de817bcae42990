import type { Branch } from '@muster/documents/problem';
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { LiveAnalysis } from '#lib/live/problem/live-problems.ts';
import { analysesHere } from '#lib/live/test-support/problem-desk.ts';
import '#lib/styles/base.css';
import Toaster from '#lib/ui/Toaster.svelte';
import WhyTree from './WhyTree.svelte';
import { writtenBranches } from './written-branches.ts';

type Said = readonly (string | readonly [string, Said])[];

const TITLE = 'The tunnel drops';
const seen = () => page.getByRole('textbox', { name: 'What was seen' });
const why = (step: number) => page.getByRole('textbox', { name: `Why, step ${step}` });
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const lines = () => page.getByRole('list', { name: 'Five whys' }).getByRole('listitem');
const toast = (words: string) => page.getByRole('listitem').filter({ hasText: `${words} was taken away` });
const undo = (words: string) => toast(words).first().getByRole('button', { name: 'Undo' }).click();

async function open(canWork = true) {
  const { mine, others, meet } = analysesHere();
  await render(Toaster);
  await render(WhyTree, { analysis: mine, title: TITLE, canWork });
  return { mine, others, meet };
}

/** A tree as words, and lists of what hangs on them. */
function said(analysis: LiveAnalysis): Said {
  const words = ({ text, branches }: Branch): Said[number] =>
    branches.length === 0 ? text : [text, branches.map(words)];
  return writtenBranches(analysis.trees('why')).map(words);
}

describe('five whys', () => {
  test('begin with what was seen, as the title says it, and ask why of it', async () => {
    const { mine } = await open();
    await press('Begin with the title, and ask why');
    await expect.element(seen()).toHaveValue(TITLE);
    await expect.element(why(1)).toHaveFocus();
    await userEvent.keyboard('The lease ends');
    expect(said(mine)).toEqual([[TITLE, ['The lease ends']]]);
  });

  test('take what was seen in other words, with the title before one’s eyes', async () => {
    const { mine } = await open();
    await press('Say in other words what was seen');
    await expect.element(seen()).toHaveFocus();
    await expect.element(seen()).toHaveAttribute('placeholder', TITLE);
    await userEvent.keyboard(
      'No sign-in on Mondays{Enter}No address is left{Enter}All try again{Control>}{Enter}{/Control}Nobody says when',
    );
    expect(said(mine)).toEqual([
      ['No sign-in on Mondays', ['No address is left', ['All try again', ['Nobody says when']]]],
    ]);
  });

  test('keep no line that is left empty, by whichever key it came, and no key makes one out of an empty one', async () => {
    const { mine, others, meet } = await open();
    await press('Begin with the title, and ask why');
    await userEvent.keyboard('{Enter}{Enter}');
    await expect.element(lines()).toHaveLength(2);
    await userEvent.keyboard('The lease ends{Control>}{Enter}{/Control}{ArrowUp}');
    await expect.element(why(1)).toHaveFocus();
    await expect.element(why(2)).not.toBeInTheDocument();
    await userEvent.keyboard('{Enter}{Backspace}');
    await expect.element(lines()).toHaveLength(2);
    await expect.element(why(1)).toHaveFocus();
    meet();
    expect([said(mine), said(others)]).toEqual(Array(2).fill([[TITLE, ['The lease ends']]]));
  });

  test('are passed by Tab from line to button, with nothing written', async () => {
    const { mine } = await open();
    mine.add('why', 'The lease ends', { parent: mine.add('why', TITLE, {}) });
    await seen().click();
    await userEvent.keyboard('{Tab}');
    await expect.element(page.getByRole('button', { name: 'Why?', exact: true }).first()).toHaveFocus();
    await userEvent.keyboard('{Tab}{Tab}');
    await expect.element(why(1)).toHaveFocus();
    await userEvent.keyboard('{Tab}');
    expect(said(mine)).toEqual([[TITLE, ['The lease ends']]]);
    expect(mine.trees('why')[0]?.branches[0]?.branches).toEqual([]);
  });

  test('bring a line back that was emptied and left, with its words', async () => {
    const { mine } = await open();
    mine.add('why', TITLE, {});
    await press('Why?');
    await userEvent.keyboard('The lease ends');
    await userEvent.clear(why(1));
    await seen().click();
    await expect.element(why(1)).not.toBeInTheDocument();
    await undo('An empty line');
    await expect.element(why(1)).toHaveFocus();
    await userEvent.keyboard('It was never renewed');
    await seen().click();
    await userEvent.clear(why(1));
    await seen().click();
    await undo('“It was never renewed”');
    await expect.element(why(1)).toHaveValue('It was never renewed');
    expect(said(mine)).toEqual([[TITLE, ['It was never renewed']]]);
  });

  test('let a press through that leaves an empty line: what is pressed stays under the pointer', async () => {
    const { mine } = await open();
    mine.add('why', TITLE, {});
    await press('Why?');
    await expect.element(why(1)).toHaveFocus();
    await press('Something else was seen');
    await userEvent.keyboard('It is slow');
    await expect.element(why(1)).not.toBeInTheDocument();
    expect(said(mine)).toEqual([TITLE, 'It is slow']);
  });

  test('keep a line that somebody else wrote in meanwhile, also where that came after it was left', async () => {
    const { mine, others, meet } = await open();
    const root = mine.add('why', TITLE, {});
    await press('Why?');
    await expect.element(why(1)).toHaveFocus();
    meet();
    const line = others.trees('why')[0]?.branches[0]?.id ?? '';
    others.write(line, 'The lease ends');
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(why(1)).not.toBeInTheDocument();
    meet();
    await expect.element(why(1)).toHaveValue('The lease ends');
    others.write(line, '');
    others.add('why', 'It is not renewed', { parent: line });
    meet();
    await expect.element(why(2)).toHaveValue('It is not renewed');
    await expect.element(why(1)).toHaveValue('');
    expect(said(mine)).toEqual([[TITLE, [['', ['It is not renewed']]]]]);
    expect(mine.trees('why')[0]?.id).toBe(root);
  });

  test('take a line away with what hangs on it, and bring both back', async () => {
    const { mine } = await open();
    mine.add('why', 'It is not renewed', { parent: mine.add('why', TITLE, {}) });
    await page.getByRole('button', { name: 'Take away' }).first().click();
    await expect.element(toast(`“${TITLE}”`)).toMatchTextContent(/with what hangs on it/);
    expect(said(mine)).toEqual([]);
    await undo(`“${TITLE}”`);
    await expect.element(why(1)).toHaveValue('It is not renewed');
  });

  test('show whoever only reads no empty line and nothing to write in', async () => {
    const { mine } = await open(false);
    mine.add('why', '', { parent: mine.add('why', TITLE, {}) });
    await expect.element(page.getByText(TITLE)).toBeVisible();
    await expect.element(lines()).toHaveLength(1);
    await expect.element(page.getByRole('textbox')).not.toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Why?' })).not.toBeInTheDocument();
  });
});
