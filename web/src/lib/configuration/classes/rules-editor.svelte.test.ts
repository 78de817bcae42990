import { writeConfigurationRules } from '@muster/documents/configuration';
import { DEFAULT_CONFIGURATION_RULES } from '@muster/domain/configuration';
import type { ConfigurationRules } from '@muster/domain/configuration';
import { ROLE_PERMISSIONS, recordId } from '@muster/domain/shared';
import type { CommandEnvelope, CommandOutcome, PersonId } from '@muster/domain/shared';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { anItem, heldConfiguration } from '#lib/live/test-support/a-configuration.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import ClassesPage from './ClassesPage.svelte';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];
const HOST = recordId('01A0000000000000000000HOST');
const permissions = [...ROLE_PERMISSIONS['team-lead'], 'configuration.manage'] as const;

const OTHERS: ConfigurationRules = {
  ...DEFAULT_CONFIGURATION_RULES,
  classes: [
    ...DEFAULT_CONFIGURATION_RULES.classes,
    { id: 'robot', name: 'Robot', parent: 'device', abstract: false, attributes: [] },
  ],
  ...{ version: 2, updatedAt: 2 },
};

async function open(
  answer: Partial<CommandOutcome> = { outcome: 'applied' },
  set: ConfigurationRules | null = null,
  items = [anItem(HOST, 'Host', 'server')],
) {
  const actor = { id: me, name: 'Me', permissions: new Set(permissions), teams: [] };
  const held = heldConfiguration(actor, directory, items);
  if (set !== null) writeConfigurationRules(held.rules, set);
  const muster = new ShellMuster({ directory, permissions });
  muster.openConfiguration = () => Promise.resolve(held.live);
  const sent: CommandEnvelope[] = [];
  const commands = (batch: readonly CommandEnvelope[]) => {
    sent.push(...batch);
    return Promise.resolve(batch.map(({ id }) => ({ id, version: 1, ...answer }) as CommandOutcome));
  };
  const shown = await render(ShellTrial, {
    muster,
    part: ClassesPage,
    given: {},
    api: { commands } as never,
  });
  return { ...held, sent, shown };
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const choose = (name: string) =>
  page.getByRole('navigation', { name: 'Classes' }).getByRole('button', { name, exact: true }).click();
const sentRules = ({ sent }: { sent: readonly CommandEnvelope[] }) =>
  sent.map(({ args }) => args as Pick<ConfigurationRules, 'classes' | 'types'>);

beforeEach(() => page.viewport(1300, 900));
afterEach(() => {
  vi.restoreAllMocks();
  sessionStorage.clear();
});

describe('the editor of classes and relations', () => {
  test('[CFG-71] edits where the browser keeps nothing and forbids to look, too', async () => {
    vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    });
    await open();
    await choose('Server');
    await expect.element(page.getByRole('heading', { name: 'Server' })).toBeVisible();
  });

  test('[CFG-70] makes a class with an attribute, and sets it once it was looked at', async () => {
    const opened = await open();
    await expect.element(page.getByText(/No class is chosen/)).toBeVisible();
    await choose('Physical device abstract');
    await button('New class').click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Robot');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('heading', { name: 'Robot' })).toBeVisible();
    await expect.element(page.getByText(/from Physical device/).first()).toBeVisible();
    await page.getByRole('textbox', { name: 'New attribute' }).fill('Arm');
    await userEvent.keyboard('{Enter}');
    await page.getByLabelText('Says').selectOptions('One of several');
    await expect.element(page.getByText(/has nothing to choose from/)).toBeVisible();
    await page.getByLabelText('Choices').fill('left\nright\n');
    await page.getByRole('checkbox', { name: /^Required/ }).click();
    await button('Review and set').click();
    await expect.element(page.getByText(/Class “Robot” is made/)).toBeVisible();
    await button('Set them').click();
    await expect.element(page.getByText(/is not set yet/)).not.toBeInTheDocument();
    expect(opened.sent).toMatchObject([{ type: 'configuration.set-rules', basis: 0 }]);
    expect(sentRules(opened)[0]?.classes.at(-1)).toEqual({
      ...{ id: 'robot', name: 'Robot', parent: 'device', abstract: false },
      attributes: [
        {
          ...{ id: 'arm', name: 'Arm', kind: 'choice', required: true, identifies: false },
          choices: ['left', 'right'],
        },
      ],
    });
  });

  test('[CFG-72] names what would not conform, and sets nothing', async () => {
    const { sent } = await open();
    await choose('Server');
    await page.getByRole('checkbox', { name: /^Required/ }).click();
    await button('Review and set').click();
    await expect.element(page.getByRole('link', { name: /^Host: say the Memory/ })).toBeVisible();
    await expect.element(button('Set them')).toBeDisabled();
    await button('Back').click();
    await choose('Physical device abstract');
    await button('Remove class').click();
    await button('Review and set').click();
    await expect.element(page.getByText(/“Rack” is a kind of a class that is removed/)).toBeVisible();
    expect(sent).toEqual([]);
  });

  test('[CFG-71] undoes step by step, a word at once, and discards all', async () => {
    await open();
    await choose('Rack');
    await page.getByRole('textbox', { name: 'Name' }).fill('');
    await page.getByRole('textbox', { name: 'Name' }).fill('Cabinet');
    await page.getByRole('checkbox', { name: /^Abstract/ }).click();
    await button('Undo').click();
    await expect.element(page.getByRole('checkbox', { name: /^Abstract/ })).not.toBeChecked();
    await expect.element(page.getByRole('heading', { name: 'Cabinet' })).toBeVisible();
    await button('Undo').click();
    await expect.element(page.getByRole('heading', { name: 'Rack' })).toBeVisible();
    await expect.element(button('Undo')).toBeDisabled();
    await page.getByRole('textbox', { name: 'Name' }).fill('Frame');
    await button('Discard').click();
    await expect.element(page.getByRole('heading', { name: 'Rack' })).toBeVisible();
    await expect.element(button('Review and set')).toBeDisabled();
  });

  test('[CFG-71] keeps what was edited in the tab, and says when others were set meanwhile', async () => {
    const first = await open();
    await choose('Rack');
    await page.getByRole('textbox', { name: 'Name' }).fill('Cabinet');
    await first.shown.unmount();
    const again = await open();
    await expect
      .element(page.getByRole('navigation', { name: 'Classes' }).getByText(/Cabinet/))
      .toBeVisible();
    // what is expected of items is set apart from both
    const health = { staleDays: 30, againDays: 7, classes: {} };
    writeConfigurationRules(again.rules, {
      ...DEFAULT_CONFIGURATION_RULES,
      health,
      version: 1,
      updatedAt: 1,
    });
    await button('Review and set').click();
    await button('Set them').click();
    await expect.poll(() => again.sent.map(({ basis }) => basis)).toEqual([1]);
    await expect.element(button('Set them')).not.toBeInTheDocument();
    await choose('Rack');
    await page.getByRole('textbox', { name: 'Name' }).fill('Shelf');
    writeConfigurationRules(again.rules, OTHERS);
    await expect.element(page.getByText(/Somebody set other classes or relations meanwhile/)).toBeVisible();
    await expect.element(button('Review and set')).toBeDisabled();
    await button('Discard').click();
    await expect.element(page.getByText(/Somebody set other/)).not.toBeInTheDocument();
  });

  test('[CFG-71] says that others were set while the page was closed, and shows what was edited', async () => {
    const first = await open();
    await choose('Rack');
    await page.getByRole('textbox', { name: 'Name' }).fill('Cabinet');
    await first.shown.unmount();
    await open({}, OTHERS);
    await expect.element(page.getByText(/Somebody set other classes or relations meanwhile/)).toBeVisible();
    await expect
      .element(page.getByRole('navigation', { name: 'Classes' }).getByText(/Cabinet/))
      .toBeVisible();
    await expect.element(button('Review and set')).toBeDisabled();
    await button('Discard').click();
    await expect.element(page.getByRole('navigation', { name: 'Classes' }).getByText(/Robot/)).toBeVisible();
  });

  test('[CFG-72] names items that would be identified by the same', async () => {
    const attributes = { memory_gb: 64 };
    await open({}, null, [
      anItem(HOST, 'Host', 'server', { attributes }),
      anItem(recordId('01A0000000000000000000TWIN'), 'Twin', 'server', { attributes }),
    ]);
    await choose('Server');
    await page.getByRole('checkbox', { name: /^Identifies/ }).click();
    await button('Review and set').click();
    await expect.element(page.getByRole('link', { name: /^Twin: Host has the same Memory/ })).toBeVisible();
    await expect.element(button('Set them')).toBeDisabled();
  });

  test('[CFG-72] says what the server refused, and keeps what was edited', async () => {
    await open({
      outcome: 'refused',
      refusal: { code: 'configuration/rules-moved', by: me, at: 1 },
    } as never);
    await page.getByRole('tab', { name: /Relations/ }).click();
    await button('Contains Contained by').click();
    await page.getByLabelText('Impact').selectOptions('A failure of the first reaches the second');
    await page.getByLabelText('First', { exact: true }).selectOptions('rack');
    await page.getByLabelText('Second', { exact: true }).selectOptions('server');
    await button('Add pair').click();
    await button('Review and set').click();
    await expect.element(page.getByText(/may go from Rack to Server/)).toBeVisible();
    await button('Set them').click();
    await expect.element(page.getByText(/set them meanwhile; look at theirs first/)).toBeVisible();
    await button('Back').click();
    await expect.element(page.getByText(/is not set yet/)).toBeVisible();
  });
});
