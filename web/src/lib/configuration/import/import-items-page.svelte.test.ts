import { ROLE_PERMISSIONS } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { heldConfiguration } from '#lib/live/test-support/a-configuration.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import ImportItemsPage from './ImportItemsPage.svelte';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];

afterEach(() => vi.restoreAllMocks());

async function open(): Promise<void> {
  const permissions = ROLE_PERMISSIONS['team-lead'];
  const muster = new ShellMuster({ directory, permissions });
  const actor = { id: me, name: 'Me', permissions: new Set(permissions), teams: [] };
  const { live } = heldConfiguration(actor, directory, []);
  muster.openConfiguration = () => Promise.resolve(live);
  const api = { request: () => Promise.reject(new Error('no network')) };
  await render(ShellTrial, { muster, api, part: ImportItemsPage, given: {} });
}

test('[CFG-119] the source is seen by the file, which stays when another source is chosen', async () => {
  await open();
  await expect.poll(() => document.querySelector('input[type=file]:enabled')).not.toBeNull();
  const files = page.elementLocator(document.querySelector<HTMLInputElement>('input[type=file]')!);
  await files.upload(new File(['# Ours\nservices:\n  web: {}\n'], 'compose.yaml'));
  await expect.element(page.getByRole('radio', { name: /^Docker Compose/ })).toBeChecked();
  await expect.element(page.getByLabelText(/^Called/)).toHaveValue('compose');
  await page.getByRole('radio', { name: /^Table/ }).click();
  await expect.poll(() => document.querySelector('ul[aria-label]')?.textContent).toContain('compose.yaml');
  await page.getByRole('radio', { name: /^Docker Compose/ }).click();
  await expect.poll(() => document.querySelector('ul[aria-label]')?.textContent).toContain('compose.yaml');
  await expect.element(page.getByLabelText(/^Called/)).toHaveValue('compose');
  // what somebody chose stands over what a name says
  await files.upload(new File(['a,b\n1,2\n'], 'racks.csv'));
  await expect.poll(() => document.querySelector('ul[aria-label]')?.textContent).toContain('racks.csv');
  await expect.element(page.getByRole('radio', { name: /^Docker Compose/ })).toBeChecked();
});

test('a table is read where the browser keeps nothing and forbids to look, too', async () => {
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('Access is denied for this document.', 'SecurityError');
  });
  await open();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Import items' })).toBeVisible();
});
