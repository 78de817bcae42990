/** Refusals are content: whoever loses is told what was lost and why, and can do it again. */
import { expect, test } from '../support/test.ts';

// somebody starts without a network here
test.use({ serviceWorkers: 'allow' });

test('a resolution that a caller overtook is told with what was written, and done again with one key', async ({
  desk,
  agent,
}) => {
  const record = desk.record(1);
  await desk.act('agent@desk.test', record.process, record.id, { verb: 'claim' });
  await desk.act('agent@desk.test', record.process, record.id, { verb: 'transition', to: 'in_progress' });
  await agent.record.open(record);
  await agent.expectReadyOffline();
  await agent.goOffline();
  await agent.record.resolve('Replaced the toner and cleaned the rollers.');
  await agent.expectWaiting(1);
  await desk.act('requester@desk.test', record.process, record.id, {
    verb: 'reply',
    text: 'It happens again since this morning!',
  });
  await agent.goOnline();
  await agent.expectSaved();
  expect((await desk.ticket(record.id)).state).toBe('in_progress');

  const tray = await agent.shell.openAttention();
  const card = tray.getByRole('article', { name: 'You wanted to make this resolved' });
  await expect(card).toContainText(/Rita Requester replied at \d+:\d\d/);
  await expect(card).toContainText('Replaced the toner and cleaned the rollers.');
  await agent.page.keyboard.press('r');
  await expect(card).toBeHidden();
  await agent.expectSaved();
  const ticket = await desk.ticket(record.id);
  expect(ticket).toMatchObject({
    state: 'resolved',
    resolution: { notes: 'Replaced the toner and cleaned the rollers.' },
  });
});

test('an act that makes no sense any more can be dismissed, and stays dismissed', async ({ desk, agent }) => {
  const record = desk.record(1);
  await agent.record.open(record);
  await agent.expectReadyOffline();
  await agent.goOffline();
  await agent.record.note('Seen by the night shift.');
  await agent.record.claim();
  await desk.act('other@desk.test', record.process, record.id, { verb: 'claim' });
  await agent.goOnline();
  await agent.expectSaved();
  const tray = await agent.shell.openAttention();
  await tray.getByRole('button', { name: 'Dismiss' }).click();
  await expect(tray.getByText('Nothing was lost')).toBeVisible();
  await agent.page.keyboard.press('Escape');
  await agent.expectSaved();
  await agent.page.reload();
  await agent.expectSaved();
  await expect(agent.shell.attentionButton).toBeHidden();
  const types = (await desk.events(record.id)).map(({ type }) => type);
  expect(types).toContain('commented');
});
