/** What an address leads to, and that going from one to another does not start the page anew. */
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

test('an address that leads nowhere says so, and has the way back', async ({ agent: { page } }) => {
  await page.goto('/incident/nothing-of-the-kind');
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await page.getByRole('link', { name: 'To the desk' }).click();
  await expect(page).toHaveURL(/\/queue/);
});

test('a page that was left for another window and taken up again is not loaded anew', async ({
  agent: { page },
}) => {
  await page.goto('/queue');
  const isSame = () => page.evaluate(() => 'since' in window);
  await page.evaluate(() => Object.assign(window, { since: true }));
  const there = page.getByRole('link', { name: 'Announcements' });
  await expect(there).toBeVisible();
  let answers = 0;
  page.on('requestfinished', (request) => {
    if (request.url().includes('/_app/version.json')) answers += 1;
  });
  // until the page listens for it
  await expect
    .poll(async () => {
      await page.evaluate(() => dispatchEvent(new Event('focus')));
      return answers;
    })
    .toBeGreaterThan(1);
  await there.click();
  await expect(page.getByRole('heading', { name: 'Announcements', level: 1 })).toBeVisible();
  expect(await isSame()).toBe(true);
});
