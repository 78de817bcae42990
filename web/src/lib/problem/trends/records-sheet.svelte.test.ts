import { recordId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import RecordsSheet from './RecordsSheet.svelte';

/** So many counted, of which two can be opened. */
async function open(count: number) {
  const records = [1, 2].map((at) => ({
    ...{ id: recordId(`R${at}`), number: `INC-${at}`, title: `Printer ${at}`, createdAt: 1 },
  }));
  const api = { request: () => Promise.resolve({ records, next: null }) };
  const given = { title: 'Printer jams', count, records: '/r', onclose: () => undefined };
  await render(ShellTrial, { muster: new ShellMuster(), part: RecordsSheet, given, api: api as never });
  await expect.element(page.getByRole('link', { name: /Printer 2/ })).toBeVisible();
}

test('[PRB-71] where more are counted than are shown, it is said how many of how many', async () => {
  await open(400);
  await expect.element(page.getByText('The newest 2 of 400.')).toBeVisible();
});

test('[PRB-71] where all are shown nothing more is said', async () => {
  await open(2);
  await expect.element(page.getByText(/^The newest/)).not.toBeInTheDocument();
});
