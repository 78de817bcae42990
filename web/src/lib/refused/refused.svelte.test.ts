import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import RefusedPage from './RefusedPage.svelte';
import type { RefusedApi, RefusedPage as Refused, RefusedText } from './refused-api.ts';

const ROOM = 'room/01HZZZZZZZZZZZZZZZZZZZ0001';
const refused = (id: number, text: string, code = 'pending'): RefusedText => ({
  id,
  at: Date.now() - id * 60_000,
  document: ROOM,
  code,
  size: 40,
  text,
});

const PAGES: Readonly<Record<string, Refused>> = {
  null: { rejected: [refused(9, 'Call the provider back'), refused(8, '', 'odd-type')], next: 8 },
  8: { rejected: [refused(3, 'Ask for the invoice', 'document-full')], next: null },
};

async function open(pages = PAGES) {
  const api = {
    list: vi.fn<RefusedApi['list']>((cursor) =>
      Promise.resolve(pages[String(cursor)] ?? { rejected: [], next: null }),
    ),
    dismiss: vi.fn<RefusedApi['dismiss']>(() => Promise.resolve(null)),
  };
  await render(ShellTrial, { muster: new ShellMuster(), part: RefusedPage, given: { api } });
  return api;
}

test('[DSK-210] lists what was refused with its words and why, older ones on request', async () => {
  await open();
  await expect.element(page.getByText('Call the provider back')).toBeVisible();
  await expect
    .element(page.getByText(/builds? on words that the server does not have|built on words/))
    .toBeVisible();
  await expect.element(page.getByText(/No words can be read out of it/)).toBeVisible();
  await page.getByRole('button', { name: 'Show older ones' }).click();
  await expect.element(page.getByText('Ask for the invoice')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Show older ones' })).not.toBeInTheDocument();
});

test('[DSK-210] goes when its author says so, after being asked', async () => {
  const api = await open();
  const card = page.getByRole('article').filter({ hasText: 'Call the provider back' });
  await card.getByRole('button', { name: 'Dismiss' }).click();
  expect(api.dismiss).not.toHaveBeenCalled();
  await page.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click();
  await expect.element(card).not.toBeInTheDocument();
  expect(api.dismiss).toHaveBeenCalledWith(9);
});

test('says what would be here when nothing was refused', async () => {
  await open({ null: { rejected: [], next: null } });
  await expect.element(page.getByText('Nothing you wrote was refused')).toBeVisible();
});
