import { createRawSnippet } from 'svelte';
import type { Component, Snippet } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/styles/base.css';
import Toaster from '#lib/ui/Toaster.svelte';
import FetchedPage from './FetchedPage.svelte';
import LazyPart from './LazyPart.svelte';
import { fetchable } from './fetchable.ts';
import ShellTrial from './test-support/ShellTrial.svelte';
import { ShellMuster } from './test-support/shell-muster.svelte.ts';

const part: Snippet<[string]> = createRawSnippet((words) => ({ render: () => `<p>${words()}</p>` }));
const show = (shown: Component<never>, given: Record<string, unknown>) =>
  render(ShellTrial, { muster: new ShellMuster(), part: shown, given });
const failing = () => Promise.reject(new Error('Failed to fetch'));
const again = page.getByRole('button', { name: 'Load the page again' });

function network(there: boolean) {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(there);
  dispatchEvent(new Event(there ? 'online' : 'offline'));
}

afterEach(() => vi.restoreAllMocks());

test('what is on the device opens without a network', async () => {
  network(false);
  await show(LazyPart, { load: () => Promise.resolve({ default: 'The tray' }), part });
  await expect.element(page.getByText('The tray')).toBeVisible();
});

test('what neither comes nor fails says that it is on its way, and can be given up', async () => {
  const onmissing = vi.fn();
  await show(LazyPart, { load: () => new Promise(() => undefined), part, onmissing });
  await expect.element(page.getByText(/on its way from the server/)).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  expect(onmissing).toHaveBeenCalledOnce();
});

test('what nobody may give up is waited for, and the page is not called kept', async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  await show(LazyPart, { load: () => promise, part });
  await expect.element(page.getByText(/on its way from the server/)).toBeVisible();
  const close = page.getByRole('button', { name: 'Close' });
  expect(close.query()).toBeNull();
  reject(new Error('Failed to fetch'));
  await expect.element(page.getByText(/on this page alone: copy it before/)).toBeVisible();
  expect(page.getByText(/Everything you wrote is kept/).query()).toBeNull();
  expect(close.query()).toBeNull();
});

test.each([
  ['a part', LazyPart, { load: failing, part, onmissing: () => undefined }],
  ['a page', FetchedPage, { load: failing, page: part }],
] as const)('%s that failed takes a network, and the page loaded again with it', async (_, shown, given) => {
  network(false);
  await show(shown, given);
  await expect.element(page.getByText(/a network/)).toBeVisible();
  await expect.element(again).not.toBeInTheDocument();
  network(true);
  await expect.element(again).toBeVisible();
  await expect.element(page.getByText(/Everything you wrote is kept/)).toBeVisible();
});

test('the page stays while no server answers: loaded again, it would be gone', async () => {
  vi.spyOn(window, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  await render(Toaster);
  await show(LazyPart, { load: failing, part, onmissing: () => undefined });
  await again.click();
  await expect.element(page.getByText(/server cannot be reached just now/)).toBeVisible();
  await expect.element(again).toBeVisible();
});

test('what is fetched at rest waits for a network', async () => {
  network(false);
  let isThere = false;
  const waited = fetchable().then(() => (isThere = true));
  await Promise.resolve();
  expect(isThere).toBe(false);
  network(true);
  expect(await waited).toBe(true);
});
