/** Bringing the history of another service desk in, by page. */
import { readFileSync } from 'node:fs';
import { expect, test } from '../support/test.ts';
import { incidentLog } from '../support/incident-log.ts';

test.use({ deskOptions: { records: 0 } });

test('a file is tried, imported, counted, and the second time all unchanged', async ({ desk, admin }) => {
  const { page } = admin;
  await page.goto('/import');
  await page.getByLabel(/Choose a file/).setInputFiles({
    name: 'incidents.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(incidentLog(40, { broken: 2 })),
  });

  await test.step('tried: it says what would happen, and changes nothing', async () => {
    await page.getByRole('button', { name: 'Try the file' }).click();
    await expect(
      page.getByText('read 42, made 40, updated 0, unchanged 0, set aside 2 (records)'),
    ).toBeVisible();
    await expect(page.getByRole('table', { name: 'Rows set aside' }).getByRole('row')).toHaveCount(3);
    const session = await desk.session('admin@desk.test');
    const { records } = await session.call<{ records: readonly unknown[] }>('GET', '/api/records');
    expect(records).toEqual([]);
  });

  await test.step('imported', async () => {
    await page.getByRole('button', { name: 'Import it now' }).click();
    await expect(page.getByRole('heading', { name: 'The import is done' })).toBeVisible();
    await expect(
      page.getByText('read 42, made 40, updated 0, unchanged 0, set aside 2 (records)'),
    ).toBeVisible();
  });

  await test.step('again: all unchanged', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(
      page.getByText('read 42, made 0, updated 0, unchanged 40, set aside 2 (records)'),
    ).toBeVisible();
  });

  await test.step('the records are found by their words', async () => {
    const session = await desk.session('agent@desk.test');
    const { records } = await session.call<{ records: readonly unknown[] }>('GET', '/api/records?limit=100');
    expect(records).toHaveLength(40);
  });
});

test('an import that runs can be stopped, and what it wrote are whole records', async ({ desk, admin }) => {
  const { page } = admin;
  await page.goto('/import');
  await page.getByLabel(/Choose a file/).setInputFiles({
    name: 'many.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(incidentLog(20_000)),
  });
  await page.getByRole('checkbox', { name: /Only try it/ }).uncheck();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('heading', { name: /The import was stopped/ })).toBeVisible();
  const line = (await page.getByText(/^read .* \(records\)$/).textContent()) ?? '';
  const [read = 0, made = 0] = [...line.matchAll(/[\d,]+/g)].map(([number]) =>
    Number(number.replaceAll(',', '')),
  );
  expect(read).toBeLessThan(20_000);
  expect(made).toBeLessThanOrEqual(read);
  const session = await desk.session('admin@desk.test');
  const { records } = await session.call<{ records: readonly unknown[] }>('GET', '/api/records?limit=200');
  expect(records.length).toBeGreaterThanOrEqual(Math.min(made, 200));
});

test('a file of another kind is refused in words, and nothing is made', async ({ admin }) => {
  const { page } = admin;
  await page.goto('/import');
  await page.getByLabel(/Choose a file/).setInputFiles({
    name: 'holiday.csv',
    mimeType: 'text/csv',
    buffer: readFileSync(new URL('../package.json', import.meta.url)),
  });
  await page.getByRole('button', { name: 'Try the file' }).click();
  await expect(page.getByRole('heading', { name: 'The import broke' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText(/column|number/i);
});
