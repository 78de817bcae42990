/** Several tabs of one person: whichever lives sends what any of them made, once. */
import type { Page } from '@playwright/test';
import { RecordPage } from '../support/pages/record-page.ts';
import { ShellPage } from '../support/pages/shell-page.ts';
import { expect, test } from '../support/test.ts';

// somebody starts without a network here
test.use({ serviceWorkers: 'allow' });

test.use({ deskOptions: { records: 4 } });

const NOTES = 6;

test('of four tabs the one that sends is killed: the others send the rest, and nothing goes twice', async ({
  desk,
  agent,
}) => {
  const record = desk.record(1);
  await agent.record.open(record);
  await agent.expectReadyOffline();
  await agent.goOffline();
  for (let note = 1; note <= NOTES; note += 1) await agent.record.note(`Note ${note} of the night.`);
  const others = await Promise.all([1, 2, 3].map(() => agent.context.newPage()));
  for (const page of others) {
    await page.goto(`/record/${record.id}`);
    await expect(saving(page)).toHaveAttribute('data-waiting', /^[67]$/);
  }

  // the server takes the first batch, and the tab that sent it never hears so
  const asked = Promise.withResolvers<Page>();
  await agent.context.route('**/api/commands', async (route) => {
    await route.fetch();
    asked.resolve(route.request().frame().page());
  });
  await agent.goOnline();
  const sender = await asked.promise;
  await agent.context.unrouteAll({ behavior: 'ignoreErrors' });
  await crash(sender);
  const living = [agent.page, ...others].filter((page) => page !== sender);
  for (const page of living) await new ShellPage(page).expectSaved();
  const notes = (await desk.events(record.id)).filter(({ type }) => type === 'commented');
  expect(notes.map(({ event }) => event['text'])).toEqual(
    Array.from({ length: NOTES }, (_, index) => `Note ${index + 1} of the night.`),
  );
});

test('a tab killed in the middle of its writes leaves what it had called kept, whole', async ({
  desk,
  agent,
}) => {
  const record = desk.record(1);
  await agent.record.open(record);
  await agent.expectReadyOffline();
  await agent.goOffline();
  await agent.record.draft('This was kept before the end.');
  await expect(agent.shell.saving).toHaveAttribute('data-saving', 'on-this-device');
  const burst = agent.record.composer.pressSequentially('x'.repeat(400)).catch(() => undefined);
  await expect(agent.record.composer).toHaveValue(/x{20}/);
  await crash(agent.page);
  await burst;
  const page = await agent.context.newPage();
  await page.goto(`/record/${record.id}`);
  await expect(new RecordPage(page).composer).toHaveValue(/This was kept before the end\./);
  await expect(saving(page)).toHaveAttribute('data-saving', 'on-this-device');
  await agent.goOnline();
  await new ShellPage(page).expectSaved();
});

test('one draft typed in two tabs offline holds the words of both', async ({ desk, agent }) => {
  const record = desk.record(1);
  await agent.record.open(record);
  await agent.expectReadyOffline();
  const beside = await agent.context.newPage();
  await beside.goto(`/record/${record.id}`);
  await new ShellPage(beside).expectSaved();
  await agent.goOffline();
  await agent.record.draft('from here ');
  await beside.bringToFront();
  const draft = new RecordPage(beside).composer;
  await expect(draft).toHaveValue('from here ');
  await draft.press('End');
  await draft.pressSequentially('and from there');
  await agent.page.bringToFront();
  await expect(agent.record.composer).toHaveValue('from here and from there');
  await expect(agent.shell.saving).toHaveAttribute('data-saving', 'on-this-device');
  await crash(beside);
  await agent.goOnline();
  await agent.expectSaved();
  await agent.reopen(`/record/${record.id}`);
  await expect(agent.record.composer).toHaveValue('from here and from there');
});

function saving(page: Page) {
  return new ShellPage(page).saving;
}

/** Ends the page's process as the system does when memory runs out: no handler runs. */
async function crash(page: Page): Promise<void> {
  const protocol = await page.context().newCDPSession(page);
  const gone = page.waitForEvent('crash');
  // never answered
  void protocol.send('Page.crash').catch(() => undefined);
  await gone;
  await page.close();
}
