import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { aProblem, problemsHere } from '#lib/live/test-support/problem-desk.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import FoundCard from './FoundCard.svelte';
import type { Shown } from './open-problem.ts';

const [PROBLEM, ONE, TWO, THREE] = ['1', '2', '3', '4'].map((end) =>
  recordId(`01P0000000000000000000000${end}`),
) as [RecordId, RecordId, RecordId, RecordId];

const SHOWN: Shown = {
  ...{ title: 'VPN drops', service: null, items: [], because: '3 alike' },
  evidence: { count: 3, ids: [ONE, TWO, THREE], linkable: [ONE, TWO, THREE], records: [] },
};

/** A cluster of three, beside one problem that holds some of them. */
async function open(held: readonly RecordId[], found = SHOWN) {
  const opened: Shown[] = [];
  const { problems } = problemsHere('team-lead', [aProblem(PROBLEM, held, { title: 'The gateway is full' })]);
  const given = {
    ...{ shown: found, records: '/api/trends/records', facts: ['vpn (3)'], problems: problems.all },
    onproblem: (shown: Shown) => Promise.resolve(void opened.push(shown)),
    onopen: () => undefined,
  };
  await render(ShellTrial, { muster: new ShellMuster(), part: FoundCard, given });
  return { opened, begin: page.getByRole('button', { name: 'Open a problem' }) };
}

test('[PRB-25] a cluster says which problem holds most of it already, and how much', async () => {
  await open([ONE, TWO]);
  const holders = page.getByRole('list', { name: 'Problems that hold them' });
  const link = holders.getByRole('link', { name: 'PRB-2026-00001 The gateway is full' });
  await expect.element(link).toHaveAttribute('href', `/problem/${PROBLEM}`);
  await expect.element(holders.getByText('holds 2 of 3')).toBeVisible();
});

test('[PRB-25] a cluster of which a problem holds less than half names none, and opens one at once', async () => {
  const { opened, begin } = await open([ONE]);
  await expect.element(page.getByRole('list', { name: 'Problems that hold them' })).not.toBeInTheDocument();
  await begin.click();
  await expect.poll(() => opened).toEqual([SHOWN]);
});

test('[PRB-25] before another problem is opened for the same incidents, it is asked, with the way to the one that is there', async () => {
  const { opened, begin } = await open([ONE, TWO]);
  await begin.click();
  const dialog = page.getByRole('dialog', { name: 'Open another problem?' });
  const there = dialog.getByRole('list', { name: 'Open already' }).getByRole('link');
  await expect.element(there).toHaveAttribute('href', `/problem/${PROBLEM}`);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(opened).toEqual([]);

  // by its key as well, while the keys are in the card
  begin.element().focus();
  await userEvent.keyboard('p');
  await dialog.getByRole('button', { name: 'Open another' }).click();
  await expect.poll(() => opened).toEqual([SHOWN]);
});

test('[PRB-71] of very many, a problem that holds all that one can name leads there', async () => {
  const [ids, records] = [[ONE, TWO, THREE], []];
  await open(ids, { ...SHOWN, evidence: { count: 800, ids, linkable: ids, records } });
  await expect.element(page.getByRole('link', { name: 'Go to PRB-2026-00001' })).toBeVisible();
});

test('[PRB-25] a cluster that a problem holds all of leads there, by its key as well, and offers no other one', async () => {
  const { begin, opened } = await open([ONE, TWO, THREE]);
  const there = page.getByRole('link', { name: 'Go to PRB-2026-00001' });
  await expect.element(there).toHaveAttribute('href', `/problem/${PROBLEM}`);
  await expect.element(begin).not.toBeInTheDocument();
  const gone: string[] = [];
  there.element().addEventListener('click', (event) => {
    event.preventDefault();
    gone.push('there');
  });
  (page.getByRole('button', { name: 'Show the records' }).element() as HTMLElement).focus();
  await userEvent.keyboard('p');
  expect(gone).toEqual(['there']);
  expect(opened).toEqual([]);
});
