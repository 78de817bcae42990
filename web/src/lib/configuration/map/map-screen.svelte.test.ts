import { id, item } from '@muster/domain/testing/maps';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/styles/base.css';
import MapTrial from '../test-support/MapTrial.svelte';
import { aMap } from '../test-support/a-map.ts';
import { MapSourceTrial } from '../test-support/map-source-trial.svelte.ts';
import { WhatIf } from '#lib/live/configuration/what-if.svelte.ts';

const KEY = 'what-if-trial';

function shop(): MapSourceTrial {
  const racks = ['a', 'b', 'c', 'd', 'e'].map((each) => `host hosted_on room-${each}`);
  const map = aMap(
    [
      'desk uses shop',
      'shop depends_on db',
      'db runs_on host',
      'pool members w1',
      'pool members w2',
      'shop depends_on pool',
      ...racks,
    ],
    [
      item('host', { class: 'server' }),
      item('pool', { class: 'cluster', redundancy: [{ relation: 'members', by: 'count', minimum: 1 }] }),
      ...['w1', 'w2'].map((each) => item(each, { class: 'virtual_machine' })),
      ...['a', 'b', 'c', 'd', 'e'].map((each) => item(`room-${each}`, { class: 'location' })),
      item('desk', { class: 'service' }),
    ],
  );
  return new MapSourceTrial(map);
}

const whatIf = () => new WhatIf(localStorage, KEY);
const node = (name: RegExp) => page.getByRole('button', { name });

beforeEach(async () => {
  await page.viewport(1440, 900);
  localStorage.removeItem(KEY);
});
afterEach(() => localStorage.removeItem(KEY));

describe('the map on screen', () => {
  test('[CFG-80] begins with services to choose from, and centres on the one that is chosen', async () => {
    await render(MapTrial, { source: shop(), whatIf: whatIf() });
    await page.getByRole('button', { name: 'desk', exact: true }).click();
    await expect.element(node(/^desk, Service/)).toBeVisible();
    await expect.element(node(/^shop, Application, Dependency/)).toBeVisible();
  });

  test('[CFG-80] is walked by keys along its relations, centred by one and expanded by another', async () => {
    await render(MapTrial, { source: shop(), whatIf: whatIf(), query: 'item=shop&levels=1' });
    await node(/^shop, Application/).click();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(node(/^db, /)).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(node(/^pool, /)).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(node(/^shop, /)).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(node(/^desk, /)).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('2 items within 1 level')).toBeVisible();
    await node(/^shop, /).click();
    await userEvent.keyboard('+');
    await expect.element(node(/^db, /)).toBeVisible();
  });

  test('[CFG-80] takes its keys where nothing has the focus, beginning at what is chosen', async () => {
    await render(MapTrial, { source: shop(), whatIf: whatIf(), query: 'item=shop&levels=1' });
    await expect.element(node(/^db, /)).toBeVisible();
    expect(document.activeElement).toBe(document.body);
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(node(/^shop, /)).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(node(/^db, /)).toHaveFocus();
  });

  test('[CFG-80] on a small screen says what can be done with an item under its row', async () => {
    await page.viewport(390, 844);
    await render(MapTrial, { source: shop(), whatIf: whatIf(), query: 'item=shop' });
    const row = page.getByRole('listitem').filter({ has: node(/^host, Server/) });
    await expect.element(row.getByRole('heading', { name: 'host' })).not.toBeInTheDocument();
    await node(/^host, Server/).click();
    await expect.element(row.getByRole('heading', { name: 'host' })).toBeVisible();
    await expect.element(row.getByRole('button', { name: /^What if it were down/ })).toBeVisible();
    expect(page.getByRole('heading', { name: 'host' }).elements()).toHaveLength(1);
  });

  test('[CFG-80] calls its lines by what they relate, and counts one item as one', async () => {
    const source = new MapSourceTrial(aMap(['shop runs_on host'], []));
    source.put(item('lonely', { class: 'server' }));
    const { unmount } = await render(MapTrial, { source, whatIf: whatIf(), query: 'item=host' });
    await expect.element(page.getByLabelText('shop hangs on host')).toBeInTheDocument();
    expect(page.getByLabelText(/^Edge from/).query()).toBeNull();
    await unmount();
    await render(MapTrial, { source, whatIf: whatIf(), query: 'item=lonely' });
    await expect.element(page.getByText('1 item within 3 levels')).toBeVisible();
  });

  test('[CFG-84] shows what is changed elsewhere at once, with what falls in red, in shape and in word', async () => {
    const source = shop();
    await render(MapTrial, { source, whatIf: whatIf(), query: 'item=host' });
    await expect.element(node(/^db, .*Impact/)).toBeVisible();
    source.put(item('cron', { class: 'application' }));
    source.relate({ id: 'cron', type: 'runs_on', from: id('cron'), to: id('host') });
    await expect.element(node(/^cron, Application, Impact/)).toBeVisible();
    await expect.element(node(/^cron, /)).toHaveTextContent('cron, Application, Impact cron ▼ Impact');
  });

  test('[CFG-87] supposes that something is down, says who is concerned, and keeps it over a reload', async () => {
    const source = shop();
    const first = await render(MapTrial, { source, whatIf: whatIf(), query: 'item=shop' });
    await node(/^w1, /).click();
    await page.getByRole('button', { name: /^What if it were down/ }).click();
    await expect.element(page.getByText('Supposed to be down: w1')).toBeVisible();
    await expect.element(page.getByText('pool (1 of 2 up, 1 needed)')).toBeVisible();
    await expect.element(node(/^pool, .*Weakened: 1 of 2 up/)).toBeVisible();
    await node(/^w2, /).click();
    await page.getByRole('button', { name: /^What if it were down/ }).click();
    await expect.element(node(/^shop, Application, (Impact|Both)/)).toBeVisible();
    await expect.element(page.getByText(/^1: desk/)).toBeVisible();
    await first.unmount();
    await render(MapTrial, { source, whatIf: whatIf(), query: 'item=shop' });
    await expect.element(page.getByText('Supposed to be down: w1, w2')).toBeVisible();
    await page.getByRole('button', { name: 'End what if' }).click();
    await expect.element(page.getByText(/Supposed to be down/)).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(page.getByText('Supposed to be down: w1, w2')).toBeVisible();
  });

  test('[CFG-88] what somebody says of an item stands however the map changes, and is shown when the item is gone', async () => {
    const source = shop();
    await render(MapTrial, { source, whatIf: whatIf(), query: 'item=host' });
    await node(/^host, /).click();
    await page.getByRole('button', { name: /^What if it were down/ }).click();
    await node(/^db, /).click();
    await page.getByRole('combobox', { name: 'What you say of it' }).selectOptions('Not impacted');
    await expect.element(node(/^db, .*Held/)).toBeVisible();
    source.put(item('cron', { class: 'application' }));
    await expect.element(node(/^db, .*Held/)).toBeVisible();
    source.map.take(id('db'));
    source.put(item('cron', { class: 'application' }));
    await expect.element(page.getByText(/not in the configuration any more/)).toBeVisible();
    await page.getByRole('button', { name: 'Forget it' }).click();
    await expect.element(page.getByText(/not in the configuration any more/)).not.toBeInTheDocument();
  });

  test('[CFG-106] runs downwards where that is chosen, is walked so, and says it in the address', async () => {
    const places: string[] = [];
    await render(MapTrial, {
      ...{ source: shop(), whatIf: whatIf(), query: 'item=shop&levels=1' },
      onplace: (place: string) => void places.push(place),
    });
    const boxOf = (name: RegExp) => node(name).element().getBoundingClientRect();
    await expect.element(node(/^desk, /)).toBeVisible();
    expect(boxOf(/^desk, /).left).toBeGreaterThan(boxOf(/^shop, /).right);
    await page.getByRole('combobox', { name: 'Layout' }).selectOptions('Top to bottom');
    await expect.poll(() => boxOf(/^desk, /).top).toBeGreaterThan(boxOf(/^shop, /).bottom);
    expect(places).toEqual(['?item=shop&levels=1&layout=down']);
    await node(/^shop, Application/).click();
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(node(/^db, /)).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(node(/^pool, /)).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(node(/^shop, /)).toHaveFocus();
    await page.getByRole('button', { name: 'Show as a list' }).click();
    await expect.element(page.getByRole('combobox', { name: 'Layout' })).not.toBeInTheDocument();
  });

  test('[CFG-84] is a list where it is narrow, with every item once and how it is related', async () => {
    await page.viewport(390, 844);
    await render(MapTrial, { source: shop(), whatIf: whatIf(), query: 'item=shop' });
    await expect.element(page.getByRole('heading', { name: /What hangs on it/ })).toBeVisible();
    await expect.element(page.getByRole('button', { name: /^desk, .*Uses shop/ })).toBeVisible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: 'Show as a graph' }).click();
    await expect.element(node(/^desk, /)).toBeVisible();
  });
});
