/** What is supposed to be down on one page is said on all of them, without a network and after a reload. */
import { makeService } from '../support/changes.ts';
import { makeItem, relate } from '../support/configuration.ts';
import { expect, test } from '../support/test.ts';

test.use({ serviceWorkers: 'allow', deskOptions: { records: 1 } });

test('[CFG-87] [CFG-89] what an incident names is supposed to be down offline, which every page says until it is ended', async ({
  desk,
  agent,
}) => {
  const service = await makeService(desk, 'Web shop');
  const host = await makeItem(desk, { class: 'server', name: 'host-1' });
  const shop = await makeItem(desk, { class: 'application', name: 'Shop' });
  await relate(desk, shop, 'runs_on', host);
  await relate(desk, service as never, 'depends_on', shop);
  const incident = await desk.openIncident('agent@desk.test', { title: 'The shop is slow' });
  await desk.act('agent@desk.test', 'incident', incident, { verb: 'name-items', add: [host], remove: [] });
  const { page } = agent;
  const bar = page.getByRole('region', { name: 'What if' });

  await test.step('on the page of the incident, without a network', async () => {
    await page.goto(`/record/${incident}`);
    await expect(page.getByRole('button', { name: 'What if host-1 were down?' })).toBeVisible();
    await page.goto('/configuration');
    await expect(page.getByRole('link', { name: 'Shop', exact: true })).toBeVisible();
    await agent.expectReadyOffline();
    await agent.goOffline();
    await page.goto(`/record/${incident}`);
    await page.getByRole('button', { name: 'What if host-1 were down?' }).click();
    await expect(bar.getByText('1 service · 0 teams · 1 incident · 0 changes')).toBeVisible();
  });

  await test.step('it is said on another page, and after a reload', async () => {
    await page.goto('/queue');
    await expect(bar.getByText('What if host-1 were down?')).toBeVisible();
    await page.reload();
    await expect(bar.getByText('1 service · 0 teams · 1 incident · 0 changes')).toBeVisible();
    await bar.getByRole('button', { name: 'Who is concerned' }).click();
    const all = page.getByRole('dialog', { name: 'What if' });
    await expect(all.getByText('1: Web shop')).toBeVisible();
    await expect(all.getByRole('link', { name: /The shop is slow/ })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('with another item it is taken along to the map, and ended there for every page', async () => {
    await page.goto('/configuration');
    await page.getByRole('button', { name: 'What if Shop were down?' }).click();
    await expect(bar.getByText('What if host-1 and Shop were down?')).toBeVisible();
    await bar.getByRole('link', { name: 'On the map' }).click();
    await expect(page.getByText('Supposed to be down: host-1, Shop')).toBeVisible();
    await expect(bar).toBeHidden();
    await page.getByRole('button', { name: 'End what if' }).click();
    await agent.goOnline();
    await page.goto('/queue');
    await agent.expectSaved();
    await expect(bar).toBeHidden();
  });
});
