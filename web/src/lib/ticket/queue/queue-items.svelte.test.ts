/** A queue that is asked for the tickets about an item. */
import { writeItemRow } from '@muster/documents/configuration';
import { ROLE_PERMISSIONS, recordId } from '@muster/domain/shared';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { anItem, heldConfiguration } from '#lib/live/test-support/a-configuration.ts';
import { heldHere } from '#lib/live/test-support/held-here.ts';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import { FixtureMuster } from '../test-support/fixture-muster.svelte.ts';
import { ItemsMuster } from '../test-support/items-muster.ts';
import QueueStage from '../test-support/QueueStage.svelte';
import { makeRow } from '../test-support/tickets.ts';

const [DB_1, DB_2, TWIN] = ['DB-1', 'DB-2', 'TWIN'].map((id) => recordId(id));
const rows = [
  makeRow(0, { title: 'Alpha', ...(DB_2 && { items: [DB_2] }) }),
  makeRow(1, { title: 'Bravo', ...(TWIN && { items: [TWIN] }) }),
  makeRow(2, { title: 'Charlie', ...(DB_1 && { items: [DB_1] }) }),
  makeRow(3, { title: 'Delta' }),
];

/** Whose code is here and whose rows come later, with all that names two of its items. */
function laterConfiguration() {
  const [host, twin] = [recordId('01A0000000000000000000H0ST'), recordId('01A0000000000000000000TWIN')];
  const muster = new FixtureMuster({
    rows: rows.map((row, at) => ({ ...row, items: [[host], [twin]][at] ?? [] })),
  });
  const { person } = muster.me;
  const actor = { ...person, permissions: new Set(ROLE_PERMISSIONS.agent) };
  const joined = anItem(twin, 'Twin', 'server', { number: 'CI-2', state: 'retired', sameAs: host });
  const there = [anItem(host, 'Host', 'server'), joined];
  const { live, doc, rules } = heldConfiguration(actor, muster.directory.current, there);
  live.follow(undefined, undefined);
  muster.openConfiguration = () => Promise.resolve(live);
  const come = () => live.follow(heldHere(doc), heldHere(rules));
  const part = () => writeItemRow(doc, 2, anItem(twin, 'Twin', 'server', { number: 'CI-2', version: 2 }));
  return { muster, come, part };
}

const ALL = ['Alpha', 'Bravo', 'Charlie', 'Delta'];
const shown = () =>
  [...document.querySelectorAll('[role=row][data-record]')]
    .map((row) => ALL.find((title) => row.getAttribute('aria-label')?.includes(title)))
    .toSorted();
const chips = () => page.getByRole('list', { name: 'Items in the filter' });

beforeEach(() => page.viewport(1300, 760));

describe('a queue that is asked for an item', () => {
  test('[DSK-220] shows what names it or what was joined into it, by its name, until that is taken away', async () => {
    await render(QueueStage, { muster: new ItemsMuster({ rows }), query: 'item:DB-2 state:open' });
    await expect.element(chips().getByText('About db-2')).toBeVisible();
    await expect.poll(shown).toEqual(['Alpha', 'Bravo']);
    await chips().getByRole('button', { name: 'Take About db-2 away' }).click();
    await expect.element(page.getByRole('combobox', { name: 'Filter' })).toHaveValue('state:open');
    await expect.poll(shown).toEqual(ALL);
    await expect.element(chips()).not.toBeInTheDocument();
  });

  test('[DSK-220] finds it by its name among those that may be named', async () => {
    await render(QueueStage, { muster: new ItemsMuster({ rows }) });
    const filter = page.getByRole('combobox', { name: 'Filter' });
    await filter.fill('item:db');
    await page.getByRole('option', { name: /^db-1/ }).click();
    await expect.element(filter).toHaveValue('item:DB-1 ');
    await expect.element(chips().getByText('About db-1')).toBeVisible();
    await expect.poll(shown).toEqual(['Charlie']);
    await filter.fill('item:gone');
    await expect
      .element(page.getByRole('search'))
      .toHaveTextContent('“gone” means nothing for item. Did you mean “none”?');
  });

  test('[DSK-220] goes by the rows alone where the configuration is not here', async () => {
    const id = recordId('01A0000000000000000000H0ST');
    const muster = new FixtureMuster({
      rows: rows.map((row, at) => (at === 0 ? { ...row, items: [id] } : row)),
    });
    await render(QueueStage, { muster, query: `item:${id}` });
    await expect.element(chips().getByText(`About ${id}`)).toBeVisible();
    await expect.poll(shown).toEqual(['Alpha']);
  });

  test('[DSK-220] asks for what the device keeps without a network too, and says that a name cannot be looked up till it is here', async () => {
    const kept = await new ItemsMuster().openConfiguration();
    const muster = new ShellMuster({ rows });
    muster.facts.connection = 'offline';
    muster.openConfiguration = vi
      .fn<() => Promise<typeof kept>>()
      .mockRejectedValueOnce(new Error('not on this device'))
      .mockResolvedValue(kept);
    await render(QueueStage, { muster, query: 'item:"db-2"' });
    await expect
      .element(page.getByRole('search'))
      .toHaveTextContent('“db-2” cannot be looked up now and is left out.');
    expect(muster.openConfiguration).toHaveBeenCalledOnce();
    await expect.poll(shown).toEqual(ALL);
    await expect.element(chips()).not.toBeInTheDocument();
    muster.facts.connection = 'connecting';
    await expect.element(chips().getByText('About db-2')).toBeVisible();
    await expect.poll(shown).toEqual(['Alpha', 'Bravo']);
  });

  test('[DSK-220] takes no word for an item of who may not read them', async () => {
    const muster = new ShellMuster({ rows, permissions: [] });
    await render(QueueStage, { muster, query: 'item:"db-2"' });
    await expect.element(page.getByText('“db-2” means nothing for item.')).toBeVisible();
    await expect.poll(shown).toEqual(ALL);
  });

  test.each([
    ['01A0000000000000000000H0ST', ['Alpha']],
    ['ci-2026-00001', ALL],
    ['Host', ALL],
  ])(
    '[DSK-220] %s stands for what was joined into it too once the rows are here, and until they are parted',
    async (word, before) => {
      const { muster, come, part } = laterConfiguration();
      await render(QueueStage, { muster, query: `item:${word}` });
      await expect.poll(shown).toEqual(before);
      come();
      await expect.element(chips().getByText('About Host')).toBeVisible();
      await expect.poll(shown).toEqual(['Alpha', 'Bravo']);
      expect(page.getByText(/means nothing|looked up/).query()).toBeNull();
      part();
      await expect.poll(shown).toEqual(['Alpha']);
    },
  );
});
