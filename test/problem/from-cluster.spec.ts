/** From incidents that are alike to what helps on the next one: a cluster, its problem, a known error, a suggestion. */
import { makeItem } from '../support/configuration.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 0 } });

const AGENT = 'agent@desk.test';
const WORKAROUND = 'Hold the card to the reader for three seconds.';

test('[PRB-25] [PRB-62] [PRB-65] a cluster becomes a problem, its known error is published and suggested by what both are about', async ({
  desk,
  lead,
  agent,
  other,
}) => {
  const gateway = await makeItem(desk, { class: 'server', name: 'badge-gateway' });
  for (const place of ['Basel', 'Lyon', 'Graz'])
    await desk.openIncident(AGENT, { title: `Badge reader rejects cards in ${place}`, items: [gateway] });

  await test.step('one key makes a problem of what is alike', async () => {
    const { page } = lead;
    await page.goto('/problem/trends');
    await page.getByRole('tab', { name: 'Alike' }).click();
    const cluster = page.getByRole('article', { name: /Badge reader rejects cards/ });
    await expect(cluster.getByRole('list', { name: 'What it rests on' })).toContainText(
      'item badge-gateway (3)',
    );
    await cluster.getByRole('button', { name: 'Open a problem' }).focus();
    await page.keyboard.press('p');
    await expect(page.getByRole('list', { name: 'Linked incidents' }).getByRole('listitem')).toHaveCount(3);
    await expect(page.getByRole('link', { name: 'badge-gateway' })).toBeVisible();
  });

  await test.step('what helps is said of it', async () => {
    const { page } = lead;
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Change the problem' });
    await dialog.getByLabel('Title').fill('Badge readers reject cards');
    await dialog.getByLabel('Workaround').fill(WORKAROUND);
    await expect(dialog.getByRole('list', { name: 'Items: named' })).toContainText('badge-gateway');
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await lead.expectSaved();
  });

  await test.step('a known error begins with that', async () => {
    const { page } = agent;
    await page.goto(new URL(lead.page.url()).pathname);
    await page.getByRole('link', { name: 'Write a known error' }).click();
    const dialog = page.getByRole('dialog', { name: 'New known error' });
    await expect(dialog.getByLabel('Title')).toHaveValue('Badge readers reject cards');
    await expect(dialog.getByLabel('Workaround')).toHaveValue(WORKAROUND);
    await expect(dialog.getByRole('list', { name: 'Items: named' })).toContainText('badge-gateway');
    await dialog.getByLabel('Symptom').fill('The reader blinks red, and the door stays shut.');
    await dialog.getByRole('button', { name: 'Write the draft' }).click();
    await page.getByRole('button', { name: 'Submit for review' }).click();
    await agent.expectSaved();
  });

  await test.step('it is published, from the page of the problem', async () => {
    const { page } = lead;
    const written = page.getByRole('list', { name: 'Known errors of this problem' });
    await expect(written).toContainText('In review');
    await written.getByRole('link', { name: 'Badge readers reject cards' }).click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await expect(page.getByRole('article', { name: 'Version 1' })).toBeVisible();
  });

  await test.step('it is suggested on a ticket that shares the item and no word', async () => {
    const ticket = await desk.openIncident(AGENT, { title: 'Nobody gets in at the gate' });
    const { page } = other;
    await page.goto(`/record/${ticket}`);
    await page.getByRole('button', { name: 'Name an item' }).click();
    await page.getByRole('combobox', { name: 'Name an item' }).fill('badge');
    await page.getByRole('option', { name: /^badge-gateway/ }).click();
    const suggested = page.getByRole('list', { name: 'Suggested' });
    await expect(suggested).toContainText('Badge readers reject cards');
    await suggested.getByRole('button', { name: 'Put into reply' }).click();
    await expect(other.record.composer).toHaveValue(WORKAROUND);
  });
});
