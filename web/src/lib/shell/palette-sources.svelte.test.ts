import { DEFAULT_CLASSES } from '@muster/domain/configuration';
import type { ConfigurationItem } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { ItemId, Permission } from '@muster/domain/shared';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import { whatIfOf } from '#lib/live/configuration/what-if.svelte.ts';
import type { LiveProblems } from '#lib/live/problem/live-problems.ts';
import type { LiveReleases, ReleaseRow } from '#lib/live/release/live-releases.ts';
import { aProblem, problemsHere } from '#lib/live/test-support/problem-desk.ts';
import '#lib/styles/base.css';
import CommandPalette from './CommandPalette.svelte';
import { KNOWLEDGE, WORK_PLACES } from './places.ts';
import ShellTrial from './test-support/ShellTrial.svelte';
import { ShellMuster } from './test-support/shell-muster.svelte.ts';

afterEach(() => {
  localStorage.clear();
  releases = RELEASES;
});

const [DB, MAIL] = [recordId('DB'), recordId('MAIL')];
const NAMES = new Map<ItemId, string>([
  [DB, 'db-1 of payroll'],
  [MAIL, 'Payroll by mail'],
]);
const release = (id: string, number: string, title: string) =>
  ({ id: recordId(id), number, token: id, title, label: '', state: 'building' }) as unknown as ReleaseRow;
const RELEASES = [
  release('A', 'REL-2026-00001', 'Release of REL-2026-00012 again'),
  release('B', 'REL-2026-00012', 'Payroll in autumn'),
];

let releases: readonly ReleaseRow[] = RELEASES;

/** As much of releases and configuration as the palette looks through; the rest cannot be fetched. */
class SourcesMuster extends ShellMuster {
  readonly opened: string[] = [];

  override openConfiguration(): Promise<LiveConfiguration> {
    this.opened.push('configuration');
    const held: Partial<LiveConfiguration> = {
      ...{ revision: 0, classes: DEFAULT_CLASSES },
      itemOf: (id) =>
        id === DB ? ({ id, number: 'CI-00007', class: 'server' } as ConfigurationItem) : undefined,
      nameOf: (id) => NAMES.get(id) ?? id,
      search: (words, most) =>
        [...NAMES]
          .filter(([, name]) => name.includes(words))
          .map(([id]) => id)
          .slice(0, most),
    };
    return Promise.resolve(held as LiveConfiguration);
  }

  override openProblems(): Promise<LiveProblems> {
    const fixing = {
      ...aProblem(recordId('P')),
      title: 'The gateway is full',
      state: 'fix_in_progress' as const,
    };
    return Promise.resolve(problemsHere('agent', [fixing]).problems);
  }

  override openReleases(): Promise<LiveReleases> {
    this.opened.push('releases');
    const held: Partial<LiveReleases> = {
      all: releases,
      get: (id) => releases.find((row) => row.id === id),
      find: (reference) => releases.find(({ number }) => number === reference)?.id,
    };
    return Promise.resolve(held as LiveReleases);
  }
}

async function openPalette(permissions: readonly Permission[], answer?: object) {
  const [ongo, muster] = [vi.fn(), new SourcesMuster({ rows: [], permissions })];
  const request = () => (answer === undefined ? new Promise(() => undefined) : Promise.resolve(answer));
  const given = { open: true, onopenchange: vi.fn(), places: [...WORK_PLACES, KNOWLEDGE], ongo, request };
  await render(ShellTrial, { muster, part: CommandPalette, given });
  await expect.element(page.getByPlaceholder(/A number/)).toHaveFocus();
  return { ongo, muster };
}

describe('what the palette finds beside tickets', () => {
  test('[CFG-89] are items to suppose down, asked for in words', async () => {
    const { ongo, muster } = await openPalette(['configuration.read']);
    await userEvent.keyboard('what if Payroll');
    await page.getByRole('option', { name: 'What if Payroll by mail were down?' }).click();
    expect(ongo).not.toHaveBeenCalled();
    expect([...whatIfOf(muster).down]).toEqual([MAIL]);
  });

  test('are items by number and services, each by its place on the map', async () => {
    const { ongo } = await openPalette(['configuration.read', 'change.read']);
    await userEvent.keyboard('ayroll');
    await expect
      .element(page.getByRole('option', { name: /CI-00007.*db-1 of payroll.*Server/ }))
      .toBeVisible();
    await page.getByRole('option', { name: /Payroll by mail.*Service/ }).click();
    expect(ongo).toHaveBeenCalledWith('/configuration/map?item=MAIL');
  });

  test('is led by the one whose number was typed', async () => {
    const { ongo } = await openPalette(['release.read']);
    await userEvent.keyboard('REL-2026-00012');
    await expect.element(page.getByRole('option', { name: /again/ })).toBeVisible();
    await expect.element(page.getByRole('option', { name: /autumn.*Building/ })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    expect(ongo).toHaveBeenCalledWith('/release/B');
  });

  test('are the ones that are not over before those that are, the newest first', async () => {
    const held = [
      ['C', 'completed'],
      ['D', 'planning'],
      ['E', 'building'],
      ['F', 'cancelled'],
    ].map(([id = '', state]) => ({ ...release(id, `REL-${id}`, `The firewall ${id}`), state }) as ReleaseRow);
    releases = held;
    await openPalette(['release.read']);
    await userEvent.keyboard('firewall');
    const shown = page.getByRole('option', { name: /The firewall/ });
    await expect.element(shown.first()).toBeVisible();
    const titles = shown.elements().map((each) => /REL-(.)/.exec(each.textContent)?.[1]);
    expect(titles.join('')).toBe('EDFC');
  });

  test('are led by a page whose words were typed, whatever else holds them', async () => {
    releases = [release('C', 'REL-C', 'A known error less')];
    const { ongo } = await openPalette(['problem.read', 'release.read']);
    await userEvent.keyboard('known error');
    await expect.element(page.getByRole('option', { name: /A known error less/ })).toBeVisible();
    await expect.element(page.getByRole('option').first()).toMatchTextContent(/^\s*Knowledge/);
    await userEvent.keyboard('{Enter}');
    expect(ongo).toHaveBeenCalledWith('/problem/knowledge');
  });

  test('[PRB-2] [CFG-20] is told by the server of problems and items that are not here, each once and by its page', async () => {
    const { ongo } = await openPalette(['configuration.read'], {
      problems: [
        { problem: { id: 'P', number: 'PRB-2025-00003', title: 'The payroll is late', state: 'rca' } },
      ],
      items: [
        { item: { id: 'OLD', number: 'CI-00001', name: 'payroll before', state: 'retired' } },
        { item: { id: 'DB', number: 'CI-00007', name: 'db-1 of payroll', state: 'in_service' } },
      ],
    });
    await userEvent.keyboard('payroll');
    await expect
      .element(page.getByRole('option', { name: /CI-00001.*payroll before.*Retired/ }))
      .toBeVisible();
    await page.getByRole('option', { name: /PRB-2025-00003.*late.*Root cause analysis/ }).click();
    expect(ongo).toHaveBeenCalledWith('/problem/P');
  });

  test('are problems, with their states in words', async () => {
    await openPalette(['problem.read']);
    await userEvent.keyboard('gateway');
    await expect.element(page.getByRole('option', { name: /gateway.*Fix in progress/ })).toBeVisible();
  });

  test('is opened for those alone who may read it', async () => {
    const { muster } = await openPalette(['release.read']);
    await expect.poll(() => muster.opened).toEqual(['releases']);
  });
});
