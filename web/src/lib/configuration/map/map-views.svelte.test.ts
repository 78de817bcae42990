import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { WhatIf } from '#lib/live/configuration/what-if.svelte.ts';
import '#lib/styles/base.css';
import Toaster from '#lib/ui/Toaster.svelte';
import MapTrial from '../test-support/MapTrial.svelte';
import { aMap } from '../test-support/a-map.ts';
import { MapSourceTrial } from '../test-support/map-source-trial.svelte.ts';
import { MapViews } from './map-views.ts';

const KEY = 'muster.map-views.trial';
const clear = () => localStorage.removeItem(KEY);
const link = (name: string) => page.getByRole('link', { name, exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });

async function open(query = 'item=shop') {
  const views = new MapViews('trial');
  await render(MapTrial, {
    ...{ source: new MapSourceTrial(aMap(['shop runs_on host'])), query, views },
    whatIf: new WhatIf(localStorage, 'what-if-trial'),
  });
  await render(Toaster);
  return views;
}

async function saveAs(name: string): Promise<void> {
  await button('Views').click();
  await page.getByRole('textbox', { name: 'Save what the map shows as' }).fill(name);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog', { name: 'Views of the map' })).not.toBeInTheDocument();
}

beforeEach(async () => {
  clear();
  await page.viewport(1440, 900);
});
afterEach(clear);

describe('the views of the map', () => {
  test('[CFG-107] keep what it shows under a name, by its address, and say which of them it is', async () => {
    await open('item=shop&levels=2&class=server&layout=down');
    await saveAs('The shop, downwards');
    await button('Views').click();
    const saved = link('The shop, downwards');
    await expect
      .element(saved)
      .toHaveAttribute('href', '/configuration/map?item=shop&levels=2&class=server&layout=down');
    await expect.element(saved).toHaveAttribute('aria-current', 'page');
    await userEvent.keyboard('{Escape}');
    await page.getByRole('combobox', { name: 'Layout' }).selectOptions('Left to right');
    await button('Views').click();
    await expect.element(saved).not.toHaveAttribute('aria-current');
  });

  test('[CFG-107] put back what was removed, or replaced by another of its name', async () => {
    const views = await open();
    await saveAs('Mine');
    await page.getByRole('combobox', { name: 'How far' }).selectOptions('1 level');
    await saveAs('Mine');
    expect(views.all.map(({ address }) => address)).toEqual(['?item=shop&levels=1']);
    await button('Undo').click();
    expect(views.all.map(({ address }) => address)).toEqual(['?item=shop']);
    await button('Views').click();
    await button('Remove the view Mine').click();
    await expect.element(link('Mine')).not.toBeInTheDocument();
    await expect.element(page.getByRole('textbox', { name: 'Save what the map shows as' })).toHaveFocus();
    await button('Undo').click();
    expect(views.all.map(({ name }) => name)).toEqual(['Mine']);
  });

  test('[CFG-107] brought back take nothing away that was saved under their name since', async () => {
    const views = await open();
    await saveAs('Mine');
    await button('Views').click();
    await button('Remove the view Mine').click();
    // by its own way and not by the screen, whose steps may take as long as the toast stands
    views.keep({ id: 'other', name: 'Mine', address: '?item=shop&levels=1' });
    await button('Undo').click();
    expect(views.all.map(({ name, address }) => `${name} ${address}`)).toEqual([
      'Mine (before) ?item=shop',
      'Mine ?item=shop&levels=1',
    ]);
  });

  test('[CFG-107] have nothing to save while the map shows nothing', async () => {
    await open('');
    await button('Views').click();
    await expect.element(page.getByText(/^Centre the map on something/)).toBeVisible();
  });
});
