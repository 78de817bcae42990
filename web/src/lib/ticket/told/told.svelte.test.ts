import { personId } from '@muster/domain/shared';
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import '#lib/styles/base.css';
import ToldList from './ToldList.svelte';
import { byPerson } from './receipts.ts';
import type { Receipt } from './receipts.ts';

const [first, second] = [...makeDirectory().people.values()];
const told = (changes: Partial<Receipt>): Receipt => ({
  person: first?.id ?? personId(''),
  kind: 'escalated',
  toldAt: 1_000,
  seenAt: null,
  acknowledgedAt: null,
  mail: null,
  push: null,
  ...changes,
});

const show = (given: Record<string, unknown>) =>
  render(ShellTrial, {
    muster: new ShellMuster(),
    part: ToldList,
    given: { failed: false, onagain: vi.fn(), ...given },
  });

describe('who was told', () => {
  it('[DSK-118] says of each person once how far the newest came', async () => {
    const newest = told({ seenAt: 2_000, mail: { state: 'sent', at: 1_500 } });
    const failed = told({
      person: second?.id ?? personId(''),
      mail: { state: 'failed', at: 1_600 },
      push: { state: 'sent', at: 1_700 },
    });
    const receipts = [newest, failed, told({ toldAt: 500 })];
    expect(byPerson(receipts).map(({ earlier }) => earlier)).toEqual([1, 0]);
    await show({ receipts });
    const lines = page.getByRole('listitem');
    await expect.element(lines.nth(0).getByText('read', { exact: true })).toBeVisible();
    await expect.element(lines.nth(0).getByText(first?.name ?? '-')).toBeVisible();
    await expect.element(lines.nth(1).getByText('mail failed')).toBeVisible();
    await expect.element(lines.nth(1).getByText('on a device')).toBeVisible();
  });

  it('says what would stand there, and that it needs the network', async () => {
    const screen = await show({ receipts: [] });
    await expect.element(page.getByText(/^Nobody yet/)).toBeVisible();
    await screen.unmount();
    await show({ receipts: null, failed: true });
    await expect.element(page.getByText(/comes with the network/)).toBeVisible();
  });
});
