/** What was written can be looked at as it stood, and brought back without taking away what others write. */
import AxeBuilder from '@axe-core/playwright';
import { freshId } from '../support/desk.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

const OPENING = 'The badge reader blinks red.';

test('somebody looks at the description as it stood and restores it while another types', async ({
  desk,
  agent,
  other,
}) => {
  const id = freshId();
  await desk.act('requester@desk.test', 'desk', id, {
    verb: 'create',
    kind: 'setback',
    title: 'A door does not open',
    description: OPENING,
    impact: 2,
    urgency: 2,
    requester: desk.account('requester@desk.test').id,
    service: null,
    category: null,
    team: null,
    channel: 'portal',
  });
  await agent.record.open({ id });
  await other.record.open({ id });
  await agent.record.description.getByText(OPENING).click();
  await agent.page.keyboard.press('End');
  await agent.page.keyboard.type(' It beeps twice.');
  await expect(other.record.description).toContainText('It beeps twice.');
  await other.record.description.getByText(OPENING).click();
  await other.page.keyboard.press('Home');
  for (let key = 0; key < 'The '.length; key += 1) await other.page.keyboard.press('Delete');
  await expect(agent.record.description).not.toContainText('The badge');
  await Promise.all([agent.expectSaved(), other.expectSaved()]);

  const dialog = agent.page.getByRole('dialog', { name: 'History of the description' });
  const text = dialog.getByRole('region', { name: /^The description/ });
  await test.step('sees who wrote what and what the last one took away', async () => {
    await agent.page.getByRole('button', { name: 'History of the description' }).click();
    await expect(dialog.getByRole('navigation', { name: 'Who wrote when' }).getByRole('listitem')).toHaveText(
      [new RegExp(other.name), new RegExp(agent.name), /Rita Requester/],
    );
    await expect(text.locator('del')).toContainText('The ');
    await expect(text.locator('del')).toHaveAttribute('title', new RegExp(`Removed by ${other.name}`));
    await expect(text.getByTitle(new RegExp(`Written by ${agent.name}`))).toContainText('It beeps twice.');
    const { violations } = await new AxeBuilder({ page: agent.page }).include('[role=dialog]').analyze();
    expect(violations).toEqual([]);
  });

  await test.step('goes back with the keyboard, to what it was first', async () => {
    const scrubber = dialog.getByRole('slider', { name: 'Version of the description' });
    await scrubber.focus();
    await agent.page.keyboard.press('Home');
    await expect(scrubber).toHaveAttribute('aria-valuetext', /^1 of 3: Rita Requester/);
    await dialog.getByRole('radio', { name: 'The text then' }).check();
    await expect(text).toContainText(OPENING);
    await expect(text).not.toContainText('It beeps');
    await agent.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('restores the version before the last while the other types on', async () => {
    await agent.page.getByRole('button', { name: 'History of the description' }).click();
    await dialog.getByRole('button', { name: new RegExp(agent.name) }).click();
    await other.page.keyboard.press('End');
    await other.page.keyboard.type(' Nobody gets in.', { delay: 20 });
    await dialog.getByRole('button', { name: 'Restore this version' }).click();
    await expect(dialog).toBeHidden();
    for (const one of [agent, other]) {
      await expect(one.record.description).toContainText('The badge reader blinks red. It beeps twice.');
    }
    await Promise.all([agent.expectSaved(), other.expectSaved()]);
  });

  await test.step('and undo takes the restore back', async () => {
    await agent.page.getByRole('button', { name: 'Undo' }).click();
    await expect(agent.record.description).not.toContainText('The badge');
  });
});

test('without a network the history says that the server keeps it', async ({ desk, agent }) => {
  const [record] = desk.records;
  if (record === undefined) throw new Error('the desk has no record');
  await agent.record.open(record);
  await agent.page.getByRole('button', { name: 'History of the description' }).click();
  const dialog = agent.page.getByRole('dialog', { name: 'History of the description' });
  await expect(dialog.getByRole('slider')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await agent.goOffline();
  await agent.page.getByRole('button', { name: 'History of the description' }).click();
  await expect(dialog).toContainText('kept by the server');
});
