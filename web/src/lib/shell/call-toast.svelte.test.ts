import { personId } from '@muster/domain/shared';
import type { Call } from '@muster/domain/shared';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/styles/base.css';
import { makeDirectory, makeRow } from '#lib/ticket/test-support/tickets.ts';
import Toaster from '#lib/ui/Toaster.svelte';
import NewsWatch from './NewsWatch.svelte';
import ShellTrial from './test-support/ShellTrial.svelte';
import { ShellMuster } from './test-support/shell-muster.svelte.ts';

const [me] = [...makeDirectory().people.values()];
const REFERENCE = 'INC-2026-00044';

/** Somebody is called while they are here. */
async function beCalled() {
  const ongo = vi.fn();
  const at = new ShellMuster().now + 60_000;
  const call: Call = {
    ...{ id: 1, state: 'calling', team: null, name: 'Night', cause: 'hand', by: personId('x'), at },
    steps: [{ kind: 'wait', minutes: 5 }],
    repeats: 0,
    taken: [{ round: 0, step: 0, at, people: [me?.id ?? personId('')] }],
    endedBy: null,
    endedAt: null,
  };
  const row = makeRow(3, { number: REFERENCE, state: 'in_progress', owner: null, calls: [call] });
  const muster = new ShellMuster({ rows: [row] });
  await render(Toaster);
  await render(ShellTrial, { muster, part: NewsWatch, given: { ongo } });
  const detail = { team: null, name: 'Night', cause: 'major' };
  muster.putInbox([{ id: 'one', at, kind: 'called', record: row.id, detail, read: false }]);
  await expect.element(page.getByText(`You are called to ${REFERENCE}`)).toBeVisible();
  return { ongo, row, muster };
}

test('[DSK-156] a call that comes stands in the corner until it is answered there', async () => {
  const { row, muster } = await beCalled();
  await page.getByRole('button', { name: 'I have it' }).click();
  expect(muster.tickets.get(row.id)?.calls).toMatchObject([{ state: 'acknowledged' }]);
  await expect.element(page.getByText(`You are called to ${REFERENCE}`)).not.toBeInTheDocument();
  expect(muster.inbox.unread).toBe(0);
});

test('[DSK-156] it leads to its record', async () => {
  const { ongo, row } = await beCalled();
  await page.getByRole('button', { name: 'Open' }).click();
  await expect.element(page.getByText(`You are called to ${REFERENCE}`)).not.toBeInTheDocument();
  expect(ongo).toHaveBeenCalledWith(`/record/${row.id}`);
});
