import { writeItemRow } from '@muster/documents/configuration';
import type { ChangeAct, PlannedValue, ValueOutcome } from '@muster/domain/change';
import { plannedKey } from '@muster/domain/change';
import type { ConfigurationItem } from '@muster/domain/configuration';
import { ROLE_PERMISSIONS, recordId } from '@muster/domain/shared';
import type { ItemId, PersonId } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { anItem, heldConfiguration } from '#lib/live/test-support/a-configuration.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import PlannedValues from './PlannedValues.svelte';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];
const [APP, HOST] = [recordId('01A00000000000000000000APP'), recordId('01A0000000000000000000HOST')];
const MEMORY: PlannedValue = {
  ...{ kind: 'field', item: HOST, field: 'attribute:memory_gb' },
  ...{ was: 64, to: 128 },
};
const THEIRS: Partial<ConfigurationItem> = { version: 2, attributes: { memory_gb: 96 } };
const NAME: PlannedValue = { kind: 'field', item: HOST, field: 'name', was: 'Old host', to: 'New host' };

async function open(
  values: readonly PlannedValue[],
  more: {
    adding?: boolean;
    settled?: readonly ItemId[] | null;
    valueOutcomes?: readonly ValueOutcome[];
    state?: string;
    result?: string;
  } = {},
) {
  const permissions = ROLE_PERMISSIONS.agent;
  const actor = { id: me, name: 'Me', permissions: new Set(permissions), teams: [] };
  const items = [
    anItem(APP, 'Shop', 'application'),
    anItem(HOST, 'Host', 'server', { attributes: { memory_gb: 64 } }),
  ];
  const muster = new ShellMuster({ directory, permissions });
  const { live, doc } = heldConfiguration(actor, directory, items);
  muster.openConfiguration = () => Promise.resolve(live);
  const acts: ChangeAct[] = [];
  const bases: (number | undefined)[] = [];
  const { adding = false, settled = null, valueOutcomes = [], state = 'new', result = null } = more;
  const given = (planned: readonly PlannedValue[], version: number) => ({
    ...{
      change: { values: planned, valueOutcomes, state, result },
      mayPlan: state === 'new',
      adding,
      settled,
    },
    basisNow: () => version,
    act: (act: ChangeAct, basis?: number) => {
      acts.push(act);
      bases.push(basis);
      return Promise.resolve(null);
    },
    onclose: () => undefined,
  });
  const shown = { muster, part: PlannedValues };
  const { rerender } = await render(ShellTrial, { ...shown, given: given(values, 1) });
  const planAnew = (planned: readonly PlannedValue[]) => rerender({ ...shown, given: given(planned, 2) });
  return { acts, bases, doc, planAnew };
}

beforeEach(() => page.viewport(1300, 900));

describe('planned values', () => {
  test('[CFG-40] begin with what the item says, and are what is said otherwise alone', async () => {
    const { acts } = await open([], { adding: true });
    const dialog = page.getByRole('dialog', { name: 'Plan values of an item' });
    await dialog.getByRole('combobox', { name: 'Item' }).click();
    await page.getByRole('option', { name: /^Host/ }).click();
    const memory = dialog.getByRole('textbox', { name: 'Memory (GB)' });
    await expect.element(memory).toHaveValue('64');
    await expect.element(dialog.getByRole('button', { name: 'Plan it' })).toBeDisabled();
    await memory.fill('128');
    await dialog.getByLabelText('State').selectOptions('maintenance');
    await dialog.getByRole('combobox', { name: 'Relate it to' }).click();
    await page.getByRole('option', { name: /^Shop/ }).click();
    await dialog.getByRole('button', { name: 'Plan it' }).click();
    await expect.poll(() => acts.length).toBe(1);
    expect(acts[0]).toMatchObject({
      verb: 'plan-values',
      values: [
        MEMORY,
        { kind: 'step', item: HOST, was: 'in_service', to: 'maintenance' },
        { kind: 'relate', from: expect.any(String) as string, to: expect.any(String) as string },
      ],
    });
  });

  test('[CFG-130] say at its field what an item can never say, and are not sent', async () => {
    const { acts } = await open([], { adding: true });
    const dialog = page.getByRole('dialog', { name: 'Plan values of an item' });
    await dialog.getByRole('combobox', { name: 'Item' }).click();
    await page.getByRole('option', { name: /^Host/ }).click();
    const memory = dialog.getByRole('textbox', { name: 'Memory (GB)' });
    await memory.fill('lots');
    await expect.element(memory).toHaveAccessibleDescription(/The Memory \(GB\) does not fit/);
    await dialog.getByRole('button', { name: 'Plan it' }).click();
    await expect.element(dialog.getByRole('alert')).toHaveTextContent('The Memory (GB) does not fit');
    expect(acts).toEqual([]);
    await memory.fill('128');
    await dialog.getByRole('button', { name: 'Plan it' }).click();
    await expect.poll(() => acts).toEqual([{ verb: 'plan-values', values: [MEMORY] }]);
  });

  test('[CFG-29] [CFG-40] are also how many must stand of those that it hangs on', async () => {
    const { acts } = await open([], { adding: true });
    const dialog = page.getByRole('dialog', { name: 'Plan values of an item' });
    await dialog.getByRole('combobox', { name: 'Item' }).click();
    await page.getByRole('option', { name: /^Host/ }).click();
    await dialog.getByRole('button', { name: 'Say how many must stand' }).click();
    await dialog.getByRole('combobox', { name: 'Hangs on by' }).selectOptions('Powered by');
    await dialog.getByRole('spinbutton', { name: 'At least' }).fill('2');
    await dialog.getByRole('button', { name: 'Plan it' }).click();
    const field = { kind: 'field', item: HOST, field: 'redundancy:powered_by', was: null, to: 2 };
    await expect.poll(() => acts).toEqual([{ verb: 'plan-values', values: [field] }]);
  });

  test('[CFG-40] are of the items that a change names, where it takes no others any more', async () => {
    const { acts } = await open([], { adding: true, settled: [HOST] });
    const dialog = page.getByRole('dialog', { name: 'Plan values of an item' });
    await expect.element(dialog.getByText(/takes no more items in its state/)).toBeVisible();
    await dialog.getByRole('combobox', { name: 'Item' }).click();
    await expect.element(page.getByRole('option', { name: /^Host/ })).toBeVisible();
    expect(page.getByRole('option', { name: /^Shop/ }).elements()).toEqual([]);
    await page.getByRole('option', { name: /^Host/ }).click();
    await dialog.getByRole('textbox', { name: 'Memory (GB)' }).fill('128');
    await dialog.getByRole('combobox', { name: 'Relate it to' }).click();
    await page.getByRole('option', { name: /^Shop/ }).click();
    await expect.element(dialog.getByText(/Shop is none of its items/)).toBeVisible();
    await expect.element(dialog.getByRole('button', { name: 'Plan it' })).toBeDisabled();
    expect(acts).toEqual([]);
  });

  test('[CFG-40] leave what others planned and changed while the form was open', async () => {
    const { acts, bases, doc, planAnew } = await open([MEMORY, NAME], { adding: true });
    const dialog = page.getByRole('dialog', { name: 'Plan values of an item' });
    await dialog.getByRole('combobox', { name: 'Item' }).click();
    await page.getByRole('option', { name: /^Host/ }).click();
    const name = dialog.getByRole('textbox', { name: 'Name' });
    await expect.element(name).toHaveValue('New host');
    const team: PlannedValue = { kind: 'field', item: HOST, field: 'team', was: null, to: 'network' };
    await planAnew([{ ...MEMORY, to: 256 } as PlannedValue, NAME, team]);
    writeItemRow(doc, 2, anItem(HOST, 'Host', 'server', { ...THEIRS, criticality: 2 }));
    await expect.element(page.getByText(/It was changed meanwhile, to 96/)).toBeVisible();
    await name.fill('Host');
    await dialog.getByRole('textbox', { name: 'Vendor' }).fill('Dell');
    await dialog.getByRole('button', { name: 'Plan it' }).click();
    await expect.poll(() => acts.length).toBe(2);
    expect(acts).toEqual([
      {
        verb: 'plan-values',
        values: [{ kind: 'field', item: HOST, field: 'attribute:vendor', was: null, to: 'Dell' }],
      },
      { verb: 'unplan-values', keys: [plannedKey(NAME)] },
    ]);
    expect(bases).toEqual([1, 1]);
  });

  test('[CFG-43] stay against what their planner saw when something else is planned, and say what is said now', async () => {
    const step: PlannedValue = { kind: 'step', item: HOST, was: 'in_stock', to: 'maintenance' };
    const none: PlannedValue = {
      ...{ kind: 'field', item: HOST, field: 'redundancy:powered_by' },
      ...{ was: 2, to: null },
    };
    const { acts } = await open([NAME, step, none], { adding: true });
    const dialog = page.getByRole('dialog', { name: 'Plan values of an item' });
    await dialog.getByRole('combobox', { name: 'Item' }).click();
    await page.getByRole('option', { name: /^Host/ }).click();
    await expect.element(dialog.getByText(/unless something else is planned: Name, to Host/)).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Vendor' }).fill('Dell');
    await dialog.getByRole('button', { name: 'Plan it' }).click();
    const vendor = { kind: 'field', item: HOST, field: 'attribute:vendor', was: null, to: 'Dell' };
    await expect.poll(() => acts).toEqual([{ verb: 'plan-values', values: [vendor] }]);
  });

  test('[CFG-43] say that what was changed meanwhile will be kept, and are taken back by one key', async () => {
    const { acts } = await open([MEMORY, NAME]);
    await expect.element(page.getByText(/It was changed meanwhile, to Host/)).toBeVisible();
    await page.getByRole('button', { name: 'Plan no more: Memory (GB) of Host' }).click();
    expect(acts).toEqual([{ verb: 'unplan-values', keys: [plannedKey(MEMORY)] }]);
  });

  test('[CFG-103] say of what their item was joined into, and what that says', async () => {
    const retire: PlannedValue = { kind: 'step', item: HOST, was: 'in_service', to: 'retired' };
    const vendor: PlannedValue = {
      kind: 'field',
      item: HOST,
      field: 'attribute:vendor',
      was: null,
      to: 'Dell',
    };
    const { doc } = await open([NAME, vendor, retire]);
    await expect.element(page.getByText(/It was changed meanwhile, to Host/)).toBeVisible();
    const joined = { version: 2, state: 'retired', sameAs: APP } as const;
    writeItemRow(doc, 2, anItem(HOST, 'Host', 'server', joined));
    await expect.element(page.getByText(/^It was joined into Shop/)).toBeVisible();
    const kept = page.getByText(/it will be kept so unless/);
    await expect
      .poll(() => kept.elements().map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim()))
      .toEqual(['Shop says Shop: it will be kept so unless it is planned for that.']);
  });

  test('[CFG-103] say afterwards that their item was joined, and what stays', async () => {
    const why = { code: 'planned/joined', id: HOST, into: APP };
    const retire: PlannedValue = { kind: 'step', item: HOST, was: 'in_service', to: 'maintenance' };
    const valueOutcomes: readonly ValueOutcome[] = [
      { key: plannedKey(NAME), fate: 'kept', why: { ...why, is: 'Shop' } },
      { key: plannedKey(retire), fate: 'kept', why },
    ];
    await open([NAME, retire], { valueOutcomes, state: 'closed', result: 'successful' });
    await expect
      .element(page.getByText('Not applied: Host was joined into Shop, which says Shop', { exact: true }))
      .toBeVisible();
    await expect
      .element(page.getByText('Not applied: Host was joined into Shop', { exact: true }))
      .toBeVisible();
  });

  test('[CFG-43] say afterwards what was applied, and what was not and why', async () => {
    const valueOutcomes: readonly ValueOutcome[] = [
      { key: plannedKey(MEMORY), fate: 'applied', why: null },
      { key: plannedKey(NAME), fate: 'kept', why: { code: 'planned/changed', is: 'Host' } },
    ];
    await open([MEMORY, NAME], { valueOutcomes, state: 'closed', result: 'successful' });
    await expect.element(page.getByText('Applied', { exact: true })).toBeVisible();
    await expect
      .element(page.getByText('Not applied: it was changed meanwhile, and stays Host'))
      .toBeVisible();
    await expect.element(page.getByRole('button', { name: /^Plan no more/ })).not.toBeInTheDocument();
  });

  test('[CFG-44] say that they were left out when the change did not succeed', async () => {
    await open([MEMORY], { state: 'closed', result: 'backed_out' });
    await expect.element(page.getByText(/did not succeed, so none of this was applied/)).toBeVisible();
  });
});
