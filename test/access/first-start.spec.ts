import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 0, people: [] } });

test('an empty desk makes its first administrator by token, who invites an agent by link', async ({
  desk,
  visitor,
  secondVisitor,
}) => {
  const { page } = visitor;
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Set up this desk' })).toBeVisible();

  await test.step('a wrong token makes nobody', async () => {
    await page.getByLabel('Token').fill('not-the-token');
    await visitor.fillAccount('Ada First', 'ada@desk.test');
    await page.getByRole('button', { name: 'Become the administrator' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    expect(visitor.watch.expected(/status of 403/)).toBe(1);
  });

  await test.step('the token of the console makes the administrator', async () => {
    await page.getByLabel('Token').fill(desk.setUpToken);
    await page.getByRole('button', { name: 'Become the administrator' }).click();
    await expect(page).toHaveURL(/\/admin\/people$/);
    await expect(page.getByRole('button', { name: 'You: Ada First' })).toBeVisible();
  });

  const link = await test.step('an invitation gives a link', () =>
    visitor.people.invite('ben@desk.test', 'Agent'));

  await test.step('whoever holds the link chooses a name and a password, and is in', async () => {
    await secondVisitor.page.goto(new URL(link).pathname);
    await expect(secondVisitor.page.getByLabel('Email')).toHaveValue('ben@desk.test');
    await secondVisitor.fillAccount('Ben Second');
    await secondVisitor.page.getByRole('button', { name: 'Join the desk' }).click();
    await expect(secondVisitor.page).toHaveURL(/\/queue$/);
    await expect(secondVisitor.page.getByRole('button', { name: 'You: Ben Second' })).toBeVisible();
  });

  await test.step('the link works once, and set-up is over', async () => {
    const again = await desk.call('GET', `/api/invitations/${new URL(link).pathname.split('/').at(-1)}`);
    expect(again.status).toBe(410);
    await secondVisitor.page.goto('/set-up');
    await expect(secondVisitor.page.getByRole('heading', { name: 'This desk is set up' })).toBeVisible();
  });
});
