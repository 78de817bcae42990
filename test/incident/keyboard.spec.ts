/** Everything with the keyboard: no test here touches a mouse. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';

test('from the queue to a resolved incident without a mouse', async ({ desk, agent }) => {
  const record = desk.record(1);
  const { page } = agent;
  await agent.queue.open();
  await agent.expectSaved();

  await test.step('a typed number jumps to the record', async () => {
    await agent.shell.openPalette();
    await page.keyboard.type(record.number);
    await expect(agent.shell.palette.getByRole('option').first()).toContainText(record.number);
    await page.keyboard.press('Enter');
    await expect(agent.record.article).toHaveAccessibleName(`${record.number} ${record.title}`);
  });

  await test.step('claim, start, reply', async () => {
    await page.keyboard.press('m');
    await expect(agent.record.owner).toHaveAccessibleName(/^Owner: you/);
    await changeState(page, 'In progress');
    await expect(agent.record.article.getByText('In progress').first()).toBeVisible();
    await page.keyboard.press('r');
    await expect(agent.record.composer).toBeFocused();
    await page.keyboard.type('It works again; please try.');
    await page.keyboard.press('Control+Enter');
    await expect(agent.record.said('Public reply', 'It works again; please try.')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('resolve', async () => {
    await changeState(page, 'Resolved', async () => {
      await tabTo(page, 'How it was resolved');
      await page.keyboard.press('ArrowDown');
      await expect(page.getByRole('listbox', { name: 'How it was resolved' })).toBeVisible();
      await page.keyboard.press('Enter');
      await tabTo(page, 'What was done');
      await page.keyboard.type('Restarted the gateway.');
    });
    await agent.expectSaved();
    expect((await desk.ticket(record.id)).state).toBe('resolved');
  });
});

test('rows are chosen, opened and left with keys, and the cursor stays where it was', async ({ agent }) => {
  const { page } = agent;
  await agent.queue.open();
  await agent.queue.grid.focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const at = await agent.queue.cursor();
  await page.keyboard.press('x');
  await expect(agent.queue.row({ id: at })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('x');
  await page.keyboard.press('Enter');
  await expect(agent.record.article).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(agent.record.article).toBeHidden();
  await expect(agent.queue.grid).toBeFocused();
  expect(await agent.queue.cursor()).toBe(at);
});

test('a new record is written as soon as its page opens, and sent with Ctrl+Enter', async ({ agent }) => {
  const { page } = agent;
  await agent.queue.open();
  await page.getByRole('button', { name: /^New/ }).first().click();
  const title = page.getByRole('form').getByLabel('Title');
  await expect(title).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(title).toBeFocused();
  // every letter of it is a shortcut elsewhere
  await page.keyboard.type('jam hash');
  await expect(title).toHaveValue('jam hash');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/\/record\/[0-9A-Z]{26}$/);
  await expect(agent.record.article).toHaveAccessibleName(/jam hash/);
});

test('the sheet names every key of the page, and the keys of the page only', async ({ desk, agent }) => {
  const { page } = agent;
  await agent.queue.open();
  await page.keyboard.press('?');
  await expect(agent.shell.shortcutSheet.getByRole('region', { name: 'Queue' })).toContainText('Claim');
  await page.keyboard.press('Escape');
  await expect(agent.shell.shortcutSheet).toBeHidden();
  await agent.record.open(desk.record(1));
  await page.keyboard.press('?');
  await expect(agent.shell.shortcutSheet.getByRole('region', { name: 'Record' })).toContainText('Reply');
  await expect(agent.shell.shortcutSheet.getByRole('region', { name: 'Queue' })).toBeHidden();
});

/** Opens the question of state by its key, chooses by typing, answers what it needs, and applies. */
async function changeState(
  page: Page,
  state: string,
  answer: () => Promise<void> = async () => {},
): Promise<void> {
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Change state' });
  await expect(dialog).toBeVisible();
  await tabTo(page, 'New state');
  const options = dialog.getByLabel('New state').getByRole('option');
  const names = await options.allTextContents();
  const steps = STEP_NAMES[state] ?? state;
  await page.keyboard.type(names.find((name) => name === steps) ?? state);
  await answer();
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Apply' }).press('Enter');
  await expect(dialog).toBeHidden();
}

/** A step is named by what the person does. */
const STEP_NAMES: Readonly<Record<string, string>> = { 'In progress': 'Start work', Resolved: 'Resolve' };

/** Presses Tab until the control with this label has the focus. */
async function tabTo(page: Page, label: string): Promise<void> {
  const control = page.getByLabel(label, { exact: true });
  for (let presses = 0; presses < 12; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(control).toBeFocused();
}
