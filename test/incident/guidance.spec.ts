/** Status reports and runbooks in an incident, with and without a network. */
import type { Actor } from '../support/actor.ts';
import { expect, test } from '../support/test.ts';

// somebody starts without a network here
test.use({ serviceWorkers: 'allow' });

test.use({ deskOptions: { records: 4 } });
const reportsOf = (actor: Actor) => actor.page.getByRole('group', { name: 'Status reports' });

async function declare(actor: Actor): Promise<void> {
  await actor.page.keyboard.press('Shift+M');
  const dialog = actor.page.getByRole('dialog', { name: 'Declare a major incident' });
  await dialog.getByLabel('What is wrong').fill('Nobody can pay by card');
  await dialog.getByLabel('Severity').selectOption('1');
  await dialog.getByRole('button', { name: 'Declare' }).click();
}

test('[INC-80] a report begun and sent offline survives a reload, and everybody reads it afterwards', async ({
  lead,
  admin,
}) => {
  await Promise.all([lead.queue.open(), admin.queue.open()]);
  await declare(lead);
  await lead.expectSaved();
  const timer = reportsOf(lead).getByRole('timer');
  await expect(timer).toContainText(/Next report in 0:(30:00|29:)/);
  await admin.queue.pill.click();
  await admin.queue.rowNamed(/major incident, severity 1/).click();
  await expect(reportsOf(admin)).toContainText('No report yet');

  await lead.page.keyboard.press('Shift+R');
  const dialog = lead.page.getByRole('dialog', { name: 'Status report' });
  await dialog.getByLabel('Conditions').fill('All tills refuse cards');
  await dialog.getByLabel('Actions').fill('The bank looks into it');
  await dialog.getByRole('button', { name: 'Keep as a draft' }).click();
  await lead.expectSaved();
  await lead.expectReadyOffline();
  await lead.goOffline();
  await lead.page.reload();
  await reportsOf(lead).getByRole('button', { name: 'Go on with the report' }).click();
  await expect(dialog.getByLabel('Conditions')).toHaveValue('All tills refuse cards');
  await dialog.getByLabel('Actions').press('Control+Enter');
  await expect(reportsOf(lead)).toContainText('waiting on this device');
  await expect(timer).toContainText(/Next report in 0:(30:00|29:)/);

  await lead.goOnline();
  await lead.expectSaved();
  await expect(reportsOf(admin)).toContainText('Last report by Lena Lead');
  await reportsOf(admin).getByText('Last report by').click();
  await expect(reportsOf(admin)).toContainText('All tills refuse cards');
  await expect(admin.page.getByRole('region', { name: 'Timeline' })).toContainText('sent a status report');
});

async function writeRunbook(actor: Actor): Promise<void> {
  const { page } = actor;
  await page.getByRole('link', { name: 'Runbooks' }).click();
  await page.getByRole('button', { name: 'Runbook', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'New runbook' });
  await dialog.getByLabel('Name').fill('Cards are refused');
  await dialog.getByLabel('Step 1', { exact: true }).fill('Call the bank');
  await dialog.getByLabel('Step 1', { exact: true }).press('Enter');
  await dialog.getByLabel('Step 2', { exact: true }).fill('Restart the terminals');
  await dialog.getByLabel('Phase of step 2').selectOption('fixing');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('table', { name: 'Runbooks' })).toContainText('Cards are refused');
}

test('[INC-92] a runbook opened offline here and online there gives each step once, and its ticks merge', async ({
  lead,
  admin,
}) => {
  await Promise.all([lead.queue.open(), admin.queue.open()]);
  await writeRunbook(lead);
  await declare(lead);
  await lead.expectSaved();
  await admin.queue.pill.click();
  await admin.queue.rowNamed(/major incident, severity 1/).click();
  const open = (actor: Actor) =>
    actor.page.getByRole('button', { name: 'Open the runbook Cards are refused' }).click();
  const tickOf = (actor: Actor, step: string) => actor.page.getByRole('checkbox', { name: `${step}, done` });

  await lead.expectReadyOffline();
  await lead.goOffline();
  await open(lead);
  await tickOf(lead, 'Call the bank').check();
  await open(admin);
  await tickOf(admin, 'Restart the terminals').check();
  await admin.expectSaved();
  await lead.goOnline();
  await lead.expectSaved();

  for (const actor of [lead, admin]) {
    await expect(actor.page.getByRole('list', { name: 'Cards are refused: Triage' })).toBeVisible();
    for (const step of ['Call the bank', 'Restart the terminals']) {
      await expect(tickOf(actor, step)).toHaveCount(1);
      await expect(tickOf(actor, step)).toBeChecked();
    }
  }
});
