/** This device fails under the page: full, forbidden, emptied, taken over. Nothing is lost unsaid, and work goes on. */
import type { Page } from '@playwright/test';
import type { Actor } from '../support/actor.ts';
import { expect, test } from '../support/test.ts';

// somebody starts without a network here
test.use({ serviceWorkers: 'allow' });

test.use({ deskOptions: { records: 4 } });

test('without IndexedDB work goes on from memory, told so, and closing warns of what is only there', async ({
  desk,
  agent,
}) => {
  const record = desk.record(1);
  await agent.context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });
  await agent.record.open(record);
  await agent.expectSaved();
  await expect(agent.shell.bar).toContainText('This browser keeps nothing for this page.');
  await agent.record.claim();
  await agent.expectSaved();
  expect((await desk.ticket(record.id)).owner).toBe(agent.account.id);
  expect(await warnsOnLeaving(agent.page)).toBe(false);

  await test.step('offline it says loudly that nothing is kept, and hands it out', async () => {
    await agent.goOffline();
    // the box lets go of words only when the disk or the server has them
    await agent.record.choose('note');
    await agent.record.draft('Only in this page.');
    await agent.record.article.getByRole('button', { name: 'Add note' }).click();
    await expect(agent.record.said('Internal note', 'Only in this page.')).toBeVisible();
    await expect(agent.shell.saving).toHaveAttribute('data-saving', 'not-saved');
    expect(await warnsOnLeaving(agent.page)).toBe(true);
    expect(await downloaded(agent)).toContain('Only in this page.');
  });

  await agent.goOnline();
  await agent.expectSaved();
  expect(await warnsOnLeaving(agent.page)).toBe(false);
  expect((await desk.events(record.id)).map(({ type }) => type)).toContain('commented');
});

test('on a full device nothing is called kept that is not, and all of it is kept when there is room', async ({
  desk,
  agent,
}) => {
  const record = desk.record(1);
  // before the first page of the desk: the browser remembers for a while how much room there was
  await agent.page.goto('/icon-192.png');
  const protocol = await agent.context.newCDPSession(agent.page);
  await protocol.send('Storage.overrideQuotaForOrigin', { origin: desk.url, quotaSize: 1 });
  await agent.record.open(record);
  await agent.expectSaved();
  await expect(agent.shell.bar).toContainText('no room left');
  await agent.goOffline();
  await agent.record.choose('note');
  await agent.record.draft('No room for this.');
  await agent.record.article.getByRole('button', { name: 'Add note' }).click();
  await expect(agent.shell.saving).toHaveAttribute('data-saving', 'not-saved');
  expect(await warnsOnLeaving(agent.page)).toBe(true);

  await protocol.send('Storage.overrideQuotaForOrigin', { origin: desk.url });
  // the app also tries by itself: then there is nothing left to press
  const again = agent.shell.bar.getByRole('button', { name: 'Try again' });
  await again.click({ timeout: 2_000 }).catch(() => undefined);
  await expect(agent.shell.saving).toHaveAttribute('data-saving', 'on-this-device');
  expect(await warnsOnLeaving(agent.page)).toBe(false);
  await expect.poll(() => commandsOnDisk(agent)).toBe(1);
  await agent.goOnline();
  await agent.expectSaved();
  expect((await desk.events(record.id)).filter(({ type }) => type === 'commented')).toHaveLength(1);
});

test('a local copy that is cleared, or deleted by another tab, is written again before it is called kept', async ({
  desk,
  agent,
}) => {
  const record = desk.record(1);
  await agent.record.open(record);
  await agent.expectReadyOffline();
  await agent.goOffline();
  await agent.record.note('Kept twice over.');
  await agent.record.draft('half a sentence');
  await expect(agent.shell.saving).toHaveAttribute('data-saving', 'on-this-device');
  const protocol = await agent.context.newCDPSession(agent.page);
  await protocol.send('Storage.clearDataForOrigin', { origin: desk.url, storageTypes: 'indexeddb' });
  await expect.poll(() => commandsOnDisk(agent)).toBe(1);
  await expect(agent.shell.saving).toHaveAttribute('data-saving', 'on-this-device');

  const beside = await agent.context.newPage();
  await beside.goto('/icon-192.png');
  await beside.evaluate(
    async (name) =>
      new Promise<void>((resolve, reject) => {
        const deletion = indexedDB.deleteDatabase(name);
        deletion.onsuccess = () => resolve();
        deletion.onerror = () => reject(new Error('not deleted'));
      }),
    `muster:${agent.account.id}`,
  );
  await beside.close();
  await expect.poll(() => commandsOnDisk(agent)).toBe(1);
  await expect(agent.shell.saving).toHaveAttribute('data-saving', 'on-this-device');
  await agent.reopen(`/record/${record.id}`);
  await expect(agent.record.said('Internal note', 'Kept twice over.')).toBeVisible();
  await agent.record.choose('note');
  await expect(agent.record.composer).toHaveValue('half a sentence');
  await agent.goOnline();
  await agent.expectSaved();
  expect((await desk.events(record.id)).filter(({ type }) => type === 'commented')).toHaveLength(1);
});

test('a newer Muster that takes the local copy over is said, and work goes on from memory', async ({
  desk,
  agent,
}) => {
  const record = desk.record(1);
  await agent.record.open(record);
  await agent.expectSaved();
  await agent.page.evaluate(
    async (name) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name, 999);
        opening.onsuccess = () => resolve();
        opening.onerror = () => reject(new Error('not opened'));
      }),
    `muster:${agent.account.id}`,
  );
  await expect(agent.shell.bar).toContainText('A newer Muster is at work on this device. Reload this page.');
  await agent.record.claim();
  await agent.expectSaved();
  expect((await desk.ticket(record.id)).owner).toBe(agent.account.id);
});

/** Whether closing the page would be asked about. */
function warnsOnLeaving(page: Page): Promise<boolean> {
  return page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
}

async function downloaded(agent: Actor): Promise<string> {
  const [download] = await Promise.all([
    agent.page.waitForEvent('download'),
    agent.shell.bar.getByRole('button', { name: 'Download' }).click(),
  ]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}

/** Commands in the outbox on the disk, read beside the app. */
function commandsOnDisk(agent: Actor): Promise<number> {
  return agent.page.evaluate(
    async (name) =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => resolve(-1);
        opening.onsuccess = () => {
          const database = opening.result;
          const reading = database.transaction('outbox').objectStore('outbox').count();
          reading.onsuccess = () => resolve(reading.result);
          database.close();
        };
      }),
    `muster:${agent.account.id}`,
  );
}
