import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/styles/base.css';
import ReviewDialog from './ReviewDialog.svelte';

test('[CFG-72] every difference is said, also two in the same words', async () => {
  const changes = ['Robot: Arm is new', 'Robot: Arm is new', 'Rack is gone'];
  await render(ReviewDialog, {
    ...{ changes, problems: [] },
    onset: () => Promise.resolve(null),
    onclose: () => undefined,
  });
  const lines = page.getByRole('dialog', { name: 'Set the rules' }).getByRole('listitem');
  await expect.poll(() => lines.elements().map((line) => line.textContent)).toEqual(changes);
});
