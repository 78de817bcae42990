/** A change to many at once: all that match, a result for each, and the way back. */
import { expect, test } from '../support/test.ts';

const COUNT = 120;
test.use({ deskOptions: { records: COUNT } });

test('all that match get a priority, each with its result, and get theirs back', async ({ desk, agent }) => {
  const incidents = desk.records.filter(({ process }) => process === 'incident');
  const before = new Map(incidents.map(({ id, priority }) => [id, priority]));
  const already = incidents.filter(({ priority }) => priority === 2).length;
  await agent.queue.open('process:incident');
  await agent.expectSaved();
  await agent.queue.choose({ id: (await agent.queue.drawnIds())[0] as (typeof incidents)[0]['id'] });
  await agent.queue.chosen.getByRole('button', { name: `Choose all ${incidents.length} that match` }).click();
  await agent.queue.chosen.getByRole('button', { name: 'Priority' }).click();

  const dialog = agent.page.getByRole('dialog', { name: 'Set priority' });
  await dialog.getByLabel('Or a priority of its own').selectOption('2');
  await dialog.getByLabel('Why').fill('The building is closed tomorrow.');
  await expect(dialog.getByRole('status')).toContainText(/of \d+ will change/);
  await dialog.getByRole('button', { name: /^Change \d+$/ }).click();

  const panel = agent.page.getByRole('region', { name: `Change to ${incidents.length} records` });
  const changed = incidents.length - already;
  await expect(panel.getByRole('status')).toContainText(`${changed} changed`);
  await panel.getByRole('button', { name: 'Show every record' }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(incidents.length);
  await agent.expectSaved();
  for (const { id } of incidents.slice(0, 5)) expect((await desk.ticket(id)).priority).toBe(2);

  await panel.getByRole('button', { name: 'Undo all' }).click();
  await expect(panel.getByRole('status')).toContainText(`${changed} taken back`);
  await agent.expectSaved();
  for (const { id } of incidents.slice(0, 5)) expect((await desk.ticket(id)).priority).toBe(before.get(id));
});
