import { writeRelationRow } from '@muster/documents/configuration';
import {
  DEFAULT_CLASSES,
  DEFAULT_RELATION_TYPES,
  DependencyMap,
  impactOf,
} from '@muster/domain/configuration';
import type { ConfigurationItem } from '@muster/domain/configuration';
import { ROLE_PERMISSIONS, recordId, teamId } from '@muster/domain/shared';
import type { PersonId, RecordId } from '@muster/domain/shared';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { WhatIf, whatIfOf } from '#lib/live/configuration/what-if.svelte.ts';
import { anItem, heldConfiguration } from '#lib/live/test-support/a-configuration.ts';
import WhatIfButton from '#lib/shell/WhatIfButton.svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { makeDirectory, makeRow } from '#lib/ticket/test-support/tickets.ts';
import ChangeWhatIf from './ChangeWhatIf.svelte';
import WhatIfEntry from './WhatIfEntry.svelte';
import { concernedBy } from './concerned.ts';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];
const [team] = [...directory.teams.keys()];
const [POOL, W1, W2] = [
  recordId('01A0000000000000000000POOL'),
  recordId('01A0000000000000000000WEB1'),
  recordId('01A0000000000000000000WEB2'),
];
const ITEMS: readonly ConfigurationItem[] = [
  anItem(POOL, 'pool', 'cluster', { redundancy: [{ relation: 'members', by: 'count', minimum: 1 }] }),
  anItem(W1, 'web-1', 'virtual_machine', { team: team ?? teamId('web') }),
  anItem(W2, 'web-2', 'virtual_machine'),
];

function open(more: readonly ConfigurationItem[] = [], about: readonly RecordId[] = [W1]) {
  const actor = { id: me, name: 'Me', permissions: new Set(ROLE_PERMISSIONS.agent), teams: [] };
  const held = heldConfiguration(actor, directory, [...ITEMS, ...more], []);
  writeRelationRow(held.doc, 1, { id: '01R0000000000000000000REL1', type: 'members' }, { from: 1, to: 2 });
  writeRelationRow(held.doc, 2, { id: '01R0000000000000000000REL2', type: 'members' }, { from: 1, to: 3 });
  const rows = [
    makeRow(0, { title: 'Pages are slow', process: 'incident', state: 'in_progress', items: about }),
    makeRow(1, { title: 'Something else', process: 'incident', state: 'in_progress', items: [] }),
  ];
  const muster = new ShellMuster({
    directory,
    rows,
    permissions: ROLE_PERMISSIONS.agent.filter((each) => each !== 'change.read'),
  });
  muster.openConfiguration = () => Promise.resolve(held.live);
  return muster;
}

beforeEach(async () => {
  await page.viewport(1300, 700);
  localStorage.clear();
});
afterEach(() => localStorage.clear());

describe('what if, anywhere', () => {
  test('[CFG-89] is said below the page from the moment that an item is supposed to be down, with who is concerned', async () => {
    const muster = open();
    await render(ShellTrial, { muster, part: WhatIfEntry, given: { path: '/queue' } });
    await render(ShellTrial, { muster, part: WhatIfButton, given: { items: [W1], name: 'web-1' } });
    expect(page.getByRole('region', { name: 'What if' }).query()).toBeNull();
    await page.getByRole('button', { name: /^What if it were down/ }).click();
    const bar = page.getByRole('region', { name: 'What if' });
    await expect.element(bar.getByText('What if web-1 were down?')).toBeVisible();
    await expect.element(bar.getByText('0 services · 1 team · 1 incident · 0 changes')).toBeVisible();
    await bar.getByRole('button', { name: 'Who is concerned' }).click();
    const sheet = page.getByRole('dialog', { name: 'What if' });
    await expect.element(sheet.getByRole('link', { name: /Pages are slow/ })).toBeVisible();
    await expect.element(sheet.getByText('pool (1 of 2 up, 1 needed)')).toBeVisible();
    await sheet.getByRole('button', { name: 'End what if' }).click();
    await expect.element(bar).not.toBeInTheDocument();
    await expect
      .element(page.getByRole('button', { name: /^What if it were down/ }))
      .toHaveAttribute('aria-pressed', 'false');
  });

  test('[CFG-103] supposes the item that stays in place of one that was joined, with the work that names either', async () => {
    const twin = recordId('01A0000000000000000000TWIN');
    const muster = open([anItem(twin, 'web-1 again', 'server', { state: 'retired', sameAs: W1 })], [twin]);
    whatIfOf(muster).toggle(twin);
    await render(ShellTrial, { muster, part: WhatIfEntry, given: { path: '/queue' } });
    const bar = page.getByRole('region', { name: 'What if' });
    await expect.element(bar.getByText('0 services · 1 team · 1 incident · 0 changes')).toBeVisible();
    await bar.getByRole('button', { name: 'Who is concerned' }).click();
    const sheet = page.getByRole('dialog', { name: 'What if' });
    await expect.element(sheet.getByRole('link', { name: /Pages are slow/ })).toBeVisible();
    await expect.element(sheet.getByText('pool (1 of 2 up, 1 needed)')).toBeVisible();
  });

  test('[CFG-132] counts what falls apart from what is down itself, and teams of what is weakened apart', () => {
    const map = new DependencyMap(DEFAULT_RELATION_TYPES, ITEMS, [
      { id: 'r1', type: 'members', from: POOL, to: W1 },
      { id: 'r2', type: 'members', from: POOL, to: W2 },
    ]);
    const [own, other] = [teamId('web'), teamId('pools')];
    const concerned = (down: readonly RecordId[]) =>
      concernedBy({
        ...{ map, classes: DEFAULT_CLASSES, impact: impactOf(map, { down }) },
        teamOf: (id) => (id === POOL ? other : own),
      });
    expect(concerned([W1])).toMatchObject({ first: [W1], items: [], weakened: [{ id: POOL }] });
    expect([...concerned([W1]).teams]).toEqual([[own, 1]]);
    expect([...concerned([W1]).teamsOfWeakened]).toEqual([[other, 1]]);
    expect(concerned([W1, W2])).toMatchObject({ first: [W1, W2], items: [POOL], weakened: [] });
    expect([...concerned([W1, W2]).teams]).toEqual([
      [own, 2],
      [other, 1],
    ]);
  });

  test('[CFG-88] keeps what was said of an item that nothing reaches any more, and shows it as without effect', async () => {
    const muster = open();
    const held = await muster.openConfiguration();
    const whatIf = whatIfOf(muster);
    // the pool needs one of two: with both down it would fall, were it not said that it does not
    whatIf.toggleAll([W1, W2]);
    whatIf.override(POOL, 'not_impacted');
    await render(ShellTrial, { muster, part: WhatIfEntry, given: { path: '/queue' } });
    const bar = page.getByRole('region', { name: 'What if' });
    await expect.element(bar.getByText('What if web-1 and web-2 were down?')).toBeVisible();
    await bar.getByRole('button', { name: 'Who is concerned' }).click();
    const sheet = page.getByRole('dialog', { name: 'What if' });
    await expect.element(sheet.getByText('Held by what you said')).toBeVisible();
    expect(sheet.getByText(/^Without effect/).query()).toBeNull();
    for (const relation of ['01R0000000000000000000REL1', '01R0000000000000000000REL2'])
      expect(await held.runRelation(recordId(relation), { verb: 'remove' }).kept).toBe('kept');
    const idle = sheet.getByText(/^Without effect: pool was said not to be impacted/);
    await expect.element(idle).toBeVisible();
    expect(whatIfOf(muster).overrides.get(POOL)).toBe('not_impacted');
    await sheet.getByRole('button', { name: 'Forget it for pool' }).click();
    await expect.element(idle).not.toBeInTheDocument();
    expect(whatIfOf(muster).overrides.size).toBe(0);
  });

  test('[CFG-89] names what falls, not what was said not to', async () => {
    const muster = open();
    const whatIf = whatIfOf(muster);
    whatIf.override(POOL, 'not_impacted');
    await render(ShellTrial, { muster, part: WhatIfEntry, given: { path: '/queue' } });
    const bar = page.getByRole('region', { name: 'What if' });
    await expect.element(bar.getByText('What if: nothing is supposed to be down.')).toBeVisible();
    await expect.element(bar.getByText('1 said not to be impacted, without effect')).toBeVisible();
    whatIf.override(W1, 'impacted');
    await expect.element(bar.getByText('What if web-1 were down?')).toBeVisible();
  });

  test('[CFG-89] is not said on the map, which says it itself, nor to whoever may not read the configuration', async () => {
    const muster = open();
    whatIfOf(muster).toggle(W1);
    const here = await render(ShellTrial, {
      ...{ muster, part: WhatIfEntry },
      given: { path: '/configuration/map' },
    });
    await here.unmount();
    const other = new ShellMuster({ directory, rows: [], permissions: [] });
    await render(ShellTrial, { muster: other, part: WhatIfEntry, given: { path: '/queue' } });
    expect(page.getByRole('region', { name: 'What if' }).query()).toBeNull();
  });

  test('[CFG-89] a change supposes all that it touches at once, and says what loses its redundancy', async () => {
    const muster = open();
    await render(ShellTrial, { muster, part: ChangeWhatIf, given: { items: [W1], name: 'Patch web-1' } });
    await page.getByRole('button', { name: /^What if it were down/ }).click();
    await expect.element(page.getByText('No other service falls.')).toBeVisible();
    await expect.element(page.getByText('Redundancy lost: pool (1 of 2 up, 1 needed).')).toBeVisible();
  });

  test('[CFG-87] what one part of the page supposes the others hear, also where nothing can be kept, and each may undo it', () => {
    const nowhere = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
      removeItem: () => undefined,
    };
    const [one, other] = [new WhatIf(nowhere, 'trial'), new WhatIf(nowhere, 'trial')];
    const seen: number[] = [];
    const stop = $effect.root(() => {
      $effect(() => void seen.push(other.down.size));
    });
    flushSync();
    one.toggleAll([W1, W2]);
    flushSync();
    expect(seen).toEqual([0, 2]);
    other.undo();
    flushSync();
    expect(seen).toEqual([0, 2, 0]);
    stop();
  });

  test('is for a phone, too', async () => {
    await page.viewport(390, 844);
    const muster = open();
    whatIfOf(muster).toggleAll([W1, W2]);
    await render(ShellTrial, { muster, part: WhatIfEntry, given: { path: '/queue' } });
    await expect.element(page.getByText('What if web-1 and web-2 were down?')).toBeVisible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });
});
