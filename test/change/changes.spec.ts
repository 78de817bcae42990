/** Changes from draft to review: decided by three people on exactly what they read, in a hurry, and by the catalogue. */
import type { RecordId } from '@muster/domain/shared';
import { serviceId } from '@muster/domain/shared';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import {
  CALM,
  HOUR,
  actOnChange,
  actOnTemplate,
  makeService,
  readChange,
  setPolicy,
} from '../support/changes.ts';
import { freshId } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { expect, test } from '../support/test.ts';

// somebody starts without a network here
test.use({ serviceWorkers: 'allow' });

test.use({ deskOptions: { records: 1 } });

const ADMIN = 'admin@desk.test';
const THREE = ['lead@desk.test', 'agent@desk.test', 'other@desk.test'];

const approvals = (page: Page) => page.getByRole('region', { name: 'Approvals' });
const plan = (page: Page, name: string) => page.getByRole('textbox', { name });

/** Made by the administrator, who is not asked, to be carried out now. */
async function makeChange(desk: Desk, model: string, title: string): Promise<RecordId> {
  const id = freshId() as RecordId;
  const items = [serviceId(await makeService(desk, 'Mail'))];
  const window = { begins: Date.now() - HOUR, ends: Date.now() + 4 * HOUR };
  await actOnChange(desk, ADMIN, id, {
    verb: 'create',
    model,
    fields: { title, items, ...window },
    owner: desk.account(ADMIN).id,
  });
  return id;
}

test('[CHG-26] [CHG-27] three approve what they read; a plan that moved while one was offline voids it, and one key approves again', async ({
  desk,
  admin,
  lead,
  agent,
  other,
}) => {
  await setPolicy(
    desk,
    'technical',
    1,
    { name: 'Lead', stage: 'technical', rule: { kind: 'any' }, when: {} },
    ['lead@desk.test'],
  );
  await setPolicy(
    desk,
    'board',
    1,
    { name: 'The three', stage: 'board', rule: { kind: 'all' }, when: {} },
    THREE,
  );
  const id = await makeChange(desk, 'normal', 'New mail relay');
  await actOnChange(desk, ADMIN, id, { verb: 'assess', input: CALM });

  await test.step('without a plan it is not assessed; its author writes one', async () => {
    await admin.page.goto(`/change/${id}`);
    await expect(admin.page.locator('[data-obstacle]')).toContainText('implementation plan');
    await plan(admin.page, 'Implementation plan').fill('Stop the relay and start the new one.');
    await admin.expectSaved();
    await expect(admin.page.locator('[data-obstacle]')).toHaveCount(0);
    await admin.page.getByRole('button', { name: 'Have it assessed' }).click();
    await expect(approvals(admin.page)).toContainText('Lead');
  });

  await test.step('the lead approves for the team, and the three are asked', async () => {
    await lead.page.goto(`/change/${id}`);
    await lead.page.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(approvals(lead.page)).toContainText('Approved');
    await admin.page.getByRole('button', { name: 'Ask for approval' }).click();
    await expect(approvals(admin.page)).toContainText('The three');
  });

  await test.step('one approves offline while the plan is edited: it does not count, and what moved is shown', async () => {
    await agent.page.goto(`/change/${id}`);
    await expect(plan(agent.page, 'Implementation plan')).toContainText('start the new one');
    await agent.expectReadyOffline();
    await agent.goOffline();
    // the lead has approved these words: nobody writes on them in passing
    await plan(admin.page, 'Implementation plan').press('x');
    await expect(plan(admin.page, 'Implementation plan')).toHaveText('Stop the relay and start the new one.');
    await admin.page.getByRole('button', { name: 'Write on them' }).click();
    await plan(admin.page, 'Implementation plan').press('Control+End');
    await plan(admin.page, 'Implementation plan').pressSequentially(' Then drain the queue.');
    await admin.expectSaved();
    await expect.poll(async () => (await readChange(desk, id)).revision).toBe(2);
    await agent.page.getByRole('button', { name: 'Approve', exact: true }).click();
    await agent.goOnline();
    await agent.expectSaved();
    await expect(approvals(agent.page)).toContainText('the implementation plan moved while you were away');
    await agent.page.getByRole('button', { name: 'Show what moved' }).click();
    const moved = agent.page.getByRole('region', { name: 'What moved in the implementation plan' });
    await expect(moved.locator('ins')).toContainText('Then drain the queue.');
    await agent.page.getByRole('button', { name: /^Approve again/ }).waitFor();
    await agent.page.locator('body').press('y');
    await expect(approvals(agent.page)).toContainText('Approved');
    await agent.expectSaved();
  });

  await test.step('the others approve, and it is scheduled, carried out and reviewed', async () => {
    await expect(lead.page.getByRole('button', { name: /^Approve again/ })).toBeVisible();
    await lead.page.getByRole('button', { name: /^Approve again/ }).click();
    await other.page.goto(`/change/${id}`);
    await other.page.getByRole('button', { name: 'Approve', exact: true }).click();
    const { page } = admin;
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByRole('button', { name: 'Begin', exact: true }).click();
    await page.getByRole('button', { name: 'To the review' }).click();
    await page.getByRole('button', { name: 'Close …' }).click();
    await page.getByRole('menuitem', { name: 'Successful' }).click();
    await admin.expectSaved();
    expect(await readChange(desk, id)).toMatchObject({ state: 'closed', result: 'successful' });
  });
});

test('[CHG-51] an emergency is decided at once, carried out with a failed task and taken back, and reviewed', async ({
  desk,
  lead,
}) => {
  const emergency = { name: 'Emergency', stage: 'board', rule: { kind: 'any' }, when: {} } as const;
  await setPolicy(desk, 'board', 1, emergency, ['lead@desk.test']);
  const id = await makeChange(desk, 'emergency', 'Relay loses mail');
  const [stop, swap] = [freshId(), freshId()];
  const task = { kind: 'implementation', owner: null, team: null, plannedMinutes: 5, backout: '' } as const;
  const first = { ...task, title: 'Stop the relay', after: [], backout: 'Start the relay' };
  await actOnChange(desk, ADMIN, id, { verb: 'add-task', task: stop, fields: first });
  const second = { ...task, title: 'Swap the disk', after: [stop] };
  await actOnChange(desk, ADMIN, id, { verb: 'add-task', task: swap, fields: second });
  await actOnChange(desk, ADMIN, id, { verb: 'step', to: 'authorize' });

  const { page } = lead;
  await page.goto('/change');
  await page.getByRole('tab', { name: /^My vote/ }).click();
  await page.getByRole('link', { name: /Relay loses mail/ }).click();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await page.getByRole('button', { name: 'Begin', exact: true }).click();

  await test.step('people are told of it by an announcement that begins with what the change says', async () => {
    const notices = page.getByRole('region', { name: 'Announcements' });
    await notices.getByRole('button', { name: 'Announce it …' }).click();
    const form = page.getByRole('dialog', { name: 'New announcement' });
    await expect(form.getByLabel('Title')).toHaveValue('Relay loses mail');
    await expect(form.getByLabel('Kind')).toHaveValue('maintenance');
    await expect(form.getByLabel('Mail', { exact: true })).toBeChecked();
    await form.getByRole('button', { name: 'Keep as a draft' }).click();
    await expect(notices.getByRole('link')).toBeVisible();
    await lead.expectSaved();
    expect((await readChange(desk, id)).announcements).toHaveLength(1);
  });

  const acts = (name: string) => page.getByRole('group', { name });
  await acts('Task 1: Stop the relay').getByRole('button', { name: 'Done' }).click();
  await acts('Task 2: Swap the disk').getByRole('button', { name: 'Failed' }).click();
  const failed = page.getByRole('dialog', { name: '“Swap the disk” has failed' });
  await failed.getByLabel('Why').fill('It is not found');
  await failed.getByRole('button', { name: 'It has failed' }).click();
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(
    violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(' ')}`),
  ).toEqual([]);
  await page.getByRole('button', { name: 'Take back what was done' }).click();
  await acts('Task 3: Start the relay').getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'To the review' }).click();

  await expect(page.locator('[data-obstacle]')).toContainText('review');
  await page.getByRole('button', { name: 'Begin the review' }).click();
  await page.getByRole('button', { name: 'Have it looked at' }).click();
  await page.getByRole('button', { name: 'Reviewed', exact: true }).click();
  await page.getByRole('button', { name: 'Close …' }).click();
  await page.getByRole('menuitem', { name: 'Backed out' }).click();
  await lead.expectSaved();
  expect(await readChange(desk, id)).toMatchObject({ state: 'closed', result: 'backed_out' });
});

test('[CHG-14] a standard change goes from the catalogue straight into the calendar', async ({
  desk,
  agent,
}) => {
  await makeService(desk, 'Printing');
  const template = freshId() as RecordId;
  const fields = {
    name: 'Exchange a print server',
    outage: false,
    plans: { implementation: 'Move the queues.' },
    tasks: [],
    riskInput: null,
    minutes: 60,
    team: null,
  };
  await actOnTemplate(desk, 'other@desk.test', template, { verb: 'propose', fields }, 0);
  await actOnTemplate(desk, 'lead@desk.test', template, { verb: 'approve', revision: 1 }, 1);

  const { page } = agent;
  await page.goto('/change');
  // an empty list offers it too
  await page.getByRole('button', { name: 'New change' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New change' });
  await dialog.getByLabel('Kind').selectOption('Standard');
  await dialog.getByLabel('Standard change').selectOption('Exchange a print server');
  await expect(dialog.getByLabel('Title')).toHaveValue('Exchange a print server');
  await dialog.getByLabel('Begins').fill('2030-05-06T09:00');
  await dialog.getByLabel('Begins').blur();
  await expect(dialog.getByLabel('Ends')).toHaveValue('2030-05-06T10:00');
  await dialog.getByLabel('Printing').check();
  await dialog.getByRole('button', { name: 'Make the change' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Exchange a print server' })).toBeVisible();
  await expect(page.getByText('Move the queues.')).toBeVisible();
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Begin', exact: true })).toBeDisabled();
  await agent.expectSaved();

  await test.step('the list is narrowed in its address, and walked by keys', async () => {
    await page.goto('/change');
    const row = page.getByRole('link', { name: /Exchange a print server/ });
    await expect(row).toBeVisible();
    await page.getByLabel('State').selectOption('Scheduled');
    await page.getByLabel('Owner').selectOption('Mine');
    await expect(page).toHaveURL(/\/change\?state=scheduled&owner=me$/);
    await page.reload();
    await expect(page.getByLabel('Owner')).toHaveValue('me');
    await expect(row).toBeVisible();
    await page.getByLabel('Owner').selectOption('My teams’');
    await expect(row).toBeVisible();
    await page.getByLabel('State').selectOption('In progress');
    await expect(page.getByText('Nothing fits')).toBeVisible();
    await page.getByRole('button', { name: 'Show all again' }).click();
    await expect(page).toHaveURL(/\/change$/);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('ArrowDown');
    await expect(row).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Exchange a print server' })).toBeVisible();
  });
});
