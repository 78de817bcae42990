import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { ItemsMuster } from '../test-support/items-muster.ts';
import RecordStage from '../test-support/RecordStage.svelte';
import { makeRow } from '../test-support/tickets.ts';

async function openRecord(items: readonly RecordId[]) {
  const row = makeRow(0, { title: 'Slow', items });
  const muster = new ItemsMuster({ rows: [row] });
  return { muster, screen: await render(RecordStage, { muster, id: row.id }) };
}

beforeEach(() => page.viewport(1300, 760));
afterEach(() => localStorage.clear());

describe('the items of a ticket', () => {
  test('[CFG-103] lead on from one that was joined into another', async () => {
    const { screen } = await openRecord([recordId('TWIN')]);
    await expect
      .element(screen.getByRole('link', { name: 'db-2' }))
      .toHaveAttribute('href', '/configuration/DB-2');
    await expect.element(screen.getByText('now db-2')).toBeVisible();
    expect(screen.getByText('retired', { exact: true }).query()).toBeNull();
  });

  test('[DSK-206] are named with a way to each, and taken away by a button', async () => {
    const { muster, screen } = await openRecord([recordId('DB-1'), recordId('OLD')]);
    const link = screen.getByRole('link', { name: 'db-1' });
    await expect.element(link).toHaveAttribute('href', '/configuration/DB-1');
    await expect.element(screen.getByText('retired', { exact: true })).toBeInTheDocument();
    await screen.getByRole('button', { name: 'Take old away' }).click();
    expect(muster.sent.at(-1)?.act).toEqual({ verb: 'name-items', add: [], remove: ['OLD'] });
  });

  test('[DSK-207] are chosen among those that are there and not retired', async () => {
    const { muster, screen } = await openRecord([recordId('DB-1')]);
    await screen.getByRole('button', { name: 'Name an item' }).click();
    const box = screen.getByRole('combobox', { name: 'Name an item' });
    // whoever types goes on there: elsewhere letters are shortcuts
    await expect.element(box).toHaveFocus();
    await box.click();
    await expect.element(page.getByRole('option', { name: /^db-2/ })).toBeVisible();
    expect(page.getByRole('option', { name: /^(db-1|old)/ }).query()).toBeNull();
    await page.getByRole('option', { name: /^db-2/ }).click();
    expect(muster.sent.at(-1)?.act).toEqual({ verb: 'name-items', add: ['DB-2'], remove: [] });
    await expect.element(screen.getByRole('button', { name: 'Name an item' })).toHaveFocus();
  });

  test('[DSK-207] are not named after all when the box is left by Escape', async () => {
    const { muster, screen } = await openRecord([]);
    await screen.getByRole('button', { name: 'Name an item' }).click();
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByRole('button', { name: 'Name an item' })).toHaveFocus();
    expect(muster.sent).toEqual([]);
  });
});
