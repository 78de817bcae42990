import type { Branch } from '@muster/documents/problem';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { analysesHere } from '#lib/live/test-support/problem-desk.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import Toaster from '#lib/ui/Toaster.svelte';
import Fishbone from './Fishbone.svelte';

const lines = () => page.getByRole('textbox', { name: 'Words of this thought' });
const under = () => page.getByRole('button', { name: 'Under it' });

async function open() {
  const { mine } = analysesHere();
  await render(Toaster);
  const id = '01P00000000000000000000001';
  const given = { id, analysis: mine, title: 'The tunnel drops', canWork: true };
  await render(ShellTrial, { muster: new ShellMuster(), part: Fishbone, given });
  await page.getByRole('textbox', { name: 'What may have had a part in it' }).fill('A pool of 250');
  await page.getByRole('button', { name: 'Add' }).click();
  return () =>
    mine.trees('fishbone').map(({ text, branches }: Branch) => [text, branches.map((b) => b.text)]);
}

test('what stands under a thought begins with an empty line, in which one writes at once', async () => {
  const said = await open();
  await under().click();
  await expect.element(lines().nth(1)).toHaveFocus();
  await expect.element(lines().nth(1)).toHaveValue('');
  await expect.element(under().nth(1)).toBeDisabled();
  await userEvent.keyboard('Leases of three days');
  expect(said()).toEqual([['A pool of 250', ['Leases of three days']]]);
});

test('a line that is left empty goes by itself, and comes back where one writes in it after all', async () => {
  await open();
  await under().click();
  await expect.element(lines().nth(1)).toHaveFocus();
  await page.getByRole('textbox', { name: 'What may have had a part in it' }).click();
  await expect.poll(() => lines().elements().length).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.element(lines().nth(1)).toHaveFocus();
});

test('the keyboard moves a diagram that is wider than the screen, and stops at none that is in sight', async () => {
  await page.viewport(390, 844);
  await open();
  const drawing = page.getByRole('group', { name: 'Ishikawa diagram of what stands below' });
  await expect.element(drawing).toHaveAttribute('tabindex', '0');
  await page.viewport(1300, 900);
  await expect.element(drawing).not.toHaveAttribute('tabindex');
});
