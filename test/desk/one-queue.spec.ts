/** Two agents look at one queue at the same time. */
import { expect, test } from '../support/test.ts';
import { freshId } from '../support/desk.ts';

test.describe('two agents on one queue', () => {
  test('a change by one appears for the other without a reload, with their face on the row', async ({
    desk,
    agent,
    other,
  }) => {
    const record = desk.record(0);
    await Promise.all([agent.queue.open(), other.queue.open()]);
    await agent.queue.claim(record);
    await expect(other.queue.row(record)).toHaveAccessibleName(/owner Arne Agent/);
    await agent.expectSaved();

    await agent.queue.row(record).click();
    await expect(other.queue.row(record)).toHaveAccessibleName(/Arne Agent here/);
    await expect(other.queue.row(record).getByRole('img', { name: /^Arne Agent, / })).toBeVisible();
    await agent.page.goto('/help');
    await expect(other.queue.row(record)).not.toHaveAccessibleName(/Arne Agent here/);
  });

  test('new rows collect behind the pill, and nothing moves under the cursor', async ({ desk, agent }) => {
    await agent.queue.open();
    await agent.expectSaved();
    await agent.queue.grid.press('j');
    const before = await agent.queue.drawnIds();
    const ids = [freshId(), freshId()];
    for (const id of ids) {
      await desk.act('requester@desk.test', 'desk', id, {
        verb: 'create',
        kind: 'request',
        title: `A second screen for ${id.slice(-2)}`,
        description: 'The one I have flickers.',
        impact: 1,
        urgency: 1,
        requester: desk.account('requester@desk.test').id,
        service: null,
        category: null,
        team: null,
        channel: 'portal',
      });
    }
    await expect(agent.queue.pill).toHaveText(/^2 new/);
    expect(await agent.queue.drawnIds()).toEqual(before);
    await agent.queue.pill.click();
    for (const id of ids) await expect(agent.queue.row({ id })).toBeVisible();
    await expect(agent.queue.pill).toBeHidden();
  });

  test('a row that no longer fits stays where it is until the list is refreshed', async ({ desk, agent }) => {
    const record = desk.record(0);
    await agent.queue.open('owner:none');
    await agent.expectSaved();
    const before = await agent.queue.drawnIds();
    await desk.act('other@desk.test', record.process, record.id, { verb: 'claim' });
    await expect(agent.queue.row(record)).toHaveAccessibleName(/no longer fits this list/);
    expect(await agent.queue.drawnIds()).toEqual(before);
    await agent.queue.grid.press('u');
    await expect(agent.queue.row(record)).toBeHidden();
  });
});
