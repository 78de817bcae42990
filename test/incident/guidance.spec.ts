/** Status reports of a major incident, with and without a network. */
import type { Actor } from '../support/actor.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 4 } });
test.setTimeout(120_000);

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
