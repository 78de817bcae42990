/** News by mail: chosen by each person, sent through a real mail server, and mended by an administrator. */
import { startTestMailServer } from '@muster/server/testing/mail';
import type { TestMailServer } from '@muster/server/testing/mail';
import { test as base, expect } from '../support/test.ts';

const test = base.extend<{ readonly mails: TestMailServer }>({
  // eslint-disable-next-line no-empty-pattern -- the runner reads the names of fixtures from this pattern
  mails: async ({}, use) => {
    const mails = await startTestMailServer();
    await use(mails);
    await mails.close();
  },
  deskOptions: async ({ mails }, use) => use({ records: 3, mail: mails.settings }),
});

test('a person chooses in the menu what comes by mail', async ({ agent }) => {
  const { page } = agent;
  await agent.queue.open();
  await page.getByRole('button', { name: /^You: / }).click();
  await page.getByRole('menuitem', { name: 'How you are told' }).click();
  const assignments = page.getByRole('checkbox', { name: /^Assignments/ });
  await expect(assignments).toBeChecked();
  const kept = page.waitForResponse((answer) => answer.request().method() === 'PUT');
  await assignments.uncheck();
  expect((await kept).status()).toBe(204);
  await page.reload();
  await expect(assignments).not.toBeChecked();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('button', { name: 'Back to the defaults' })).toBeInViewport();
});

test('an administrator tries the mail server, sees what it refused and sends it again', async ({
  desk,
  admin,
  mails,
}) => {
  const { page } = admin;
  await page.goto('/admin/channels');
  await page.getByRole('button', { name: 'Send me a test mail' }).click();
  await expect(page.getByText('The mail server took the mail')).toBeVisible();
  expect(mails.received.map(({ to }) => to)).toEqual([['admin@desk.test']]);

  mails.refuse = (address) => (address === 'lead@desk.test' ? 550 : null);
  const incident = desk.records.find(({ process }) => process === 'incident') ?? desk.record(0);
  const proposal = { verb: 'propose-major', severity: 2, reason: 'Nobody can sign in' } as const;
  await desk.act('agent@desk.test', 'incident', incident.id, proposal);
  const again = page.getByRole('button', { name: 'Send again to Lena Lead' });
  await expect(again).toBeVisible();
  await expect(page.getByRole('link', { name: incident.number })).toBeVisible();
  mails.refuse = () => null;
  await again.click();
  await expect(page.getByText('Nothing failed')).toBeVisible();
  const received = () => mails.received.filter(({ to }) => to.includes('lead@desk.test')).length;
  await expect.poll(received).toBe(1);

  await page.goto(`/record/${incident.id}`);
  const lead = page.getByRole('listitem').filter({ hasText: 'Lena Lead' });
  await expect(lead.getByText('mail sent')).toBeVisible();
});
