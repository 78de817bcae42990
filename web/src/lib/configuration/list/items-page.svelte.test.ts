import type { ConfigurationItem } from '@muster/domain/configuration';
import { ROLE_PERMISSIONS, recordId } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { anItem, heldConfiguration } from '#lib/live/test-support/a-configuration.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import ItemsPage from './ItemsPage.svelte';

const ITEMS: readonly ConfigurationItem[] = [
  anItem(recordId('01A00000000000000000000APP'), 'Shop', 'application'),
  anItem(recordId('01A0000000000000000000HOST'), 'Host', 'server'),
];

async function open(items = ITEMS) {
  const directory = makeDirectory();
  const [me] = [...directory.people.keys()] as [PersonId];
  const permissions = ROLE_PERMISSIONS.agent;
  const actor = { id: me, name: 'Me', permissions: new Set(permissions), teams: [] };
  const held = heldConfiguration(actor, directory, items, []);
  const muster = new ShellMuster({ directory, permissions, rows: [] });
  muster.openConfiguration = () => Promise.resolve(held.live);
  const gone: string[] = [];
  await render(ShellTrial, {
    ...{ muster, part: ItemsPage },
    given: {
      query: new URLSearchParams(),
      onfilter: (address: string) => void gone.push(address),
      onopen: (address: string) => void gone.push(address),
    },
  });
  return { ...held, gone };
}

beforeEach(() => page.viewport(1300, 900));

describe('the list of items', () => {
  test('[CFG-21] makes one, with what its class asks for, and opens it', async () => {
    const { outbox, gone } = await open();
    await expect.element(page.getByRole('link', { name: 'Host' })).toBeVisible();
    await expect.element(page.getByText('2 items', { exact: true })).toBeVisible();
    await userEvent.keyboard('n');
    const dialog = page.getByRole('dialog', { name: 'New item' });
    await dialog.getByRole('combobox', { name: 'Class' }).selectOptions('Rack');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Rack 7');
    await dialog.getByRole('textbox', { name: 'Height (U)' }).fill('42');
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await expect.poll(() => gone).toEqual([expect.stringMatching(/^\/configuration\/[0-9A-Z]{26}$/)]);
    expect(outbox.commands[0]?.envelope).toMatchObject({
      type: 'item.create',
      args: { state: 'planned', fields: { class: 'rack', name: 'Rack 7', attributes: { units: 42 } } },
    });
  });

  test('teaches where there is none, and says in the address what it is narrowed by', async () => {
    const { gone } = await open();
    await page.getByRole('combobox', { name: 'Class' }).selectOptions('Server');
    expect(gone).toEqual(['/configuration?class=server']);
  });

  test('is for a phone, too', async () => {
    await page.viewport(390, 844);
    await open([]);
    await expect.element(page.getByText('No items yet')).toBeVisible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });
});
