/** Two agents look at one queue at the same time. */
import { expect, test } from '../support/test.ts';
import type { Actor } from '../support/actor.ts';
import { freshId } from '../support/desk.ts';
import type { SeededRecord } from '../support/serve.ts';

interface QuickAct {
  readonly selector: string;
  /** Typed in place of what was there; a click where there is none. */
  readonly text?: string;
}

const clickOn = ({ id }: SeededRecord): QuickAct => ({ selector: `[data-record="${id}"]` });
const typeFilter = (text: string): QuickAct => ({ selector: 'input[role=combobox]', text });

/** Acts one after another before the address has followed the first. Ends when it has. */
async function atOnce({ page }: Actor, acts: readonly QuickAct[]): Promise<void> {
  await page.evaluate(async (quick) => {
    const followed = new Promise((resolve) =>
      navigation.addEventListener('currententrychange', resolve, { once: true }),
    );
    for (const { selector, text } of quick) {
      const element = document.querySelector<HTMLElement>(selector);
      if (text === undefined) element?.click();
      else if (element instanceof HTMLInputElement) {
        element.value = text;
        element.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      // what it changed is drawn
      await new Promise<void>((resolve) => queueMicrotask(resolve));
    }
    await followed;
  }, acts);
}

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

  test('the last of quick clicks counts, and a filter that is still on its way into the address stays', async ({
    desk,
    agent,
  }) => {
    const [first, second] = [desk.record(0), desk.record(1)];
    await agent.queue.open();
    await agent.queue.row(first).click();
    await expect(agent.record.article).toHaveAccessibleName(`${first.number} ${first.title}`);
    await atOnce(agent, [clickOn(second), clickOn(first)]);
    await expect(agent.record.article).toHaveAccessibleName(`${first.number} ${first.title}`);
    await expect(agent.queue.row(first)).toHaveClass(/opened/);

    await atOnce(agent, [typeFilter('VPN'), clickOn(second)]);
    await expect(agent.record.article).toHaveAccessibleName(`${second.number} ${second.title}`);
    await expect(agent.page).toHaveURL(`/queue?record=${second.id}&q=VPN`);
    await expect(agent.queue.filter).toHaveValue('VPN');
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
