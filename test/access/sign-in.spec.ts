import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 3 } });

test.describe('signing in', () => {
  test('a wrong password is said, the right one opens the page that was asked for', async ({
    visitor,
    desk,
  }) => {
    const { email, password } = desk.account('agent@desk.test');
    await visitor.page.goto('/incident?q=priority%3A1-2');
    await expect(visitor.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await visitor.signIn(email, 'not the password');
    await expect(visitor.page.getByRole('alert')).toContainText('Email or password is wrong');
    await visitor.signIn(email, password);
    await expect(visitor.page).toHaveURL(/\/incident\?q=priority%3A1-2$/);
    await expect(visitor.page.getByRole('button', { name: 'You: Arne Agent' })).toBeVisible();
  });

  test('signing out takes the local copy off the device', async ({ agent }) => {
    await agent.queue.open();
    await agent.expectSaved();
    await agent.page.getByRole('button', { name: `You: ${agent.name}` }).click();
    await agent.page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await expect(agent.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect(agent.page.getByText(/has ended/)).toBeHidden();
    await expect
      .poll(() => agent.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
      .toEqual([]);
    expect(await agent.page.evaluate(() => localStorage.getItem('muster:session'))).toBeNull();
  });
});
