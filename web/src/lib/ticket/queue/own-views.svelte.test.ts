import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Toaster from '#lib/ui/Toaster.svelte';
import { FixtureMuster } from '../test-support/fixture-muster.svelte.ts';
import QueueStage from '../test-support/QueueStage.svelte';

const rail = page.getByRole('navigation', { name: 'Views' });
const own = (name: string) => rail.getByRole('button', { name: new RegExp(`^${name}\\b`) });
/** Of the newest, which stands first: those of other tests may still be there. */
const undo = page.getByRole('button', { name: 'Undo' }).first();

const open = (query: string) => render(QueueStage, { muster: new FixtureMuster({ rows: [] }), query });

async function saveAs(name: string): Promise<void> {
  await page.getByRole('button', { name: 'Save as a view' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill(name);
  await userEvent.keyboard('{Enter}');
}

beforeEach(async () => {
  localStorage.clear();
  await page.viewport(1300, 760);
  await render(Toaster);
});
afterEach(() => localStorage.clear());

describe("a person's own views of the queue", () => {
  test('are put back when one was removed, and the keys stay among the views', async () => {
    await open('owner:me');
    await saveAs('Mine');
    await expect.element(own('Mine')).toBeVisible();
    await page.getByRole('button', { name: 'Remove the view Mine' }).click();
    await expect.element(own('Mine')).not.toBeInTheDocument();
    await expect.poll(() => document.activeElement?.closest('nav')?.ariaLabel).toBe('Views');
    await undo.click();
    await expect.element(own('Mine')).toHaveAttribute('title', 'owner:me');
  });

  test('are put back when one took the place of another by its name', async () => {
    const screen = await open('owner:me');
    await saveAs('Mine');
    await screen.unmount();
    await open('team:mine');
    await saveAs('Mine');
    await expect.element(own('Mine')).toHaveAttribute('title', 'team:mine');
    await undo.click();
    await expect.element(own('Mine')).toHaveAttribute('title', 'owner:me');
  });
});
