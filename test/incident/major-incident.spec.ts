/** A major incident is declared without a network, and its command is offered to two people at once. */
import type { Actor } from '../support/actor.ts';
import { expect, test } from '../support/test.ts';

// somebody starts without a network here
test.use({ serviceWorkers: 'allow' });

test.use({ deskOptions: { records: 4 } });
const TITLE = 'Nobody can log in anywhere';

async function declare(actor: Actor): Promise<void> {
  await actor.page.keyboard.press('Shift+M');
  const dialog = actor.page.getByRole('dialog', { name: 'Declare a major incident' });
  await dialog.getByLabel('What is wrong').fill(TITLE);
  await dialog.getByLabel('Severity').selectOption('1');
  await dialog.getByRole('button', { name: 'Declare' }).click();
}

test('[INC-6] declared offline it opens at once, and the others see it when its author is back', async ({
  lead,
  agent,
}) => {
  await Promise.all([lead.queue.open(), agent.queue.open()]);
  await lead.expectReadyOffline();
  await lead.goOffline();
  await declare(lead);
  const response = lead.page.getByRole('region', { name: 'Major incident' });
  await expect(response).toContainText('Major SEV-1');
  await expect(response.getByRole('list', { name: 'Roles' })).toContainText('Commander');
  await lead.expectWaitingActs(1);
  await lead.goOnline();
  await lead.expectSaved();
  await agent.queue.pill.click();
  await expect(agent.queue.rowNamed(/major incident, severity 1/)).toContainText(TITLE);
});

test('[INC-18] of two offers of the command at once the first stands, and the second is told of it', async ({
  lead,
  admin,
}) => {
  await Promise.all([lead.queue.open(), admin.queue.open()]);
  await declare(lead);
  await lead.expectSaved();
  await admin.queue.pill.click();
  await admin.queue.rowNamed(/major incident, severity 1/).click();
  const offer = async (actor: Actor, to: string): Promise<void> => {
    await actor.page.getByRole('button', { name: 'Hand over the command' }).click();
    const dialog = actor.page.getByRole('dialog', { name: 'Hand over the command' });
    await dialog.getByLabel('Offer it to').fill(to);
    await actor.page.getByRole('option', { name: new RegExp(to) }).click();
    await dialog.getByRole('button', { name: 'Offer' }).click();
  };
  await admin.expectReadyOffline();
  await admin.goOffline();
  await offer(admin, 'Adele');
  await admin.expectWaitingActs(1);
  await offer(lead, 'Arne');
  await lead.expectSaved();
  await admin.goOnline();
  await expect(admin.shell.attentionButton).toBeVisible();
  const tray = await admin.shell.openAttention();
  await expect(tray).toContainText('offered the command to Arne Agent');
  for (const actor of [lead, admin]) {
    const response = actor.page.getByRole('region', { name: 'Major incident' });
    await expect(response).toContainText('The command is offered to Arne Agent');
    await expect(response.getByText('Commander')).toHaveCount(1);
  }
});
