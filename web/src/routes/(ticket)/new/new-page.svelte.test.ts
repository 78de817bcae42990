import { recordId } from '@muster/domain/shared';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { aKnownError, knownErrorsHere } from '#lib/live/test-support/problem-desk.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import NewPage from './+page.svelte';

const TITLE = 'Badge reader rejects cards at the gate of the northern building since the last update';
const SAID = 'Something like this is known already. It stands after the form.';

afterEach(() => localStorage.clear());

/** The page on a window so wide, with one known error. */
async function open(width: number) {
  await page.viewport(width, 844);
  const muster = new ShellMuster({ permissions: ['desk.create', 'desk.work', 'desk.read', 'problem.read'] });
  const there = [aKnownError(recordId('01P00000000000000000000001'), { title: TITLE }, true)];
  const { shown } = knownErrorsHere('agent', there);
  muster.openKnownErrors = () => Promise.resolve(shown);
  await render(ShellTrial, { muster, part: NewPage, given: {} });
  const title = page.getByRole('textbox', { name: 'Title' });
  await expect.element(title).toHaveFocus();
  return {
    title,
    line: page.getByRole('button', { name: `1 known already: ${TITLE}. Go there` }),
    suggested: page.getByRole('link', { name: TITLE }),
  };
}

const topOf = (name: string) =>
  page.getByRole('combobox', { name }).element().getBoundingClientRect().top + scrollY;

test('[PRB-86] at 390 px a line below the title leads to what is known already, moves nothing, and is said once', async () => {
  const { title, line, suggested } = await open(390);
  const said: string[] = [];
  await expect.poll(() => document.querySelector('p[role=status].visually-hidden')).not.toBeNull();
  new MutationObserver(() => {
    const words = document.querySelector('p[role=status].visually-hidden')?.textContent.trim() ?? '';
    said.push(words);
  }).observe(document.querySelector('p[role=status].visually-hidden')!, {
    ...{ childList: true, characterData: true, subtree: true },
  });
  const before = topOf('Service');
  await title.fill('Badge reader rejects');
  await expect.element(line).toBeVisible();
  for (const words of [
    'Badge reader rejects c',
    'Badge reader rejects cards',
    'Badge reader rejects cards again',
  ])
    await title.fill(words);
  expect(topOf('Service')).toBe(before);
  await expect.element(title).toHaveFocus();
  expect(line.element().getBoundingClientRect().right).toBeLessThanOrEqual(390);
  expect(said).toEqual([SAID]);
  await line.click();
  await expect.element(suggested).toHaveFocus();
  await expect.element(suggested).toBeInViewport();
  await page.getByRole('button', { name: 'Not this' }).click();
  await expect.element(line).not.toBeInTheDocument();
  expect(topOf('Service')).toBe(before);
});

test('[PRB-86] where it stands beside the form there is no line', async () => {
  const { title, line, suggested } = await open(1400);
  await title.fill('Badge reader rejects cards');
  await expect.element(suggested).toBeInViewport();
  expect(line.query()).toBeNull();
});
