/** A moment of the configuration gets a name, and tells later what became of everything. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

test('[CFG-46] [CFG-47] a baseline is taken, compared with now, saved as a table and deleted; offline it says why not', async ({
  admin,
}) => {
  const { page } = admin;
  const makeItem = async (name: string) => {
    await page.goto('/configuration');
    await page.getByRole('button', { name: 'New item' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Class', { exact: true }).selectOption({ label: 'Server' });
    await dialog.getByLabel('Name', { exact: false }).fill(name);
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  };

  await makeItem('Before');
  await page.goto('/configuration');
  await page.getByRole('link', { name: 'Baselines' }).click();
  await expect(page.getByText('No baselines yet')).toBeVisible();
  await page.getByRole('button', { name: 'New baseline' }).click();
  await page.getByRole('button', { name: 'Take it' }).click();
  await expect(page.getByText('Give it a name by which you will know it.')).toBeVisible();
  await page.getByLabel('Name').fill('Before the move');
  await page.getByRole('button', { name: 'Take it' }).click();
  await page.getByRole('button', { name: 'Compare “Before the move” with now' }).click();
  await expect(page.getByText('Nothing differs.')).toBeVisible();

  await makeItem('After');
  await page.goto('/configuration/baselines');
  await page.getByRole('button', { name: 'Compare “Before the move” with now' }).click();
  const differing = page.getByRole('list', { name: 'Items that differ' });
  await expect(page.getByText('Items: 1 added.')).toBeVisible();
  await expect(differing.getByRole('link', { name: 'After' })).toBeVisible();
  await expect(differing).toContainText('from nothing to “After”');
  await expect(differing).not.toContainText('Before');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toContain(',After,server,name,,,After');

  await admin.goOffline();
  await page.getByRole('button', { name: 'Delete “Before the move”' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('looking at them takes a network')).toBeVisible();
  await admin.goOnline();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Delete “Before the move”' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No baselines yet')).toBeVisible();
});
