import { writeItemRow } from '@muster/documents/configuration';
import type { ConfigurationItem, HistoryEvent } from '@muster/domain/configuration';
import { ROLE_PERMISSIONS, recordId } from '@muster/domain/shared';
import type { Permission, PersonId, Recorded } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Api } from '#lib/connection/api.ts';
import { BoundaryError } from '#lib/connection/boundary-error.ts';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import { NOW, anItem, heldConfiguration } from '#lib/live/test-support/a-configuration.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { makeDirectory, makeRow } from '#lib/ticket/test-support/tickets.ts';
import ItemPage from './ItemPage.svelte';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];
const [APP, HOST] = [recordId('01A00000000000000000000APP'), recordId('01A0000000000000000000HOST')];
const ITEMS: readonly ConfigurationItem[] = [
  anItem(APP, 'Shop', 'application'),
  anItem(HOST, 'Host', 'server', { attributes: { memory_gb: 64 } }),
];
const MADE: Recorded<HistoryEvent> = {
  ...{ seq: 1, version: 1, actor: me, at: NOW, clientAt: NOW },
  event: {
    ...{ type: 'made', number: 'CI-2026-00001', state: 'in_service' },
    fields: {
      ...{ class: 'server', name: 'Host', owner: null, team: null, criticality: null },
      ...{ attributes: { memory_gb: 32 }, redundancy: [] },
    },
  },
};

const ROWS = [
  makeRow(1, { title: 'Host is slow', items: [HOST] }),
  makeRow(2, { title: 'Host was slow', items: [HOST], state: 'closed' }),
  makeRow(3, { title: 'Shop is slow', items: [APP] }),
];

async function open({
  items = ITEMS,
  permissions = ROLE_PERMISSIONS.agent,
  history = [MADE],
  prepare = () => undefined,
  journal,
  api = { request: () => Promise.reject(new Error('not asked')) },
}: {
  items?: readonly ConfigurationItem[];
  permissions?: readonly Permission[];
  history?: readonly Recorded<HistoryEvent>[];
  prepare?: (muster: ShellMuster) => void;
  journal?: ReturnType<LiveConfiguration['openJournal']>;
  api?: Pick<Api, 'request'>;
} = {}) {
  const actor = { id: me, name: 'Me', permissions: new Set(permissions), teams: [] };
  const held = heldConfiguration(actor, directory, items, history);
  const muster = new ShellMuster({ directory, permissions, rows: ROWS });
  prepare(muster);
  if (journal !== undefined) held.live.openJournal = () => journal;
  muster.openConfiguration = () => Promise.resolve(held.live);
  await render(ShellTrial, { muster, part: ItemPage, given: { id: HOST }, api });
  return held;
}

beforeEach(() => page.viewport(1300, 900));

describe('the page of an item', () => {
  test('[CFG-22] shows what it says of itself, and sends what is said otherwise alone', async () => {
    const { outbox, live } = await open();
    await expect.element(page.getByRole('heading', { level: 1, name: 'Host' })).toBeVisible();
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Memory (GB)' }).fill('lots');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.element(page.getByText(/the Memory \(GB\) does not fit/i)).toBeVisible();
    expect(outbox.types).toEqual([]);
    await page.getByRole('textbox', { name: 'Memory (GB)' }).fill('128');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(live.itemOf(HOST)?.attributes).toEqual({ memory_gb: 128 });
    const [sent] = outbox.commands;
    expect(sent?.envelope.args).toMatchObject({ fields: { attributes: { memory_gb: 128 } } });
  });

  test('[CFG-29] says how many of those that it hangs on must stand, and refuses what cannot be', async () => {
    const { outbox, live } = await open();
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Say how many must stand' }).click();
    await page.getByRole('combobox', { name: 'Hangs on by' }).selectOptions('Powered by');
    const atLeast = page.getByRole('spinbutton', { name: 'At least' });
    await atLeast.fill('150');
    await page.getByRole('combobox', { name: 'Counted as' }).selectOptions('% of them');
    await expect.element(page.getByText('A whole number from 1 to 100')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await atLeast.fill('50');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    const redundancy = [{ relation: 'powered_by', by: 'percent', minimum: 50 }];
    expect(outbox.commands.map(({ envelope }) => envelope.args)).toEqual([{ fields: { redundancy } }]);
    expect(live.itemOf(HOST)?.redundancy).toEqual(redundancy);
    await expect.element(page.getByText('Powered by: at least 50 % must stand')).toBeVisible();
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Take away the redundancy by “Powered by”' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.element(page.getByText(/must stand/)).not.toBeInTheDocument();
    expect(live.itemOf(HOST)?.redundancy).toEqual([]);
  });

  test('[CFG-22] changes what differs from what stood when the form was opened, and nothing that others said since', async () => {
    const { doc, outbox, live } = await open();
    await page.getByRole('button', { name: 'Edit' }).click();
    const memory = page.getByRole('textbox', { name: 'Memory (GB)' });
    await expect.element(memory).toHaveValue('64');
    const theirs = {
      ...{ version: 2, name: 'Host of the shop', owner: me, criticality: 1 as const },
      attributes: { memory_gb: 64, vendor: 'Dell' },
    };
    writeItemRow(doc, 2, anItem(HOST, 'Host', 'server', theirs));
    await expect.element(page.getByRole('heading', { level: 1, name: 'Host of the shop' })).toBeVisible();
    await memory.fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(outbox.commands.map(({ envelope }) => [envelope.args, envelope.basis])).toEqual([
      [{ fields: { attributes: { memory_gb: null } } }, 1],
    ]);
    expect(live.itemOf(HOST)).toMatchObject({
      ...{ name: 'Host of the shop', owner: me, criticality: 1, attributes: { vendor: 'Dell' } },
    });
  });

  test('[CFG-4] offers the relations that two classes may have, and says before it is sent what stands against one', async () => {
    const { outbox, live } = await open();
    const relate = async () => {
      await page.getByRole('button', { name: 'Add a relation' }).click();
      await page.getByRole('combobox', { name: 'Other item or service' }).click();
      await page.getByRole('option', { name: /^Shop/ }).click();
    };
    await relate();
    const way = page.getByRole('combobox', { name: 'How Host is related to it' });
    await way.selectOptions('Runs');
    await page.getByRole('button', { name: 'Add it' }).click();
    await expect.element(page.getByRole('link', { name: 'Shop' })).toBeVisible();
    expect(outbox.types).toEqual(['relation.add']);
    expect([...live.map.carriedBy(HOST)].map(({ other }) => other)).toEqual([APP]);
    await relate();
    await way.selectOptions('Runs');
    await expect
      .element(page.getByText('This cannot be: they are related in this way already.'))
      .toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Add it' })).toBeDisabled();
  });

  test('[CFG-3] steps through its life, and may say why it is retired', async () => {
    const { live } = await open();
    await page.getByRole('button', { name: 'In maintenance' }).click();
    await expect.poll(() => live.itemOf(HOST)?.state).toBe('maintenance');
    await page.getByRole('button', { name: 'Retired' }).click();
    const dialog = page.getByRole('dialog');
    await expect.element(dialog.getByText('Nothing hangs on it.')).toBeVisible();
    await expect
      .element(dialog.getByRole('link', { name: /Host is slow/ }))
      .toHaveAttribute('href', expect.stringMatching(/^\/record\//));
    expect(dialog.getByText('Shop is slow').query()).toBeNull();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Why' }).fill('Too old');
    await page.getByRole('dialog').getByRole('button', { name: 'Retired' }).click();
    await expect.element(page.getByText('It takes no new tickets and no new changes.')).toBeVisible();
  });

  test('[CFG-26] says who decides on a retirement that waits, and takes the answer of who may', async () => {
    const suspended = { to: 'retired', reason: null, by: me, at: NOW } as const;
    const waits = anItem(HOST, 'Host', 'server', { owner: me, suspended });
    const { live } = await open({ items: [waits] });
    await expect.element(page.getByText(/Open incidents name it, so .* decides/)).toBeVisible();
    const named = page.getByRole('list', { name: 'Open incidents that name it' });
    await expect.element(named.getByRole('link', { name: /Host is slow/ })).toBeVisible();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await expect.poll(() => live.itemOf(HOST)?.suspended).toBeNull();
  });

  test('[CFG-30] tells how it stood at the end of a day, and that it was not there before', async () => {
    await open();
    const day = page.getByLabelText('How it stood at the end of a day');
    await day.fill('2026-12-31');
    await expect
      .element(page.getByRole('region', { name: 'As it stood' }))
      .toHaveTextContent('Host, Server, in service Memory (GB) 32');
    expect(page.getByRole('region', { name: 'As it stood' }).getByText('Team').query()).toBeNull();
    await day.fill('2020-01-01');
    await expect.element(page.getByText('It was not there yet.')).toBeVisible();
  });

  test('[CFG-30] tells also what it said then and its class has no more, by its id', async () => {
    const { event } = MADE;
    const fields = event.type === 'made' && { ...event.fields, attributes: { slot: 7, memory_gb: 32 } };
    await open({ history: [{ ...MADE, event: { ...event, fields } as HistoryEvent }] });
    await page.getByLabelText('How it stood at the end of a day').fill('2026-12-31');
    await expect
      .element(page.getByRole('region', { name: 'As it stood' }))
      .toMatchTextContent(/^Host, Server, in service Memory \(GB\) 32\s*slot 7$/);
  });

  test('[CFG-30] tells what was changed from what to what, people and teams by name', async () => {
    const [team] = [...directory.teams.values()];
    const edited: Recorded<HistoryEvent> = {
      ...{ seq: 2, version: 2, actor: me, at: NOW, clientAt: NOW },
      event: {
        type: 'edited',
        fields: {
          ...{ name: 'Host', team: team?.id ?? null, criticality: 1 },
          redundancy: [{ relation: 'powered_by', by: 'percent', minimum: 50 }],
        },
        before: { name: 'Hots', team: null, criticality: null, redundancy: [] },
      },
    };
    await open({ history: [MADE, edited] });
    const card = page.getByRole('region', { name: 'History' });
    await expect.poll(() => card.element().textContent).toContain('changed the name from “Hots” to “Host”');
    await expect
      .poll(() => card.element().textContent)
      .toContain(`the team from no team to ${team?.name ?? ''}, the criticality from none to 1`);
    await expect
      .poll(() => card.element().textContent)
      .toMatch(/the redundancy from none to “Powered by: at least 50 %”/i);
    // and how it stood at the end of a day
    await page.getByLabelText('How it stood at the end of a day').fill('2026-12-31');
    const stood = page.getByRole('region', { name: 'As it stood' });
    await expect
      .poll(() =>
        stood
          .getByRole('definition')
          .elements()
          .map(({ textContent }) => textContent),
      )
      .toEqual([team?.name, '1', expect.stringMatching(/^“Powered by: at least 50 %”$/i), '32']);
  });

  test('[CFG-30] says that a history which was never opened here takes a network', async () => {
    const never = { loaded: false, events: [], close: () => undefined };
    await open({
      prepare: (muster) => (muster.facts.connection = 'offline'),
      journal: never,
    });
    await expect.element(page.getByText(/was never opened on this device/)).toBeVisible();
  });

  test('[CFG-20] [DSK-220] shows what names it: open incidents, problems and known errors, each with a link', async () => {
    const problem = { id: APP, number: 'PRB-2026-00001', token: '', title: 'It gets slow', state: 'rca' };
    const known = { id: HOST, kind: 'known-error', title: 'Restart it', state: 'published', items: [HOST] };
    await open({
      prepare: (muster) => {
        muster.openProblems = () => Promise.resolve({ all: [{ ...problem, items: [HOST] }] } as never);
        muster.openKnownErrors = () => Promise.resolve({ all: [known] } as never);
        muster.openChanges = () => Promise.resolve({ all: [] } as never);
      },
    });
    const card = page.getByRole('region', { name: 'Work on it' });
    await expect.element(card.getByRole('link', { name: /Host is slow/ })).toBeVisible();
    await expect
      .element(card.getByRole('link', { name: /PRB-2026-00001 It gets slow/ }))
      .toHaveAttribute('href', `/problem/${APP}`);
    await expect.element(card.getByRole('link', { name: /Known error Restart it/ })).toBeVisible();
    expect(card.getByText('Host was slow').query()).toBeNull();
    expect(card.getByText('Shop is slow').query()).toBeNull();
    const all = card.getByRole('link', { name: 'All in the queue' });
    await expect.element(all).toHaveAttribute('href', expect.stringContaining(`item%3A${HOST}+state%3Aopen`));
  });

  test('[CFG-20] asks for no problems and changes where they may not be read', async () => {
    const asked: string[] = [];
    await open({
      permissions: ['configuration.read'],
      prepare: (muster) => {
        muster.openProblems = () => (asked.push('problems'), Promise.reject(new Error('not here')));
        muster.openChanges = () => (asked.push('changes'), Promise.reject(new Error('not here')));
      },
    });
    await expect.element(page.getByRole('region', { name: 'Work on it' })).toBeVisible();
    expect(asked).toEqual([]);
  });

  test('[CFG-37] offers to join it with another, and shows on the one that stays what names the other', async () => {
    const twin = recordId('01A0000000000000000000TWIN');
    const mid = recordId('01A00000000000000000000MID');
    const gone = { state: 'retired' } as const;
    // joined into one that was joined itself
    const old = anItem(APP, 'Old host', 'server', { ...gone, sameAs: mid });
    const { outbox } = await open({
      items: [
        ...[anItem(HOST, 'Host', 'server'), old, anItem(twin, 'Host 2', 'server')],
        anItem(mid, 'Older host', 'server', { ...gone, sameAs: HOST }),
      ],
      permissions: ROLE_PERMISSIONS['team-lead'],
    });
    const work = page.getByRole('region', { name: 'Work on it' });
    await expect.element(work.getByRole('link', { name: /Shop is slow/ })).toBeVisible();
    await page.getByRole('button', { name: 'Join with another' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Which other item is the same' }).click();
    expect(page.getByRole('option', { name: /Old host/ }).query()).toBeNull();
    await page.getByRole('option', { name: /^Host 2/ }).click();
    await dialog.getByRole('button', { name: 'Join them' }).click();
    await expect.poll(() => outbox.types).toEqual(['item.join']);
  });

  test('[CFG-37] leads from one that was joined into another to that', async () => {
    await open({
      items: [
        anItem(HOST, 'Old host', 'server', { state: 'retired', sameAs: APP }),
        anItem(APP, 'New host', 'server'),
      ],
    });
    await expect
      .element(page.getByRole('link', { name: 'New host' }))
      .toHaveAttribute('href', `/configuration/${APP}`);
  });

  test('[CFG-20] lets who may only read change nothing', async () => {
    await open({ permissions: ['configuration.read'] });
    await expect.element(page.getByRole('heading', { level: 1, name: 'Host' })).toBeVisible();
    for (const name of ['Edit', 'Add a relation', 'Retired'])
      expect(page.getByRole('button', { name }).query()).toBeNull();
  });
});

describe('the page of an item that is not on this device', () => {
  test('[CFG-59] shows what the server kept of it, with its history, and offers nothing to do', async () => {
    const asked: string[] = [];
    const item = anItem(HOST, 'Old host', 'server', { state: 'disposed', attributes: { memory_gb: 32 } });
    await open({
      items: [],
      api: {
        request: (path: string) => {
          asked.push(path);
          return Promise.resolve({ item, relations: [], history: [MADE] });
        },
      },
    });
    await expect.element(page.getByRole('heading', { level: 1, name: 'Old host' })).toBeVisible();
    await expect.element(page.getByText(/is kept in the archive/)).toBeVisible();
    await expect.element(page.getByText('Memory (GB)')).toBeVisible();
    await expect.element(page.getByText(/made it, in service/)).toBeVisible();
    for (const name of ['Edit', 'Retired', 'Add a relation'])
      expect(page.getByRole('button', { name }).query()).toBeNull();
    expect(asked).toEqual([`/api/configuration/items/${HOST}`]);
  });

  test('[CFG-59] says without a network that the archive takes one, and looks again', async () => {
    let isThere = false;
    const item = anItem(HOST, 'Old host', 'server', { state: 'disposed' });
    await open({
      items: [],
      prepare: (muster) => (muster.facts.connection = 'offline'),
      api: {
        request: () =>
          isThere
            ? Promise.resolve({ item, relations: [], history: [] })
            : Promise.reject(new BoundaryError('network', 'The server cannot be reached.')),
      },
    });
    await expect.element(page.getByText(/reading it takes a network/)).toBeVisible();
    isThere = true;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(page.getByRole('heading', { level: 1, name: 'Old host' })).toBeVisible();
  });

  test('[CFG-59] says that there is none where the server knows of none', async () => {
    await open({
      items: [],
      api: {
        request: () => Promise.reject(new BoundaryError('not-found', 'There is no such thing.')),
      },
    });
    await expect.element(page.getByText('There is no such item')).toBeVisible();
  });
});
