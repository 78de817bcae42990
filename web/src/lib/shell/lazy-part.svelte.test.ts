import { createRawSnippet } from 'svelte';
import type { Component, Snippet } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/styles/base.css';
import FetchedPage from './FetchedPage.svelte';
import LazyPart from './LazyPart.svelte';
import ShellTrial from './test-support/ShellTrial.svelte';
import { ShellMuster } from './test-support/shell-muster.svelte.ts';

const part: Snippet<[string]> = createRawSnippet((words) => ({ render: () => `<p>${words()}</p>` }));

const show = (shown: Component<never>, given: Record<string, unknown>) =>
  render(ShellTrial, { muster: new ShellMuster(), part: shown, given });

afterEach(() => vi.restoreAllMocks());

test('what is opened without a network is asked for once there is one: asked before, it would not come again', async () => {
  const network = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const load = vi.fn(() => Promise.resolve({ default: 'The tray' }));
  const onmissing = vi.fn();
  await show(LazyPart, { load, part, onmissing });
  await expect.element(page.getByText(/It opens once there is a network/)).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  expect(onmissing).toHaveBeenCalledOnce();
  expect(load).not.toHaveBeenCalled();
  network.mockReturnValue(true);
  dispatchEvent(new Event('online'));
  await expect.element(page.getByText('The tray')).toBeVisible();
});

test('a page waits for the network as its parts do', async () => {
  const network = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const load = vi.fn(() => Promise.resolve({ default: 'The map' }));
  await show(FetchedPage, { load, page: part });
  await expect.element(page.getByText(/This page is not on the device yet/)).toBeVisible();
  expect(load).not.toHaveBeenCalled();
  network.mockReturnValue(true);
  dispatchEvent(new Event('online'));
  await expect.element(page.getByText('The map')).toBeVisible();
});

test('what failed on the way offers to load the page again, the one thing that brings it', async () => {
  const load = () => Promise.reject(new Error('Failed to fetch'));
  await show(LazyPart, { load, part, onmissing: () => undefined });
  await expect.element(page.getByRole('button', { name: 'Load the page again' })).toBeVisible();
  await expect.element(page.getByText(/everything you wrote is kept/)).toBeVisible();
});
