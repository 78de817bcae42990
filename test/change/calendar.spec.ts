import type { CommandOutcome } from '@muster/domain/shared';
import { expect, test } from '../support/test.ts';
import type { Desk } from '../support/desk.ts';
import { freshId } from '../support/desk.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A Tuesday, 10:00 UTC, of the week of the 15th of next month: never at the edge of what a month shows. */
function tuesday(): number {
  const now = new Date();
  const middle = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 15, 10));
  return middle.getTime() + (2 - (middle.getUTCDay() || 7)) * DAY;
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

async function planChange(desk: Desk, title: string, begins: number) {
  const admin = await desk.session('admin@desk.test');
  const service = await admin.call<{ id: string }>('POST', '/api/services', {
    name: 'Mail',
    team: null,
    criticality: 2,
  });
  const agent = await desk.session('agent@desk.test');
  const target = freshId();
  const fields = { title, items: [service.id], begins, ends: begins + 2 * HOUR };
  const [outcome] = await agent.call<CommandOutcome[]>('POST', '/api/commands', [
    {
      id: freshId(),
      type: 'change.create',
      target,
      args: { model: 'normal', fields },
      basis: 0,
      clientAt: Date.now(),
    },
  ]);
  expect(outcome).toMatchObject({ outcome: 'applied' });
  return target;
}

test('[CHG-37] [CHG-41] a change dragged into a freeze is seen to collide, by others too, and goes to the next free place', async ({
  desk,
  agent,
  lead,
}) => {
  const begins = tuesday();
  const id = await planChange(desk, 'New mail relay', begins);
  const manager = await desk.session('admin@desk.test');
  await manager.call('PUT', '/api/change/windows/closing', {
    basis: 0,
    rule: {
      name: 'Closing of the books',
      kind: 'freeze',
      hard: true,
      when: {
        zone: 'UTC',
        begins: `${dayOf(begins + DAY)}T00:00`,
        ends: `${dayOf(begins + 2 * DAY)}T00:00`,
        repeats: null,
      },
      services: null,
      classes: null,
      models: null,
    },
  });

  for (const { page } of [agent, lead]) {
    await page.goto('/change/calendar');
    await page.getByRole('button', { name: 'Later', exact: true }).click();
  }
  const change = agent.page.locator(`[data-event="${id}"]`);
  await expect(change).toBeVisible();
  await expect(lead.page.locator(`[data-event="${id}"]`)).toBeVisible();
  await expect(agent.page.getByText('Hard freeze: Closing of the books').first()).toBeVisible();

  const box = await change.boundingBox();
  if (box === null) throw new Error('the change is not on the page');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const { mouse } = agent.page;
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(x + box.width / 2, y, { steps: 4 });
  await mouse.move(x + box.width, y, { steps: 4 });
  // told while it is held: here in words, and in the browser of somebody else where it is held
  await expect(agent.page.getByRole('complementary', { name: 'Conflicts' })).toContainText(
    'In a hard freeze',
  );
  await expect(lead.page.locator('.ghost')).toContainText('Arne Agent: New mail relay');
  await mouse.up();

  const dialog = agent.page.getByRole('dialog');
  await expect(dialog).toContainText('nobody can begin it');
  await dialog.getByRole('button', { name: 'Next free place' }).click();
  await agent.page.getByRole('button', { name: 'Put it there' }).click();
  await expect(agent.page.getByText('Moved to').first()).toBeVisible();
  await agent.expectSaved();
  await expect(lead.page.locator('.ghost')).toHaveCount(0);

  const free = Date.parse(`${dayOf(begins + 2 * DAY)}T00:00:00Z`);
  const { change: moved } = await manager.call<{ change: { begins: number; ends: number } }>(
    'GET',
    `/api/changes/${id}`,
  );
  expect(moved).toMatchObject({ begins: free, ends: free + 2 * HOUR });

  // opened for the change it goes to its month and has it in hand, also by the address alone
  const { page } = lead;
  await page.goto(`/change/calendar?change=${id}`);
  const marked = page.locator(`[data-event="${id}"][aria-current="true"]`).first();
  await expect(marked).toBeInViewport();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.locator('.ghost')).toContainText('New mail relay');
});
