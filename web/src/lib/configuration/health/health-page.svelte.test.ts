import { writeConfigurationRules } from '@muster/documents/configuration';
import { DEFAULT_CONFIGURATION_RULES, DEFAULT_HEALTH } from '@muster/domain/configuration';
import type { ConfigurationItem } from '@muster/domain/configuration';
import { ROLE_PERMISSIONS, recordId } from '@muster/domain/shared';
import type { CommandEnvelope, CommandOutcome, Permission, PersonId } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Api } from '#lib/connection/api.ts';
import { NOW, anItem, heldConfiguration } from '#lib/live/test-support/a-configuration.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import ItemPage from '../record/ItemPage.svelte';
import HealthPage from './HealthPage.svelte';
import { healthCsv, judge } from './judged.ts';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];
const [team] = [...directory.teams.keys()];
const [APP, TWIN, OLD] = [
  recordId('01A00000000000000000000APP'),
  recordId('01A0000000000000000000TWIN'),
  recordId('01A00000000000000000000OLD'),
];
const YEAR = 365 * 24 * 60 * 60 * 1000;
const LONG_AGO = Date.now() - YEAR;
const ITEMS: readonly ConfigurationItem[] = [
  anItem(APP, 'Payroll', 'application', {
    ...{ owner: me, team: team ?? null, updatedAt: LONG_AGO },
    care: { confirmedAt: null, askedAt: LONG_AGO + 1, different: [] },
  }),
  anItem(TWIN, 'Payrol', 'application', { updatedAt: Date.now() }),
  anItem(OLD, 'Payroll', 'application', { state: 'disposed' }),
];

async function open(
  part: 'page' | 'item',
  { items = ITEMS, permissions = ROLE_PERMISSIONS.agent, query = '' } = {} as {
    items?: readonly ConfigurationItem[];
    permissions?: readonly Permission[];
    query?: string;
  },
) {
  const actor = { id: me, name: 'Me', permissions: new Set(permissions), teams: [] };
  const held = heldConfiguration(actor, directory, items, []);
  const muster = new ShellMuster({ directory, permissions });
  muster.openConfiguration = () => Promise.resolve(held.live);
  const [gone, sent]: [string[], CommandEnvelope[]] = [[], []];
  const api: Partial<Api> = {
    commands: (batch) => {
      sent.push(...batch);
      return Promise.resolve(batch.map(({ id }): CommandOutcome => ({ id, outcome: 'applied', version: 1 })));
    },
  };
  await (part === 'item'
    ? render(ShellTrial, { muster, part: ItemPage, given: { id: APP }, api: api as Api })
    : render(ShellTrial, {
        ...{ muster, part: HealthPage, api: api as Api },
        given: {
          query: new URLSearchParams(query),
          onfilter: (address: string) => void gone.push(address),
        },
      }));
  return { ...held, gone, sent };
}

beforeEach(() => page.viewport(1300, 1000));

describe('the health of the configuration', () => {
  test('[CFG-52] is a score with a bar for each class, and a list of what lacks something, with ways to it', async () => {
    const { gone } = await open('page');
    await expect.element(page.getByText('38 of 100').first()).toBeVisible();
    const bars = page.getByRole('list', { name: 'Health by class' });
    await expect
      .element(bars.getByRole('link', { name: /Application.*2 items · 2 incomplete · 1 stale/ }))
      .toHaveAttribute('href', '/configuration/health?class=application');
    const list = page.getByRole('list', { name: 'Items that lack something' });
    await expect.element(list.getByText(/Nobody owns it · No team answers for it/)).toBeVisible();
    await expect
      .element(list.getByRole('link', { name: 'Payroll' }))
      .toHaveAttribute('href', `/configuration/${APP}`);
    await page.getByRole('combobox', { name: 'What is wrong' }).selectOptions('Nobody owns it');
    expect(gone).toEqual(['/configuration/health?lacks=no-owner']);
  });

  test('[CFG-52] shows what one is to look at oneself', async () => {
    await open('page', { query: 'mine=1' });
    await expect.element(page.getByText('1 item', { exact: true })).toBeVisible();
    await expect.element(page.getByRole('checkbox', { name: 'Mine alone' })).toBeChecked();
  });

  test('[CFG-57] proposes what may be the same, until somebody tells it apart', async () => {
    const { outbox } = await open('page');
    const pairs = page.getByRole('list', { name: 'Items that may be the same' });
    await expect.element(pairs.getByText('Application: names that are alike')).toBeVisible();
    await pairs.getByRole('button', { name: /They are different/ }).click();
    await expect.element(page.getByText('No two items look the same.')).toBeVisible();
    expect(outbox.types).toEqual(['item.tell-apart']);
  });

  test('[CFG-37] joins two that are the same, after what moves was said, for who manages the configuration', async () => {
    const { outbox } = await open('page', { permissions: ROLE_PERMISSIONS['team-lead'] });
    await page.getByRole('button', { name: /^Join them/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Join two items that are the same' });
    await expect.element(dialog.getByText('No relation moves.')).toBeVisible();
    await expect.element(dialog.getByText('No value is taken over.')).toBeVisible();
    await dialog.getByRole('combobox', { name: 'Which one stays' }).selectOptions(TWIN);
    await expect.element(dialog.getByText('Taken over: owner, team.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Join them' }).click();
    await expect.element(dialog).not.toBeInTheDocument();
    expect(outbox.commands[0]?.envelope).toMatchObject({
      ...{ type: 'item.join', target: TWIN, args: { other: APP } },
    });
  });

  test('[CFG-37] offers no joining to whoever may not manage the configuration', async () => {
    await open('page');
    await expect.element(page.getByRole('button', { name: /They are different/ })).toBeVisible();
    expect(page.getByRole('button', { name: /^Join them/ }).query()).toBeNull();
  });

  test('[CFG-58] when items are stale is set by those who manage the configuration, also for a class', async () => {
    const { sent } = await open('page', { permissions: ROLE_PERMISSIONS['team-lead'] });
    await page.getByRole('button', { name: 'When items are stale' }).click();
    const dialog = page.getByRole('dialog', { name: 'When items are stale' });
    await dialog
      .getByRole('textbox', { name: /^Stale after so many days/ })
      .first()
      .fill('0');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.element(dialog.getByText(/Say whole days/)).toBeVisible();
    await dialog
      .getByRole('textbox', { name: /^Stale after so many days/ })
      .first()
      .fill('');
    await dialog.getByRole('combobox', { name: 'Otherwise for a class' }).selectOptions('Server');
    await dialog.getByRole('textbox', { name: /of this class/ }).fill('30');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.element(dialog).not.toBeInTheDocument();
    expect(sent[0]).toMatchObject({
      type: 'configuration.set-health',
      args: { health: { staleDays: null, againDays: 30, classes: { server: { staleDays: 30 } } } },
    });
  });

  test('[CFG-58] what is set is set over what was there when the form was opened, and over nothing newer', async () => {
    const { rules, live, sent } = await open('page', { permissions: ROLE_PERMISSIONS['team-lead'] });
    const basis = live.rulesVersion;
    await page.getByRole('button', { name: 'When items are stale' }).click();
    const theirs = { ...DEFAULT_HEALTH, classes: { server: { staleDays: 7 } } };
    writeConfigurationRules(rules, {
      ...DEFAULT_CONFIGURATION_RULES,
      ...{ version: basis + 1, health: theirs },
    });
    expect(live.rulesVersion).toBe(basis + 1);
    const dialog = page.getByRole('dialog', { name: 'When items are stale' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.element(dialog).not.toBeInTheDocument();
    expect(sent[0]).toMatchObject({ args: { health: DEFAULT_HEALTH }, basis });
  });

  test('teaches where there is nothing, and is for a phone, too', async () => {
    await page.viewport(390, 844);
    await open('page', { items: [] });
    await expect.element(page.getByText('Nothing to judge yet')).toBeVisible();
    await open('page');
    await expect.element(page.getByText('38 of 100').first()).toBeVisible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });

  test('is taken along as a table in which nothing is a formula', () => {
    const { classes, map } = heldConfiguration(
      { id: me, name: 'Me', permissions: new Set(), teams: [] },
      directory,
      [],
    ).live;
    const facts = { classes, map, now: NOW, health: DEFAULT_HEALTH, isHere: () => true };
    const { all } = judge([anItem(APP, '=1+1', 'application')], facts);
    const text = healthCsv(all, {
      class: () => 'Application',
      person: () => '',
      team: () => '',
      fault: ({ fault }) => fault,
    });
    expect(text.split('\r\n')[1]).toBe("CI-2026-00001,'=1+1,Application,,,25,no-owner; no-team; no-relation");
  });
});

describe('the health of one item', () => {
  test('[CFG-53] [CFG-55] says what it lacks and that its owner was asked, who confirms that it is right', async () => {
    const { outbox, live } = await open('item');
    await expect.element(page.getByText(/You were asked on .* to look at this/)).toBeVisible();
    await expect.element(page.getByText('It is related to nothing')).toBeVisible();
    await page.getByRole('button', { name: 'Confirm that this is right' }).click();
    await expect.poll(() => live.itemOf(APP)?.care?.confirmedAt).toBeTruthy();
    expect(outbox.types).toEqual(['item.confirm']);
  });
});
