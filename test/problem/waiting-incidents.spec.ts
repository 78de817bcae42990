/** A problem opened from an incident that waits for it: its fix resolves the incident, seen by another browser. */
import type { RecordId } from '@muster/domain/shared';
import type { Page } from '@playwright/test';
import { actOnChange } from '../support/changes.ts';
import { freshId } from '../support/desk.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

const LEAD = 'lead@desk.test';
const AGENT = 'agent@desk.test';

test('[FLW-41] a fix resolves the incident that waits for it, before the eyes of whoever works on it', async ({
  desk,
  lead,
  agent,
}, info) => {
  const incident = await desk.openIncident(LEAD, { title: 'The tunnel dropped again' });
  await desk.act(AGENT, 'incident', incident, { verb: 'transition', to: 'in_progress' });
  await agent.page.goto(`/record/${incident}`);
  const step = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const picture = (page: Page, name: string) =>
    page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });

  await test.step('the lead opens a problem from the incident, which is linked to it', async () => {
    await lead.page.goto(`/record/${incident}`);
    await step(lead.page, 'Open a problem').click();
    const dialog = lead.page.getByRole('dialog', { name: 'New problem' });
    await expect(dialog.getByLabel('Title')).toHaveValue('The tunnel dropped again');
    await dialog.getByLabel('Workaround').fill('Connect again');
    await dialog.getByLabel('Fix').fill('A longer lease');
    await step(dialog.page(), 'Open the problem').click();
    await expect(lead.page).toHaveURL(/\/problem\//);
    await expect(lead.page.getByRole('list', { name: 'Linked incidents' })).toContainText('In progress');
    await expect(agent.page.getByRole('list', { name: 'Problems behind this' })).toContainText(
      'The tunnel dropped again',
    );
  });

  await test.step('the incident hears of the workaround, and is put on hold for the problem', async () => {
    await expect(lead.page.getByText('1 open incident gets a note')).toBeVisible();
    await step(lead.page, 'Tell the incidents').click();
    await expect(lead.page.getByText('No open incident lacks these words')).toBeVisible();
    await expect(agent.page.getByText('has a workaround: Connect again').first()).toBeVisible();
    await step(lead.page, 'Put on hold for this').click();
    await expect(lead.page.getByRole('list', { name: 'Linked incidents' })).toContainText(
      'waits for a problem',
    );
  });

  await test.step('its cause is asked for in a tree by keys, and drawn', async () => {
    await step(lead.page, 'Begin with the title, and ask why').click();
    await expect(lead.page.getByLabel('What was seen')).toHaveValue('The tunnel dropped again');
    await lead.page.keyboard.type('The tunnel closes');
    await lead.page.keyboard.press('Control+Enter');
    await lead.page.keyboard.type('The lease ends on Sunday');
    await expect(lead.page.getByLabel('Why, step 2')).toHaveValue('The lease ends on Sunday');
    await lead.page.getByLabel('What may have had a part in it').fill('Nobody renews it');
    await step(lead.page, 'Add').click();
    await lead.page.getByLabel('What contributes').fill('The lease ends on Sunday');
    await step(lead.page, 'State as root cause').click();
    await expect(lead.page.getByRole('list', { name: 'Contributing factors' })).toContainText('Root cause');
    await picture(lead.page, 'problem');
  });

  await test.step('[PRB-15] the change that carries the fix is linked, undone and linked again, and its page leads back', async () => {
    const change = freshId() as RecordId;
    const fields = { title: 'Renew the lease by itself', items: [], begins: null, ends: null };
    const owner = desk.account(LEAD).id;
    await actOnChange(desk, LEAD, change, { verb: 'create', model: 'normal', fields, owner });
    await lead.page.getByLabel('Link a change').fill('Renew');
    await lead.page.getByRole('option', { name: /Renew the lease/ }).click();
    await lead.page
      .getByRole('region', { name: 'Changes' })
      .getByRole('button', { name: 'Link', exact: true })
      .click();
    const linked = lead.page.getByRole('list', { name: 'Linked changes' });
    await expect(linked).toContainText('Renew the lease by itself');
    await linked.getByRole('button', { name: 'Take out' }).click();
    await expect(linked).toBeHidden();
    await step(lead.page, 'Undo').click();
    await expect(linked).toContainText('Renew the lease by itself');
    await agent.page.goto(`/change/${change}`);
    await expect(agent.page.getByRole('list', { name: 'Problems that this is about' })).toContainText(
      'The tunnel dropped again',
    );
    await agent.page.getByRole('link', { name: /^PRB-.* The tunnel dropped again/ }).click();
  });

  await test.step('[PRB-14] two write the timeline, without a network too; what happened stands in it by itself', async () => {
    const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' });
    await expect(timeline(agent.page)).toContainText('began: The tunnel dropped again');
    await expect(timeline(agent.page)).toContainText('stated the root cause: The lease ends on Sunday');
    await expect(timeline(agent.page)).toContainText('told 1 incident the workaround');
    await expect(timeline(agent.page)).toContainText(/linked CHG-/);
    await agent.expectSaved();
    await agent.goOffline();
    await agent.page.keyboard.press('w');
    await agent.page.keyboard.type('The provider says that leases are renewed by hand');
    await agent.page.keyboard.press('Enter');
    await lead.page.getByRole('textbox', { name: 'New timeline entry' }).fill('Seen on all sites');
    await lead.page.keyboard.press('Enter');
    await agent.goOnline();
    for (const { page } of [lead, agent]) {
      await expect(timeline(page).getByRole('article')).toHaveCount(2);
      await expect(timeline(page)).toContainText('leases are renewed by hand');
      await expect(timeline(page)).toContainText('Seen on all sites');
    }
    await agent.page.goto(`/record/${incident}`);
    await picture(lead.page, 'timeline');
  });

  await test.step('the fix resolves what waits, and says so before', async () => {
    for (const name of ['Assess it', 'Analyse the cause', 'Begin the fix'])
      await step(lead.page, name).click();
    await step(lead.page, 'Resolve').click();
    const dialog = lead.page.getByRole('dialog', { name: 'Resolve' });
    await expect(dialog).toContainText('1 incident waits for it');
    await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
    await expect(lead.page.getByRole('list', { name: 'Linked incidents' })).toContainText('Resolved');
    await expect(agent.page.getByText('Resolved by problem').first()).toBeVisible();
    expect((await desk.ticket(incident)).resolution?.code).toBe('Resolved by problem');
  });

  await test.step('the list shows it', async () => {
    await lead.page.goto('/problem');
    await expect(lead.page.getByRole('list', { name: 'Problems', exact: true })).toContainText('Resolved');
    await picture(lead.page, 'problems');
    await lead.page.setViewportSize({ width: 390, height: 844 });
    await lead.page.getByRole('link', { name: /The tunnel dropped again/ }).click();
    await expect(lead.page.getByRole('heading', { name: 'Five whys' })).toBeVisible();
    await picture(lead.page, 'problem-narrow');
  });
});
