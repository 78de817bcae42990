/** An incident is restricted while a colleague looks at it and writes. */
import type { Actor } from '../support/actor.ts';
import type { SeededRecord } from '../support/serve.ts';
import { expect, test } from '../support/test.ts';

test('[INC-134] a colleague loses a restricted incident everywhere and keeps their words; who is named sees it live', async ({
  desk,
  agent,
  other,
  lead,
}) => {
  const record = desk.record(1);
  const { number, title } = record;

  await test.step('both look, one writes', async () => {
    await Promise.all([other.record.open(record), lead.queue.open(), agent.record.open(record)]);
    await other.record.choose('note');
    await other.record.draft('half a thought');
    await other.expectSaved();
    await expect(lead.queue.row(record)).not.toHaveAccessibleName(/restricted/);
  });

  await test.step('it is restricted to two people', async () => {
    await agent.record.properties.getByRole('button', { name: 'Change who may read this' }).click();
    const dialog = agent.page.getByRole('dialog', { name: `Who may read ${number}` });
    const box = dialog.getByRole('combobox', { name: 'Add a person' });
    await box.click();
    await box.fill(lead.name);
    await agent.page.getByRole('option', { name: new RegExp(`^${lead.name}`) }).click();
    await dialog.getByRole('textbox', { name: 'Why' }).fill('It names somebody');
    await dialog.getByRole('button', { name: 'Restrict' }).click();
    await expect(agent.record.article.getByRole('img', { name: /^Restricted: only/ })).toBeVisible();
    await agent.expectSaved();
  });

  await test.step('the colleague is told so, and has their words', async () => {
    await expect(other.page.getByText('You may not read this any more')).toBeVisible();
    await expect(other.page.getByRole('article', { name: 'Unsent note' })).toContainText('half a thought');
    await expectNothing(other, title);
  });

  await test.step('they find it neither in the palette nor in the queue', async () => {
    for (const wanted of [number, title]) {
      await other.shell.openPalette();
      // what the server finds comes a moment later
      const answered = other.page.waitForResponse((answer) => answer.url().includes('/api/search'));
      await other.shell.palette.getByRole('combobox').fill(wanted);
      await answered;
      await expect(other.shell.palette.getByRole('option', { name: title })).toHaveCount(0);
      await other.page.keyboard.press('Escape');
      await expect(other.shell.palette).toBeHidden();
    }
    await other.queue.open();
    await expect(other.queue.row(record)).toHaveCount(0);
    await other.page.goto(`/record/${record.id}`);
    await expect(other.page.getByText('This record is not there, or not yours to see.')).toBeVisible();
    await expect(other.page.getByRole('article', { name: 'Unsent note' })).toContainText('half a thought');
  });

  await test.step('who is named has seen it live, and both see each other there', async () => {
    await expect(lead.queue.row(record)).toHaveAccessibleName(/restricted/);
    await lead.record.open(record);
    await expect(lead.record.history).toContainText('let only');
    for (const reader of [agent, lead])
      await expect(reader.record.article.getByRole('list', { name: 'Here now' })).toBeVisible();
  });

  await test.step('opened again, it comes back with the words in their place', async () => {
    await other.queue.open();
    await agent.record.properties.getByRole('button', { name: 'Change who may read this' }).click();
    const dialog = agent.page.getByRole('dialog', { name: `Who may read ${number}` });
    await dialog.getByLabel('Who may read this').selectOption('everybody');
    await dialog.getByRole('button', { name: 'Open to the staff' }).click();
    // nothing moves under the cursor: what comes is announced, and taken in when asked for
    await other.queue.pill.click();
    await expect(other.queue.row(record)).toBeVisible();
    await other.record.open(record);
    await other.record.choose('note');
    await expect(other.record.composer).toHaveValue('half a thought');
  });
});

async function expectNothing(actor: Actor, title: SeededRecord['title']): Promise<void> {
  await expect(actor.page.getByText(title)).toHaveCount(0);
}
