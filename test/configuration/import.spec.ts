/** A table brought in through its page: tried, imported, brought in again, with a broken row said by its line. */
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

const TABLE = [
  'Asset,Name,Memory,Hosted on',
  'R1,Chassis,,',
  'A1,Web 1,64,R1',
  'A2,"Web 2,32,R1',
  'A3,Web 3,lots,R1',
  'A4,Web 4,8,',
].join('\n');

test('[CFG-90] [CFG-92] [CFG-93] [CFG-97] [CFG-98] a table is tried, imported, and changes nothing the second time', async ({
  admin,
}) => {
  const { page } = admin;
  const kinds = page.getByRole('group', { name: 'Show' });
  const rows = page.getByRole('list', { name: 'Rows of the report' });

  async function choose(text: string): Promise<void> {
    await page.getByLabel('Choose a file or drop it here').setInputFiles({
      ...{ name: 'racks.csv', mimeType: 'text/csv', buffer: Buffer.from(text) },
    });
  }

  async function tryIt(): Promise<void> {
    await page.getByRole('button', { name: 'Try it' }).click();
    await expect(page.getByRole('heading', { name: 'This is what an import would do' })).toBeVisible();
  }

  await test.step('the columns are guessed; what is missing is said', async () => {
    await page.goto('/configuration');
    await page.getByRole('link', { name: 'Import items', exact: true }).click();
    await choose(TABLE);
    await expect(page.getByLabel('Called')).toHaveValue('table');
    await expect(page.getByLabel('Memory is')).toHaveValue('attribute:memory_gb');
    await expect(page.getByLabel('Asset tells which item it is')).toBeChecked();
    await expect(page.getByText('Choose the class of the rows.')).toBeVisible();
    await page.getByLabel('Class of the rows').selectOption({ label: 'Server' });
    // one server does not stand on another
    await page.getByLabel('Hosted on is').selectOption({ label: 'Contains' });
  });

  await test.step('a trial says what would be made and which lines are refused, and writes nothing', async () => {
    await tryIt();
    await expect(kinds.getByRole('button', { name: 'Would be made 3' })).toBeVisible();
    await kinds.getByRole('button', { name: 'Refused' }).click();
    await expect(rows.getByRole('listitem').filter({ hasText: 'Line 4' })).toContainText(
      'a quote is opened and never closed',
    );
    await expect(rows.getByRole('listitem').filter({ hasText: 'Line 5' })).toContainText(
      '"lots" does not fit "Memory (GB)"',
    );
  });

  await test.step('it is imported, and what was refused is said again', async () => {
    await page.getByRole('button', { name: 'Import it now' }).click();
    await expect(page.getByRole('heading', { name: 'The import is done' })).toBeVisible();
    await expect(kinds.getByRole('button', { name: 'Made 3' })).toBeVisible();
  });

  await test.step('the report is there for whoever leaves and comes back', async () => {
    await page.getByRole('link', { name: 'Web 1' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Web 1' })).toBeVisible();
    await page.goto('/configuration/import');
    await expect(page.getByRole('heading', { name: 'The import is done' })).toBeVisible();
  });

  await test.step('the same file again, read as it was before, changes nothing', async () => {
    await choose(TABLE);
    await expect(page.getByLabel('Class of the rows')).toHaveValue('server');
    await tryIt();
    await expect(page.getByText(/^Nothing would change/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Import it now' })).toHaveCount(0);
    await expect(kinds.getByRole('button', { name: 'Left as it is 3' })).toBeVisible();
  });

  await test.step('what says otherwise is shown field by field', async () => {
    await choose(TABLE.replace('Web 1,64', 'Web 1,128'));
    await tryIt();
    const changed = rows.getByRole('listitem').filter({ hasText: 'Would change' });
    await expect(changed).toContainText('Memory (GB)');
    await expect(changed).toContainText('128');
  });
});

test('[CFG-20] the page is not open to who does not manage the configuration', async ({ agent }) => {
  await agent.page.goto('/configuration');
  await expect(agent.page.getByRole('link', { name: 'Map', exact: true })).toBeVisible();
  await expect(agent.page.getByRole('link', { name: 'Import items', exact: true })).toHaveCount(0);
  await agent.page.goto('/configuration/import');
  await expect(agent.page.getByText('This page is not open to you')).toBeVisible();
});
