import { recordId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { BoundaryError } from '#lib/connection/boundary-error.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import RecordsSheet from './RecordsSheet.svelte';

const rowOf = (at: number) => ({
  ...{ id: recordId(`R${at}`), number: `INC-${at}`, title: `Printer ${at}`, createdAt: 1 },
});

/** So many counted; the test answers what is asked. */
async function open(count: number) {
  const asked: { path: string; answer: (rows: number, next: string | null) => void; fail: () => void }[] = [];
  let told = 0;
  const request = (path: string) =>
    new Promise<unknown>((resolve, reject) => {
      const answer = (rows: number, next: string | null) => {
        resolve({ records: Array.from({ length: rows }, (_, at) => rowOf(told + at + 1)), next });
        told += rows;
      };
      const fail = () => reject(new BoundaryError('network', 'The server cannot be reached.'));
      asked.push({ path, answer, fail });
    });
  const given = { title: 'Printer jams', count, records: '/r?ids=1', onclose: () => undefined };
  await render(ShellTrial, {
    ...{ muster: new ShellMuster(), part: RecordsSheet, given, api: { request } as never },
  });
  const nth = async (at: number) => {
    await expect.poll(() => asked.length).toBe(at);
    return asked[at - 1]!;
  };
  return { nth, link: (at: number) => page.getByRole('link', { name: new RegExp(`^Printer ${at} `) }) };
}

test('[PRB-71] where more are counted than there are, it is said how many of how many', async () => {
  const { nth } = await open(400);
  (await nth(1)).answer(2, null);
  await expect.element(page.getByText('The newest 2 of 400.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^Show/ })).not.toBeInTheDocument();
});

test('[PRB-71] where all are shown nothing more is said', async () => {
  const { nth, link } = await open(2);
  (await nth(1)).answer(2, null);
  await expect.element(link(2)).toBeVisible();
  await expect.element(page.getByText(/^The newest/)).not.toBeInTheDocument();
});

test('[PRB-85] the rest of very many comes in steps, by keys as well, and the keys go on at the first new one', async () => {
  const { nth, link } = await open(320);
  const first = await nth(1);
  expect(first.path).toBe('/r?ids=1&limit=150');
  first.answer(150, 'c1');
  const button = page.getByRole('button', { name: 'Show 150 more' });
  await expect.element(page.getByText('The newest 150 of 320.')).toBeInTheDocument();
  (button.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  const second = await nth(2);
  expect(second.path).toBe('/r?ids=1&limit=150&cursor=c1');
  await expect.element(page.getByText('Asking for 150 more…')).toBeInTheDocument();
  // once is enough
  await userEvent.keyboard('{Enter}');
  second.answer(150, 'c2');
  await expect.element(link(151)).toHaveFocus();
  await expect.element(page.getByText('The newest 300 of 320.')).toBeInTheDocument();
  await page.getByRole('button', { name: 'Show 20 more' }).click();
  (await nth(3)).answer(20, null);
  await expect.element(link(301)).toHaveFocus();
  await expect.element(page.getByRole('button', { name: /^Show/ })).not.toBeInTheDocument();
});

test('[PRB-85] of a step that fails it is said what to do, and what is there stays', async () => {
  const { nth, link } = await open(200);
  (await nth(1)).fail();
  const failed = page.getByRole('alert');
  await expect.element(failed.getByText(/^The server cannot be reached\.\s+Try again\.$/)).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  (await nth(2)).answer(150, 'c1');
  await expect.element(link(1)).toHaveFocus();
  await page.getByRole('button', { name: 'Show 50 more' }).click();
  (await nth(3)).fail();
  await expect.element(failed.getByText(/What is shown stays/)).toBeInTheDocument();
  await expect.element(link(150)).toBeInTheDocument();
  const again = page.getByRole('button', { name: 'Try again' });
  await expect.element(again).toHaveFocus();
  await again.click();
  (await nth(4)).answer(50, null);
  await expect.element(link(151)).toHaveFocus();
  await expect.element(failed).not.toBeInTheDocument();
});

test('[PRB-85] whoever goes elsewhere while a step is on its way stays there', async () => {
  const { nth, link } = await open(200);
  (await nth(1)).answer(150, 'c1');
  await page.getByRole('button', { name: 'Show 50 more' }).click();
  const second = await nth(2);
  (link(3).element() as HTMLElement).focus();
  second.answer(50, null);
  await expect.element(link(200)).toBeInTheDocument();
  await expect.element(link(3)).toHaveFocus();
});
