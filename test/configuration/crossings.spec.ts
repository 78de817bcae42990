/** Other processes meet the configuration: what hangs on what they touch, and who else is at work below or above it. */
import { recordId, serviceId } from '@muster/domain/shared';
import type { CommandOutcome, RecordId } from '@muster/domain/shared';
import { CALM, HOUR, actOnChange, actOnTemplate, makeService } from '../support/changes.ts';
import type { Desk } from '../support/desk.ts';
import { freshId } from '../support/desk.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

const AGENT = 'agent@desk.test';

async function run(desk: Desk, type: string, args: object): Promise<RecordId> {
  const target = recordId(freshId());
  const session = await desk.session(AGENT);
  const command = { id: freshId(), type, target, args, basis: 0, clientAt: Date.now() };
  const [outcome] = await session.call<CommandOutcome[]>('POST', '/api/commands', [command]);
  expect(outcome).toMatchObject({ outcome: 'applied' });
  return target;
}

const item = (desk: Desk, itemClass: string, name: string) =>
  run(desk, 'item.create', { fields: { class: itemClass, name }, state: 'in_service' });

/** Approved once for all, and scheduled, so that it holds its place in the calendar. */
async function swapTheFeed(
  desk: Desk,
  id: RecordId,
  feed: RecordId,
  window: { readonly begins: number; readonly ends: number },
): Promise<void> {
  const template = recordId(freshId());
  const fields = {
    ...{ name: 'Swap the feed', outage: false, tasks: [], minutes: 60, team: null },
    ...{ plans: { implementation: 'Swap it' }, riskInput: CALM },
  };
  await actOnTemplate(desk, AGENT, template, { verb: 'propose', fields }, 0);
  await actOnTemplate(desk, 'lead@desk.test', template, { verb: 'approve', revision: 1 }, 1);
  await actOnChange(desk, AGENT, id, {
    ...{ verb: 'create', model: 'standard', template },
    fields: { title: 'Swap the feed', items: [feed], ...window },
  });
  await actOnChange(desk, AGENT, id, { verb: 'step', to: 'scheduled' });
}

/** A service that depends on an application, which runs on a server, which a feed powers. */
async function layShop(desk: Desk) {
  const shop = await makeService(desk, 'Web shop');
  const [app, host, feed] = [
    await item(desk, 'application', 'Shop'),
    await item(desk, 'server', 'host-1'),
    await item(desk, 'power_feed', 'Feed A'),
  ];
  await run(desk, 'relation.add', { type: 'depends_on', from: shop, to: app });
  await run(desk, 'relation.add', { type: 'runs_on', from: app, to: host });
  await run(desk, 'relation.add', { type: 'powered_by', from: host, to: feed });
  return { shop, app, host, feed };
}

test('[CFG-60] [CFG-61] a change on a server names the services that hang on it, and collides with one of what it hangs on', async ({
  desk,
  agent,
}) => {
  const { shop, feed } = await layShop(desk);
  const window = { begins: Date.now() + HOUR, ends: Date.now() + 3 * HOUR };
  const below = recordId(freshId());
  await swapTheFeed(desk, below, feed, window);
  const { page } = agent;

  await test.step('made in the form, of an item that is found by its name', async () => {
    await page.goto('/change');
    await page.getByRole('button', { name: 'New change' }).click();
    const dialog = page.getByRole('dialog', { name: 'New change' });
    await dialog.getByLabel('Title').fill('More memory');
    await dialog.getByRole('combobox', { name: 'Items touched' }).fill('host-1');
    await page.getByRole('option', { name: /^host-1/ }).click();
    await dialog.getByRole('button', { name: 'Make the change' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'More memory' })).toBeVisible();
  });

  const facts = page.getByRole('region', { name: 'What and when' });
  await test.step('its page names what hangs on the server, each with a way to the map', async () => {
    await expect(facts).toContainText('host-1');
    await expect(facts.getByRole('link', { name: 'Web shop' })).toHaveAttribute(
      'href',
      `/configuration/map?item=${shop}`,
    );
    await expect(facts.getByRole('link', { name: 'Shop', exact: true })).toBeVisible();
  });

  await test.step('at the time of the other it is said to collide with it', async () => {
    const id = recordId(page.url().split('/').at(-1) ?? '');
    await actOnChange(desk, AGENT, id, { verb: 'edit', fields: window });
    await expect(page.getByRole('region', { name: /Conflicts/ })).toContainText('Swap the feed');
  });
});

test('[CFG-64] [CFG-65] an incident shows what changed on what its item and its service hang on', async ({
  desk,
  agent,
}) => {
  const { shop, app, host, feed } = await layShop(desk);
  const change = recordId(freshId());
  await swapTheFeed(desk, change, feed, { begins: Date.now() + HOUR, ends: Date.now() + 3 * HOUR });
  const dark = await desk.openIncident(AGENT, { title: 'host-1 is dark', items: [host] });
  const slow = await desk.openIncident(AGENT, { title: 'The shop is slow', items: [app] });
  const { page } = agent;
  const changes = page.getByRole('list', { name: 'Changes around it' });

  await test.step('of its item at once, with what else is open there', async () => {
    await page.goto(`/record/${slow}`);
    await expect(changes.getByRole('link', { name: /Swap the feed/ })).toHaveAttribute(
      'href',
      `/change/${change}`,
    );
    await expect(changes).toContainText('Feed A, which it hangs on');
    const incidents = page.getByRole('list', { name: 'Open incidents around it' });
    await expect(incidents.getByRole('link', { name: /host-1 is dark/ })).toHaveAttribute(
      'href',
      `/record/${dark}`,
    );
  });

  await test.step('of its service when it is asked for', async () => {
    const down = await desk.openIncident(AGENT, { title: 'No orders', service: serviceId(shop) });
    await page.goto(`/record/${down}`);
    await page.getByRole('heading', { name: 'What changed around it' }).click();
    await expect(changes).toContainText('Feed A, which it hangs on');
    await changes.getByRole('link', { name: /Swap the feed/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Swap the feed' })).toBeVisible();
  });
});

test('[CFG-68] [CFG-69] an outage of a server names the service that hangs on it, to a requester without the server', async ({
  desk,
  lead,
  requester,
}) => {
  const shop = await makeService(desk, 'Web shop');
  await makeService(desk, 'Mail');
  const [app, host] = [await item(desk, 'application', 'Shop'), await item(desk, 'server', 'host-1')];
  await run(desk, 'relation.add', { type: 'depends_on', from: shop, to: app });
  await run(desk, 'relation.add', { type: 'runs_on', from: app, to: host });
  const { page } = lead;

  await test.step('the form proposes the service as soon as the server is named', async () => {
    await page.goto('/announcements');
    await page.getByRole('button', { name: 'New announcement' }).first().click();
    const form = page.getByRole('dialog', { name: 'New announcement' });
    await form.getByLabel('Kind').selectOption('outage');
    await form.getByLabel('Title').fill('Orders are not taken');
    await form.getByRole('combobox', { name: 'Items out of use' }).fill('host-1');
    await page.getByRole('option', { name: /^host-1/ }).click();
    await expect(form.getByText('From the map: Web shop.')).toBeVisible();
    await expect(form.getByRole('checkbox', { name: 'Web shop' })).toBeChecked();
    await expect(form.getByRole('checkbox', { name: 'Mail' })).not.toBeChecked();
    await form.getByRole('checkbox', { name: 'Web shop' }).uncheck();
    await form.getByRole('button', { name: 'Choose what is left out: Web shop' }).click();
    await expect(form.getByRole('checkbox', { name: 'Web shop' })).toBeChecked();
    await form.getByRole('button', { name: 'Keep as a draft' }).click();
  });

  const article = page.getByRole('article', { name: 'Orders are not taken' });
  await test.step('its author sees the server and what the map says', async () => {
    await expect(article.getByRole('link', { name: 'host-1' })).toHaveAttribute(
      'href',
      `/configuration/${host}`,
    );
    await expect(article).toContainText('From the map: Web shop.');
    await article.getByRole('button', { name: 'Announce now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Announce now' }).click();
    await expect(article).toContainText('In progress');
    await lead.expectSaved();
    await page.reload();
    await expect(article.getByRole('link', { name: 'host-1' })).toBeVisible();
  });

  await test.step('a requester reads of the service alone', async () => {
    await requester.page.goto('/announcements');
    const told = requester.page.getByRole('article', { name: 'Orders are not taken' });
    await expect(told).toContainText('Web shop');
    await expect(requester.page.getByText('host-1')).toHaveCount(0);
    await expect(told.getByText('From the map')).toHaveCount(0);
  });
});

test('[CFG-68] an announcement made of a change begins with its items and the services that fall with them', async ({
  desk,
  lead,
}) => {
  const shop = await makeService(desk, 'Web shop');
  const [app, host] = [await item(desk, 'application', 'Shop'), await item(desk, 'server', 'host-1')];
  await run(desk, 'relation.add', { type: 'depends_on', from: shop, to: app });
  await run(desk, 'relation.add', { type: 'runs_on', from: app, to: host });
  const feed = await item(desk, 'power_feed', 'Feed A');
  await run(desk, 'relation.add', { type: 'powered_by', from: host, to: feed });
  const change = recordId(freshId());
  await swapTheFeed(desk, change, feed, { begins: Date.now() + HOUR, ends: Date.now() + 3 * HOUR });
  const { page } = lead;
  await page.goto(`/change/${change}`);
  await page.getByRole('button', { name: 'Announce it …' }).click();
  const form = page.getByRole('dialog', { name: 'New announcement' });
  await expect(form.getByRole('button', { name: 'Take Feed A away' })).toBeVisible();
  await expect(form.getByRole('checkbox', { name: 'Web shop' })).toBeChecked();
  await expect(form.getByText('From the map: Web shop.')).toBeVisible();
});
