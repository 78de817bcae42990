/** Items made by one and seen at once by another, on a map that answers what if, also without a network. */
import type { Page } from '@playwright/test';
import { makeService } from '../support/changes.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

const node = (page: Page, name: RegExp) => page.getByRole('button', { name });

async function makeItem(page: Page, itemClass: string, name: string): Promise<void> {
  await page.goto('/configuration');
  await page.getByRole('button', { name: 'New item' }).click();
  const dialog = page.getByRole('dialog', { name: 'New item' });
  await dialog.getByLabel('Class').selectOption({ label: itemClass });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Enters as').selectOption({ label: 'In service' });
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** Of the item whose page is open. */
async function relate(page: Page, how: string, other: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a relation' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a relation' });
  await dialog.getByRole('combobox', { name: 'Other item or service' }).fill(other);
  await page.getByRole('option', { name: new RegExp(`^${other}`) }).click();
  await dialog.getByLabel(/^How .* is related to it$/).selectOption({ label: how });
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await expect(
    page.getByRole('region', { name: 'Relations' }).getByRole('link', { name: other }),
  ).toBeVisible();
}

test('[CFG-7] [CFG-80] [CFG-87] an item and its relations are on the map of another at once, who asks what if offline', async ({
  desk,
  agent,
  other,
}) => {
  await makeService(desk, 'Web shop');

  await test.step('an agent makes a server, and an application that runs on it and carries a service', async () => {
    await makeItem(agent.page, 'Server', 'host-1');
    await makeItem(agent.page, 'Application', 'Shop');
    await relate(agent.page, 'Runs on', 'host-1');
    await relate(agent.page, 'Used by', 'Web shop');
    await agent.expectSaved();
  });

  await test.step('another sees it on the map, centred on the service', async () => {
    await other.page.goto('/configuration/map');
    await other.page.getByRole('button', { name: 'Web shop', exact: true }).click();
    await expect(node(other.page, /^host-1, Server, Dependency/)).toBeVisible();
  });

  await test.step('what one changes is on the screen of the other at once', async () => {
    await agent.page.getByRole('button', { name: 'Edit' }).click();
    await agent.page.getByRole('dialog').getByLabel('Name').fill('Shop 2');
    await agent.page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(node(other.page, /^Shop 2, Application/)).toBeVisible();
    await makeItem(agent.page, 'Server', 'host-2');
    await agent.page.goto('/configuration?words=Shop');
    await agent.page.getByRole('link', { name: 'Shop 2' }).click();
    await relate(agent.page, 'Runs on', 'host-2');
    await expect(node(other.page, /^host-2, Server, Dependency/)).toBeVisible();
  });

  await test.step('without a network it is asked what if, and the answer is there at once', async () => {
    await other.goOffline();
    await node(other.page, /^host-2, /).click();
    await other.page.getByRole('button', { name: /^What if it were down/ }).click();
    await expect(other.page.getByText('Supposed to be down: host-2')).toBeVisible();
    await expect(node(other.page, /^Web shop, Service, Impact/)).toBeVisible();
    await expect(other.page.getByText('1: Web shop')).toBeVisible();
    await other.goOnline();
    await other.page.getByRole('button', { name: 'End what if' }).click();
    await expect(node(other.page, /^Web shop, Service/)).not.toContainText('Impact');
  });

  await test.step('an incident names what is down; retiring that waits for its owner as long as it is open', async () => {
    const incident = await desk.openIncident('agent@desk.test', { title: 'The shop is slow' });
    await other.page.goto(`/record/${incident}`);
    await other.page.getByRole('button', { name: 'Name an item' }).click();
    await other.page.getByRole('combobox', { name: 'Name an item' }).fill('host-2');
    await other.page.getByRole('option', { name: /^host-2/ }).click();
    await expect(other.page.getByRole('link', { name: 'host-2' })).toBeVisible();
    await other.expectSaved();
    await agent.page.getByRole('link', { name: 'host-2' }).click();
    await agent.page.getByRole('button', { name: 'Retired' }).click();
    await agent.page.getByRole('dialog').getByRole('button', { name: 'Retired' }).click();
    await expect(agent.page.getByText(/Open incidents name it, so .* decides/)).toBeVisible();
  });
});
