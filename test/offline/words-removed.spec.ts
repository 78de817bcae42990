/** Two write in one paragraph without a network, and one of them takes it away. */
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

test('words that went with a paragraph that a colleague removed are told to who wrote them, and kept', async ({
  desk,
  agent,
  other,
}) => {
  const fields = {
    title: 'Two pumps',
    description: 'Pump one is hot.\nPump two is cold.\nPump three is old.',
  };
  const id = await desk.openIncident('lead@desk.test', fields);
  for (const writer of [agent, other]) await writer.record.open({ id });
  const second = agent.record.description.getByText('Pump two is cold.');
  await second.click();
  await agent.page.keyboard.press('End');
  for (const writer of [agent, other]) await writer.goOffline();
  await agent.page.keyboard.type(' Its valve is open.');
  await other.record.description.getByText('Pump two is cold.').click();
  for (const key of ['Home', 'Shift+End', 'Delete', 'Backspace']) await other.page.keyboard.press(key);
  await expect(other.record.description.getByRole('paragraph')).toHaveText([
    'Pump one is hot.',
    'Pump three is old.',
  ]);
  await other.goOnline();
  await other.expectSaved();
  await agent.goOnline();
  await agent.expectSaved();
  await expect(agent.record.description.getByRole('paragraph')).toHaveCount(2);

  const tray = await agent.shell.openAttention();
  const card = tray.getByRole('article', { name: 'What you wrote went with what somebody removed' });
  await expect(card).toContainText('Its valve is open.');
});
