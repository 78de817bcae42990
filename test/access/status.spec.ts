/** The server's state as an administrator sees it: live, for eyes and for ears, and to take along. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/test.ts';

test('the status page follows the server and hands out what it showed', async ({ desk, admin, agent }) => {
  const { page } = admin;
  await page.goto('/admin/status');
  const memory = page.getByRole('img', { name: /^Memory\. resident: now [\d.]+ MB, highest/ });
  await expect(memory).toBeVisible();
  const commands = await desk.session('agent@desk.test');
  const refused = { id: desk.record(0).id, type: 'incident.reopen', target: desk.record(0).id };
  await commands.call('POST', '/api/commands', [{ ...refused, args: {}, basis: 1, clientAt: Date.now() }]);
  await agent.queue.open();
  await expect(page.getByRole('cell', { name: /^(incident|command|desk)\// })).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  const rows = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
  expect(rows[0]).toMatch(/^at,updates,/);
  expect(rows.length).toBeGreaterThan(1);
});
