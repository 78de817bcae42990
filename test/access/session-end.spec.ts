/** A session that ends elsewhere ends here, within two seconds, and takes nobody's words. */
import { expect, test } from '../support/test.ts';

const WORDS = 'I have restarted the gateway; please try again in five minutes.';

test('signing out everywhere from another device ends the live connection within 2 s, and drafts stay', async ({
  desk,
  agent,
}) => {
  const { email, password } = desk.account('agent@desk.test');
  const record = desk.record(1);
  await agent.record.open(record);
  await agent.record.draft(WORDS);
  await agent.expectSaved();

  const elsewhere = await desk.session(email);
  agent.watch.expectLoss();
  await elsewhere.call('POST', '/api/sign-out-everywhere', {});
  await expect(agent.page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 2000 });
  await expect(agent.page.getByText(`The session of ${agent.name} has ended.`)).toBeVisible();

  await test.step('signing in again finds the words where they were', async () => {
    await agent.page.getByLabel('Email').fill(email);
    await agent.page.getByLabel('Password', { exact: true }).fill(password);
    await agent.page.getByRole('button', { name: 'Sign in' }).click();
    await expect(agent.record.composer).toHaveValue(WORDS);
    await agent.expectSaved();
  });
});

test('a person who is switched off is out within 2 s', async ({ desk, agent }) => {
  await agent.queue.open();
  await agent.expectSaved();
  agent.watch.expectLoss();
  const admin = await desk.session('admin@desk.test');
  await admin.call('PATCH', `/api/people/${agent.account.id}`, { active: false });
  await expect(agent.page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 2000 });
});
