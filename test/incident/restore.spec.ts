/** The desk is put back from a backup: everybody is told once, acts come again, what is refused now is in the tray. */
import { expect, test } from '../support/test.ts';

test('a backup is put back: the person is told, their acts are brought again, the refused one is kept', async ({
  desk,
  agent,
}) => {
  const free = desk.records.filter(({ process }) => process === 'incident');
  const [kept, contested] = [free[1], free[2]];
  if (kept === undefined || contested === undefined) throw new Error('two incidents are needed');
  await desk.session('other@desk.test');
  await desk.session('admin@desk.test');
  await agent.queue.open();
  await agent.expectSaved();
  await desk.backup();
  for (const record of [kept, contested]) await agent.queue.claim(record);
  await agent.expectSaved();
  await agent.goOffline();
  await desk.putBack();
  expect((await desk.ticket(kept.id)).owner).toBeNull();
  await desk.act('other@desk.test', 'incident', contested.id, { verb: 'claim' });
  await agent.goOnline();

  const told = agent.page.getByRole('status').filter({ hasText: 'restored from a backup of' });
  await expect(told).toContainText('1 of your acts was brought again.');
  await expect(told).toContainText('1 was refused this time and waits under Attention.');
  await agent.expectSaved();
  await expect(agent.queue.row(kept)).toHaveAccessibleName(/owner Arne Agent/);
  expect((await desk.ticket(kept.id)).owner).toBe(agent.account.id);
  await expect(agent.queue.row(contested)).toHaveAccessibleName(/owner Olga Other/);
  const tray = await agent.shell.openAttention();
  await expect(tray.getByRole('article', { name: 'You wanted to take this on' })).toContainText('Olga Other');

  await test.step('it is told once', async () => {
    await agent.page.keyboard.press('Escape');
    await told.getByRole('button', { name: 'Understood' }).click();
    await expect(told).toBeHidden();
    await agent.page.reload();
    await agent.queue.open();
    await agent.expectSaved();
    await expect(told).toBeHidden();
  });
  // an act may be on its way before the page knows of the restore: it is answered so, and comes again
  agent.watch.expected(/status of 409/);
});
