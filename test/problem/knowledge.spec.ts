/** A known error from its first draft to readers of all kinds: reviewed, published, suggested on a ticket, also offline. */
import type { Page } from '@playwright/test';
import { makeItem } from '../support/configuration.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

const WORKAROUND = 'Forget the cached password, and sign in once with the new one.';

const text = (page: Page) => page.getByRole('textbox', { name: 'Text' });
const suggested = (page: Page) => page.getByRole('list', { name: 'Suggested' });

test('[PRB-50] [PRB-53] [PRB-54] [PRB-62] a known error is written by two, reviewed, published, and suggested to an agent offline', async ({
  desk,
  lead,
  agent,
  other,
}) => {
  const ticket = await desk.openIncident('agent@desk.test', {
    title: 'The tunnel asks for my password again and again',
  });

  await test.step('an agent writes a draft', async () => {
    const { page } = agent;
    await page.goto('/problem/knowledge');
    await expect(page.getByText('Nothing is written down yet')).toBeVisible();
    await page.getByRole('button', { name: 'New known error' }).click();
    const dialog = page.getByRole('dialog', { name: 'New known error' });
    await dialog.getByLabel('Title').fill('Tunnel asks for the password again and again');
    await dialog
      .getByLabel('Symptom')
      .fill('A minute after signing in the client asks for the password again.');
    await dialog.getByLabel('Workaround').fill(WORKAROUND);
    await dialog.getByLabel('Words to find it by').fill('vpn, tunnel');
    await dialog.getByRole('button', { name: 'Write the draft' }).click();
    await expect(page.getByRole('region', { name: 'How it stands' })).toContainText('Draft');
    await agent.expectSaved();
  });

  await test.step('two write its text at the same time', async () => {
    await other.page.goto(new URL(agent.page.url()).pathname);
    await text(agent.page).click();
    await agent.page.keyboard.type('Seen on Windows.');
    await expect(text(other.page)).toContainText('Seen on Windows.');
    await text(other.page).click();
    await other.page.keyboard.press('Control+End');
    await other.page.keyboard.type(' And on the Mac.');
    await expect(text(agent.page)).toContainText('Seen on Windows. And on the Mac.');
    await expect(agent.page.getByLabel('Also here')).toBeVisible();
  });

  await test.step('what came while the reviewer read is not published unread', async () => {
    await agent.page.getByRole('button', { name: 'Submit for review' }).click();
    await agent.expectSaved();
    await lead.page.goto(new URL(agent.page.url()).pathname);
    await expect(text(lead.page)).toContainText('And on the Mac.');
    await lead.page.getByRole('button', { name: 'Publish' }).click();
    await expect(lead.page.getByRole('article', { name: 'Version 1' })).toContainText('And on the Mac.');
    await expect(agent.page.getByRole('region', { name: 'How it stands' })).toContainText('Published');
  });

  await test.step('it is suggested on a ticket, and put into a reply of which nothing is lost, without a network', async () => {
    const { page } = other;
    await page.goto(`/record/${ticket}`);
    await expect(suggested(page)).toContainText('Tunnel asks for the password');
    await expect(suggested(page)).toContainText(/words: .*tunnel/);
    await other.expectSaved();
    await other.goOffline();
    await other.record.composer.fill('Dear Rita,');
    await suggested(page).getByRole('button', { name: 'Put into reply' }).click();
    await expect(other.record.composer).toHaveValue(`Dear Rita,\n\n${WORKAROUND}`);
    await suggested(page).getByRole('button', { name: 'Use on this ticket' }).click();
    await expect(page.getByRole('list', { name: 'Used here' })).toContainText('Tunnel asks for the password');
    await other.goOnline();
    await other.expectSaved();
    await expect(agent.page.getByText('It was used on 1 ticket.')).toBeVisible();
  });

  await test.step('it is suggested while another one is written, and a second one is said to be written already', async () => {
    const { page } = agent;
    await page.goto('/new?process=incident');
    await page.getByRole('textbox', { name: 'Title' }).fill('My tunnel wants the password again and again');
    await expect(suggested(page)).toContainText('Tunnel asks for the password');
    await suggested(page).getByRole('button', { name: 'Not this' }).click();
    await expect(suggested(page)).toBeHidden();
    await page.goto('/problem/knowledge');
    await page.getByRole('button', { name: 'New known error' }).click();
    await page.getByRole('dialog').getByLabel('Title').fill('Tunnel asks for the password again');
    await expect(page.getByRole('list', { name: 'What says nearly the same' })).toContainText('Published');
  });
});

test('[PRB-62] [DSK-206] a known error is suggested offline by the item that a ticket names while it is written', async ({
  desk,
  lead,
  agent,
}) => {
  await makeItem(desk, { class: 'server', name: 'gateway-7' });

  await test.step('a lead publishes what is known of an item', async () => {
    const { page } = lead;
    await page.goto('/problem/knowledge');
    await page.getByRole('button', { name: 'New known error' }).click();
    const dialog = page.getByRole('dialog', { name: 'New known error' });
    await dialog.getByLabel('Title').fill('Certificate was not renewed');
    await dialog.getByLabel('Symptom').fill('Browsers warn.');
    await dialog.getByLabel('Workaround').fill(WORKAROUND);
    await dialog.getByRole('combobox', { name: /items/i }).fill('gateway');
    await page.getByRole('option', { name: /^gateway-7/ }).click();
    await dialog.getByRole('button', { name: 'Write the draft' }).click();
    await page.getByRole('button', { name: 'Submit for review' }).click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await expect(page.getByRole('article', { name: 'Version 1' })).toBeVisible();
  });

  await test.step('an agent without a network names that item, and is told why it is suggested', async () => {
    const { page } = agent;
    await page.goto('/new?process=incident');
    await page.getByRole('combobox', { name: 'Items' }).fill('gateway');
    await expect(page.getByRole('option', { name: /^gateway-7/ })).toBeVisible();
    await page.getByRole('combobox', { name: 'Items' }).fill('');
    await agent.goOffline();
    await page.getByRole('textbox', { name: 'Title' }).fill('Nobody gets in');
    await expect(suggested(page)).toBeHidden();
    await page.getByRole('combobox', { name: 'Items' }).fill('gateway');
    await page.getByRole('option', { name: /^gateway-7/ }).click();
    await expect(suggested(page)).toContainText('Certificate was not renewed');
    await expect(suggested(page)).toContainText('same item');
    await agent.goOnline();
    await page.getByRole('button', { name: 'Declare incident' }).click();
    await expect(page.getByRole('link', { name: 'gateway-7' })).toBeVisible();
    await agent.expectSaved();
  });
});

test('[PRB-53] [PRB-58] [PRB-61] what is published for everybody is on the help page, and its next draft is not', async ({
  lead,
  requester,
}) => {
  await test.step('a lead writes, reviews and publishes an article', async () => {
    const { page } = lead;
    await page.goto('/problem/knowledge');
    await page.getByRole('button', { name: 'New article' }).click();
    const dialog = page.getByRole('dialog', { name: 'New article' });
    await dialog.getByLabel('Title').fill('Print on both sides');
    await dialog.getByLabel('For').selectOption({ label: 'Everybody' });
    await dialog.getByRole('button', { name: 'Write the draft' }).click();
    await expect(page.getByText('Before it can be reviewed, it needs a text.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Submit for review' })).toBeDisabled();
    await text(page).click();
    await page.keyboard.type('Choose Layout, then Both sides.');
    await lead.expectSaved();
    await page.getByRole('button', { name: 'Submit for review' }).click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await expect(page.getByRole('article', { name: 'Version 1' })).toContainText('Both sides.');
  });

  await test.step('a requester finds it, reads it and says that it helped', async () => {
    const { page } = requester;
    await page.goto('/help');
    await page.getByLabel('What is it about?').fill('print');
    await page.getByText('Print on both sides').click();
    await expect(page.getByText('Choose Layout, then Both sides.')).toBeVisible();
    await page.getByRole('group', { name: 'Did it help you?' }).getByRole('button', { name: 'Yes' }).click();
    await expect(lead.page.getByText('Version 1 helped 1 person')).toBeVisible();
  });

  await test.step('the next draft is not for them, and its version shows what differs', async () => {
    const { page } = lead;
    await page.getByRole('button', { name: 'Change the fields' }).click();
    await page.getByRole('dialog').getByLabel('Title').fill('Print on one side');
    await page.getByRole('dialog').getByRole('button', { name: 'Change', exact: true }).click();
    await expect(page.getByRole('region', { name: 'How it stands' })).toContainText('Next draft');
    await lead.expectSaved();
    await requester.page.reload();
    await expect(requester.page.getByText('Print on both sides')).toBeVisible();
    await expect(requester.page.getByText('Print on one side')).toBeHidden();
    await page.getByRole('button', { name: 'Submit for review' }).click();
    await page.getByRole('button', { name: 'Publish version 2' }).click();
    const version = page.getByRole('article', { name: 'Version 2' });
    await page.getByLabel('What differs from version 1').check();
    await expect(version.locator('del')).toHaveText('both sides');
    await expect(requester.page.getByText('Print on one side')).toBeVisible();
  });
});
