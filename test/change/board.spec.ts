/** A change board: made, called together, and held by two people who look at one change and decide it. */
import { serviceId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import type { Page } from '@playwright/test';
import type { Actor } from '../support/actor.ts';
import { HOUR, actOnChange, makeService, readChange, setPolicy } from '../support/changes.ts';
import { freshId } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

const ADMIN = 'admin@desk.test';
const BOTH = ['lead@desk.test', 'agent@desk.test'];

const item = (page: Page, title: string) => page.getByRole('heading', { level: 2, name: title });
const decision = (page: Page) => page.getByRole('group', { name: 'Decision' });
const notes = (page: Page) => page.getByRole('textbox', { name: 'Notes' });
const people = (page: Page) => page.getByRole('list', { name: 'In the meeting' });

test('[CHG-92] [CHG-93] [CHG-95] [CHG-97] two people open a meeting at once, look at one change, vote, decide, write and close', async ({
  desk,
  lead,
  agent,
}) => {
  const [relay, disk] = await twoChanges(desk);

  await test.step('a board is made, with its dates and what comes before it', async () => {
    const { page } = lead;
    await page.goto('/change');
    await page.getByRole('link', { name: 'Board', exact: true }).click();
    await expect(page.getByText('No change board yet')).toBeVisible();
    await page.getByRole('button', { name: 'New board' }).click();
    const dialog = page.getByRole('dialog', { name: 'New change board' });
    await dialog.getByLabel('Name', { exact: true }).fill('Weekly board');
    await dialog
      .getByRole('group', { name: 'May have the chair' })
      .getByLabel(agent.name, { exact: true })
      .check();
    await expect(dialog.getByRole('status')).toHaveText('Just now 2 changes come before it.');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('list', { name: 'What would come before Weekly board now' })).toContainText(
      'Replace the relay',
    );
    await page.getByRole('button', { name: 'Call a meeting …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Plan it' }).click();
    await lead.expectSaved();
  });

  await test.step('of two who open it at once the second is told who has the chair', async () => {
    await agent.page.goto('/change/board');
    const called = agent.page.getByRole('listitem').filter({ hasText: 'Called' });
    await called.getByRole('link').click();
    await expect(agent.page.getByText('What would come before it now').first()).toBeVisible();
    await agent.expectSaved();
    await agent.goOffline();
    await lead.page.getByRole('listitem').filter({ hasText: 'Called' }).getByRole('link').click();
    await lead.page.getByRole('button', { name: 'Open the meeting' }).click();
    await expect(lead.page.getByText('You have the chair')).toBeVisible();
    await lead.expectSaved();
    await agent.page.getByRole('button', { name: 'Open the meeting' }).click();
    await expect(agent.page.getByText('You are offline')).toBeVisible();
    await agent.goOnline();
    await expect(agent.page.getByText(`${lead.name} has the chair`).first()).toBeVisible();
    // said in a toast, and to screen readers with all that came meanwhile
    const late = agent.page.getByText(/opened it at .*, before you, and has the chair/);
    await expect(late.first()).toBeVisible();
  });

  await test.step('both see the one current change; a member looks elsewhere and comes back', async () => {
    await lead.page.getByRole('button', { name: 'Show the first' }).click();
    await expect(item(lead.page, 'Replace the relay')).toBeVisible();
    await expect(item(agent.page, 'Replace the relay')).toBeVisible();
    await agent.page.getByRole('button', { name: 'Join' }).click();
    await expect(people(lead.page)).toContainText(agent.name);
    await agent.page.keyboard.press('j');
    await expect(item(agent.page, 'Swap the disk')).toBeVisible();
    await expect(item(lead.page, 'Replace the relay')).toBeVisible();
    await agent.page.getByRole('button', { name: 'Back to the current item' }).click();
    await expect(item(agent.page, 'Replace the relay')).toBeVisible();
    await agent.page.goto(`/change/${relay}`);
    await agent.page.getByRole('link', { name: 'Before the board now' }).click();
    await expect(agent.page.getByRole('timer')).toContainText('of 10 min');
  });

  await test.step('both vote on the change, and the chair notes what that came to', async () => {
    for (const { page } of [lead, agent])
      await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(decision(lead.page)).toContainText('Its votes approve it.');
    await expect(decision(lead.page).getByRole('button', { name: 'Note as rejected' })).toBeDisabled();
    await decision(lead.page).getByLabel('Note for the minutes').fill('On Sunday');
    await decision(lead.page).getByRole('button', { name: 'Note as approved' }).click();
    await expect(item(lead.page, 'Swap the disk')).toBeVisible();
    await expect(item(agent.page, 'Swap the disk')).toBeVisible();
    expect((await readChange(desk, relay)).approvals.map(({ state }) => state)).toEqual([
      'approved',
      'approved',
    ]);
  });

  await test.step('notes are written by both', async () => {
    await write(lead, 'The relay goes first.');
    await expect(notes(agent.page)).toContainText('The relay goes first.');
    await write(agent, ' Then we look at the disk.');
    await expect(notes(lead.page)).toContainText('first. Then we look at the disk.');
  });

  await test.step('one is deferred, and the minutes say on both screens what was decided, by which votes', async () => {
    await decision(lead.page).getByLabel('Note for the minutes').fill('No way back yet');
    await decision(lead.page).getByRole('button', { name: 'Note as deferred' }).click();
    await lead.page.getByRole('button', { name: 'Close …' }).click();
    await lead.page.getByRole('dialog').getByRole('button', { name: 'Close it' }).click();
    for (const { page } of [lead, agent]) {
      const minutes = page.getByRole('region', { name: 'Minutes' });
      await expect(minutes).toContainText(/Replace the relay\s*Approved/);
      await expect(minutes).toContainText('On Sunday');
      await expect(minutes).toContainText(`${agent.name}: approved`);
      await expect(minutes).toContainText(/Swap the disk\s*Deferred/);
      await expect(page.getByRole('list', { name: 'Attendance' })).toContainText(agent.name);
      await expect(page.getByRole('region', { name: 'Notes' })).toContainText('The relay goes first.');
    }
    const download = lead.page.waitForEvent('download');
    await lead.page.getByRole('button', { name: 'Markdown' }).click();
    expect((await download).suggestedFilename()).toMatch(/^minutes-.*\.md$/);
  });

  await test.step('[CHG-98] what was deferred is taken over', async () => {
    await agent.page.getByRole('link', { name: 'Change board', exact: true }).click();
    const next = agent.page.getByRole('list', { name: 'What would come before Weekly board now' });
    await expect(next.getByRole('listitem').first()).toContainText('Swap the disk');
    await expect(next.getByRole('listitem').first()).toContainText('Taken over');
    expect((await readChange(desk, disk)).state).toBe('authorize');
  });
});

async function write({ page }: Actor, words: string): Promise<void> {
  await notes(page).press('Control+End');
  await notes(page).pressSequentially(words);
}

/** Of somebody else, waiting for the votes of both. */
async function twoChanges(desk: Desk): Promise<readonly [RecordId, RecordId]> {
  const policy = { name: 'Both', stage: 'board', rule: { kind: 'all' }, when: {} } as const;
  await setPolicy(desk, 'board', 1, policy, BOTH);
  const items = [serviceId(await makeService(desk, 'Mail'))];
  const owner = desk.account(ADMIN).id as never;
  const ids = [freshId() as RecordId, freshId() as RecordId] as const;
  for (const [index, title] of ['Replace the relay', 'Swap the disk'].entries()) {
    const begins = Date.now() + (index + 1) * 24 * HOUR;
    const fields = { title, items, begins, ends: begins + HOUR };
    const id = ids[index === 0 ? 0 : 1];
    await actOnChange(desk, ADMIN, id, { verb: 'create', model: 'emergency', fields, owner });
    await actOnChange(desk, ADMIN, id, { verb: 'step', to: 'authorize' });
  }
  return ids;
}
