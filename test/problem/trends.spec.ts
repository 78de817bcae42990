/** What many incidents show together, in a browser: counted by the server, each figure with its records. */
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 0 } });

const AGENT = 'agent@desk.test';

test('[PRB-20] [PRB-25] trends open the records behind them, and a problem by one key', async ({
  desk,
  lead,
}, info) => {
  const places = ['Basel', 'Lyon', 'Graz'];
  for (const place of places)
    await desk.openIncident(AGENT, { title: `Badge reader rejects cards in ${place}`, category: 'Doors' });
  await desk.openIncident(AGENT, { title: 'Mail is slow', category: 'Mail' });
  const { page } = lead;

  await test.step('a Pareto says which few make most, and opens their records', async () => {
    await page.goto('/problem/trends?by=category');
    await expect(page.getByRole('img', { name: /Pareto by category\..*Doors 3, Mail 1/ })).toBeVisible();
    await page.getByRole('button', { name: '3: records of Doors' }).click();
    const sheet = page.getByRole('dialog', { name: 'Doors' });
    await expect(sheet.getByRole('link')).toHaveCount(3);
    await page.keyboard.press('Escape');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('trends-pareto.csv');
  });

  await test.step('filters are in the address, and nothing there is taught', async () => {
    await page.getByLabel('Words').fill('nobody says this');
    await expect(page).toHaveURL(/q=nobody/);
    await expect(page.getByText('Nothing in this time')).toBeVisible();
    await page.getByLabel('Words').fill('');
  });

  await test.step('arrows move in the heat map', async () => {
    await page.getByRole('tab', { name: 'Weekday and hour' }).click();
    const grid = page.getByRole('grid', { name: 'Records by weekday and hour' });
    await grid.getByRole('button', { name: /^Monday, 08:00/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect(grid.getByRole('button', { name: /^Tuesday, 09:00/ })).toBeFocused();
  });

  await test.step('what is alike becomes a problem that says what it rests on', async () => {
    await page.getByRole('tab', { name: 'Alike' }).click();
    const cluster = page.getByRole('article', { name: /Badge reader rejects cards/ });
    await expect(cluster).toContainText('3 records');
    await expect(cluster).toContainText('“reader” (3)');
    await page.screenshot({ path: info.outputPath('clusters.png'), fullPage: true });
    await cluster.getByRole('button', { name: 'Open a problem' }).focus();
    await page.keyboard.press('p');
    await expect(page).toHaveURL(/\/problem\/[0-9A-Z]{26}/);
    await expect(page.getByRole('list', { name: 'Linked incidents' }).getByRole('listitem')).toHaveCount(3);
    await page.screenshot({ path: info.outputPath('problem.png'), fullPage: true });
  });

  await test.step('without a network it says what it needs', async () => {
    await page.goto('/problem/trends');
    await expect(
      page.getByRole('img', { name: /Pareto by service/ }).or(page.getByText('Without any')),
    ).toBeVisible();
    await lead.goOffline();
    await expect(page.getByText('They need a network', { exact: false })).toBeVisible();
    await lead.goOnline();
  });
});
