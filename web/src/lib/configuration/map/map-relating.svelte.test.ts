import type { Relation } from '@muster/domain/configuration';
import { ROLE_PERMISSIONS, recordId } from '@muster/domain/shared';
import type { ItemId, Permission, PersonId } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { anItem, heldConfiguration } from '#lib/live/test-support/a-configuration.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import Toaster from '#lib/ui/Toaster.svelte';
import MapPage from './MapPage.svelte';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];
const [service] = [...directory.services.values()];
const idOf = (end: string) => recordId(`01A0000000000000000000${end}`);
const [HOST, SHOP, BASE] = [idOf('HOST'), idOf('SHOP'), idOf('BASE')];
const NODES = ['N1', 'N2', 'N3', 'N4', 'N5'];
const ITEMS = [
  anItem(HOST, 'Host', 'server'),
  anItem(SHOP, 'Shop', 'application'),
  anItem(BASE, 'Base', 'application'),
];

type Related = Omit<Relation, 'id'>;
const RELATED: readonly Related[] = [
  { type: 'runs_on', from: SHOP, to: HOST },
  { type: 'runs_on', from: BASE, to: HOST },
];

async function open({
  permissions = ROLE_PERMISSIONS.agent,
  items = ITEMS,
  related = RELATED,
}: {
  permissions?: readonly Permission[];
  items?: typeof ITEMS;
  related?: readonly Related[];
} = {}) {
  const all = new Set(ROLE_PERMISSIONS.agent);
  const held = heldConfiguration({ id: me, name: 'Me', permissions: all, teams: [] }, directory, items);
  for (const each of related) await held.live.runRelation(held.live.newId(), { verb: 'add', ...each }).kept;
  const muster = new ShellMuster({ directory, permissions });
  muster.openConfiguration = () => Promise.resolve(held.live);
  await render(ShellTrial, {
    ...{ muster, part: MapPage },
    given: { query: new URLSearchParams({ item: HOST }), onplace: () => undefined },
  });
  await render(Toaster);
  await expect.element(node(/^Host, /)).toBeVisible();
  const waysOf = (id: ItemId) =>
    [...held.live.map.relationsOf(id)].map(({ type, from, to }) => [type, from, to]);
  return { sent: () => held.outbox.types.slice(related.length), waysOf };
}

const node = (name: RegExp) => page.getByRole('button', { name });
const begin = () => page.getByRole('button', { name: /^Relate to…/ });
const dialog = page.getByRole('dialog', { name: 'Add a relation' });
const hint = (name: string) => page.getByText(`Choose what ${name} is related to. Esc ends it.`);

beforeEach(() => page.viewport(1440, 900));

describe('relating in the map', () => {
  test('[CFG-108] relates an item to the one that is chosen next, shows it at once, and takes it back', async () => {
    const { sent, waysOf } = await open();
    await node(/^Shop, Application/).click();
    await begin().click();
    await expect.element(hint('Shop')).toBeVisible();
    await expect.element(page.getByRole('status').filter({ hasText: 'Choose what' })).toBeInTheDocument();
    await node(/^Base, Application/).click();
    await expect.element(dialog.getByRole('combobox', { name: 'Other item or service' })).toHaveValue('Base');
    await dialog.getByRole('combobox', { name: 'How Shop is related to it' }).selectOptions('Depends on');
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await expect.element(dialog).not.toBeInTheDocument();
    expect(sent()).toEqual(['relation.add']);
    expect(waysOf(SHOP)).toContainEqual(['depends_on', SHOP, BASE]);
    await expect.element(page.getByLabelText('Shop hangs on Base')).toBeInTheDocument();
    await expect.element(page.getByText('Shop depends on Base')).toBeVisible();
    await expect.element(hint('Shop')).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(sent).toEqual(['relation.add', 'relation.remove']);
    await expect.element(page.getByLabelText('Shop hangs on Base')).not.toBeInTheDocument();
  });

  test('[CFG-108] goes by keys: Enter takes the other end, Esc ends it, and what cannot be is said', async () => {
    const { sent } = await open();
    await node(/^Host, /).click();
    await begin().click();
    await expect.element(node(/^Host, /)).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(hint('Host')).not.toBeInTheDocument();
    await expect.element(node(/^Host, /)).toHaveFocus();
    await begin().click();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(node(/^Host, /)).not.toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await dialog.getByRole('combobox', { name: 'How Host is related to it' }).selectOptions('Runs');
    await expect
      .element(dialog.getByText('This cannot be: they are related in this way already.'))
      .toBeVisible();
    await expect.element(dialog.getByRole('button', { name: 'Add it' })).toBeDisabled();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.getByRole('button', { name: 'Throw it away' }).click();
    await expect.element(dialog).not.toBeInTheDocument();
    expect(sent()).toEqual([]);
  });

  test('[CFG-108] goes by a line drawn from one to the other', async () => {
    await open();
    await userEvent.hover(node(/^Shop, Application/));
    const start = node(/^Shop, Application/)
      .element()
      .parentElement?.querySelector('.connectionindicator');
    await userEvent.dragAndDrop(start!, node(/^Base, Application/));
    await expect.element(dialog.getByRole('combobox', { name: 'Other item or service' })).toHaveValue('Base');
    await expect
      .element(dialog.getByRole('combobox', { name: 'How Shop is related to it' }))
      .toBeInTheDocument();
  });

  test('[CFG-108] goes in the list too, where what is folded is opened first', async () => {
    await page.viewport(390, 844);
    await open({
      items: [...ITEMS, ...NODES.map((name) => anItem(idOf(`00${name}`), name, 'virtual_machine'))],
      related: [...RELATED, ...NODES.map((name) => ({ type: 'runs_on', from: idOf(`00${name}`), to: HOST }))],
    });
    await node(/^Shop, Application/).click();
    await begin().click();
    await expect.element(node(/^Shop, Application/)).toHaveFocus();
    await node(/^5 × Virtual machine/).click();
    await expect.element(node(/^N\d, /).first()).toHaveFocus();
    await expect.element(hint('Shop')).toBeVisible();
    await node(/^N2, /).click();
    await expect.element(dialog.getByRole('combobox', { name: 'Other item or service' })).toHaveValue('N2');
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });

  test('[CFG-108] is for those who work on the configuration, and begins with no service', async () => {
    const first = { type: 'depends_on', from: service!.id as ItemId, to: SHOP };
    await open({ related: [...RELATED, first] });
    await node(new RegExp(`^${service!.name}, Service`)).click();
    await expect.element(page.getByRole('heading', { level: 2, name: service!.name })).toBeVisible();
    await expect.element(begin()).not.toBeInTheDocument();
    await node(/^Shop, Application/).click();
    await expect.element(begin()).toBeVisible();
  });

  test('[CFG-108] is not there for whoever only reads', async () => {
    await open({ permissions: ROLE_PERMISSIONS.agent.filter((each) => each !== 'configuration.work') });
    await node(/^Shop, Application/).click();
    await expect.element(page.getByRole('heading', { level: 2, name: 'Shop' })).toBeVisible();
    await expect.element(begin()).not.toBeInTheDocument();
    expect(document.querySelector('.connectionindicator')).toBeNull();
  });
});
